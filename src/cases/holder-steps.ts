/** What the holder of a receipt does with the case: add, urge, withdraw, rate, ask for review. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent, EntryBody, StoredCase } from './model.ts'
import { PROCEDURES, allowsStep } from './procedures/index.ts'
import type { HolderAction } from './procedures/index.ts'
import { endAllTerms, nextDue, startTerms } from './procedures/terms.ts'
import { openSeal } from './seals.ts'

export type Commit = (session: ClientSession) => Promise<void>

const EVENTS = {
  supplement: 'supplemented',
  urge: 'urged',
  withdraw: 'withdrawn',
  rate: 'rated',
  review: 'review-asked',
} as const satisfies Partial<Record<HolderAction, CaseEvent>>

export const mayHolder = (stored: StoredCase, action: HolderAction): boolean =>
  allowsStep(PROCEDURES[stored.kind], action, stored.state, { roles: ['holder'], assigned: false }) !== null

/**
 * The writes of one step. Not bound to the version: what a villager says is added whatever handlers do meanwhile.
 * @returns null when the procedure does not have the step now
 */
export function holderStep(
  context: CaseContext,
  stored: StoredCase,
  action: keyof typeof EVENTS,
  now: Date,
  given: { body?: EntryBody; score?: 1 | 2 | 3 } = {},
): Commit | null {
  const procedure = PROCEDURES[stored.kind]
  const step = allowsStep(procedure, action, stored.state, { roles: ['holder'], assigned: false })
  if (!step) return null
  const { cases, entries, reporters } = context.collections
  const state = step.to ?? stored.state
  const changed = state !== stored.state
  let deadlines = stored.deadlines
  if (state === 'withdrawn') deadlines = endAllTerms(now, deadlines)
  else if (changed) deadlines = startTerms(procedure, state, now, context.calendar, deadlines, stored.named)
  const entryId = new Types.ObjectId()
  const body = given.body && openSeal(context.vault, stored).sealBody(entryId, given.body)
  const { _id } = stored
  return async (session) => {
    await cases.updateOne(
      { _id, ...(changed && { state: stored.state }) },
      {
        $set: {
          updatedAt: now,
          ...(changed && { state, deadlines, nextDue: nextDue(deadlines) }),
          ...(given.score && { rating: { score: given.score, at: now } }),
        },
        $inc: { version: 1 },
      },
      { session },
    )
    await entries.insertOne(
      { _id: entryId, caseId: _id, event: EVENTS[action], by: 'reporter', at: now, ...(body && { sealed: body }) },
      { session },
    )
    await reporters.updateOne(
      { _id },
      {
        $set: { open: ['filed', 'accepted', 'reviewing'].includes(state) },
        ...((given.score || changed) && { $unset: { ratingAskedAt: '' } }),
      },
      { session },
    )
    await context.audit({ event: `case.${EVENTS[action]}`, actor: 'reporter', subject: _id.toHexString() }, session)
    context.tellSoon(_id.toHexString(), EVENTS[action])
  }
}

/** Once a day is heard as well as ten times. */
export async function wasUrgedToday(context: CaseContext, stored: StoredCase, now: Date): Promise<boolean> {
  const from = new Date(`${shanghaiDate(now)}T00:00:00+08:00`)
  const found = await context.collections.entries.countDocuments(
    { caseId: stored._id, event: 'urged', at: { $gte: from } },
    { limit: 1 },
  )
  return found > 0
}
