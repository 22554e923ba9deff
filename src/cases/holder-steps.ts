/** What the holder of a receipt does with the case: add, urge, withdraw, rate, ask for review, dispute a closure. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { CaseContext } from './context.ts'
import { giveToHandler, reviewerAbove } from './give-to-handler.ts'
import type { Giving } from './give-to-handler.ts'
import type { CaseEvent, EntryBody, StoredCase } from './model.ts'
import { PROCEDURES, allowsStep } from './procedures/index.ts'
import type { HolderAction, Step } from './procedures/index.ts'
import { dueFields, dueOf, endAllTerms, resumeTerms, startTerms } from './procedures/terms.ts'
import { openSeal } from './seals.ts'
import { isOpen, systemEntry } from './take-step.ts'
import { widenConflict } from './widen-conflict.ts'
import { hashWords } from './word-index.ts'

export type Commit = (session: ClientSession) => Promise<void>

const EVENTS = {
  supplement: 'supplemented',
  urge: 'urged',
  withdraw: 'withdrawn',
  rate: 'rated',
  review: 'review-asked',
  dispute: 'disputed',
} as const satisfies Partial<Record<HolderAction, CaseEvent>>

const stepOf = (stored: StoredCase, action: HolderAction): Step | null =>
  allowsStep(PROCEDURES[stored.kind], action, stored.state, {
    roles: ['holder'],
    assigned: false,
    round: stored.reviewRound,
  })

export const mayHolder = (stored: StoredCase, action: HolderAction): boolean => stepOf(stored, action) !== null

/** The last day for the step, when the table sets one and it has passed: 30 days for a review (art. 35, 36). */
export function tooLateFor(context: CaseContext, stored: StoredCase, action: HolderAction, now: Date): string | null {
  const within = stepOf(stored, action)?.within
  if (!within) return null
  const { due } = dueOf(within.rule, { startedAt: stored.outcome?.at ?? stored.updatedAt }, context.calendar)
  return due !== null && shanghaiDate(now) > due ? due : null
}

/**
 * The writes of one step. Not bound to the version: what a villager says is added whatever handlers do meanwhile.
 * @returns null when the procedure does not have the step now
 */
export async function holderStep(
  context: CaseContext,
  stored: StoredCase,
  action: keyof typeof EVENTS,
  now: Date,
  given: { body?: EntryBody; score?: 1 | 2 | 3 } = {},
): Promise<Commit | null> {
  const step = stepOf(stored, action)
  if (!step || tooLateFor(context, stored, action, now)) return null
  const { cases, entries, reporters } = context.collections
  const { state, set } = await whatFollows(context, stored, step, now)
  const changed = state !== stored.state
  const giving = await whereTo(context, { ...stored, ...set }, step, given.body?.text ?? '', now)
  const { mayNotSee, ...given2 } = giving?.set ?? {}
  const entryId = new Types.ObjectId()
  const body = given.body && openSeal(context.vault, stored).sealBody(entryId, given.body)
  const words =
    action === 'supplement' && given.body?.text ? hashWords(context.vault, stored.kind, [given.body.text]) : []
  const { _id } = stored
  return async (session) => {
    await cases.updateOne(
      { _id, ...(changed && { state: stored.state }) },
      {
        $set: {
          updatedAt: now,
          ...(changed && { state }),
          ...set,
          ...given2,
          ...(given.score && { rating: { score: given.score, at: now } }),
        },
        $addToSet: {
          ...(mayNotSee && { mayNotSee: { $each: mayNotSee } }),
          ...(words.length > 0 && { words: { $each: words } }),
        },
        ...(stored.state === 'paused' && changed && { $unset: { pause: '' } }),
        $inc: { version: 1 },
      },
      { session },
    )
    await entries.insertMany(
      [
        { _id: entryId, caseId: _id, event: EVENTS[action], by: 'reporter', at: now, ...(body && { sealed: body }) },
        ...(stored.state === 'paused' && isOpen(state) && changed ? [systemEntry(_id, 'resumed', now)] : []),
        ...(giving?.entries ?? []).map(({ event, to }) => systemEntry(_id, event, now, to)),
      ],
      { session },
    )
    await reporters.updateOne(
      { _id },
      {
        $set: { open: isOpen(state) },
        ...((given.score || changed) && { $unset: { ratingAskedAt: '' } }),
      },
      { session },
    )
    await context.audit({ event: `case.${EVENTS[action]}`, actor: 'reporter', subject: _id.toHexString() }, session)
    context.tellSoon(_id.toHexString(), EVENTS[action])
  }
}

/** State and limits after the step. What was waited for may have come with it. */
async function whatFollows(
  context: CaseContext,
  stored: StoredCase,
  step: Step,
  now: Date,
): Promise<{ state: StoredCase['state']; set: Partial<StoredCase> }> {
  const procedure = context.procedures[stored.kind]
  if (stored.state === 'paused' && step.action === 'supplement') {
    const reason = procedure.pauses.find(({ code }) => code === stored.pause?.code)
    if (!reason?.endsWithSupplement) return { state: stored.state, set: {} }
    const deadlines = resumeTerms(procedure, now, context.calendar, stored.deadlines, reason.restarts ?? false)
    return { state: stored.pause?.state ?? 'accepted', set: dueFields(deadlines) }
  }
  const state = step.to ?? stored.state
  if (state === stored.state) return { state, set: {} }
  if (state === 'withdrawn') return { state, set: dueFields(endAllTerms(now, stored.deadlines)) }
  const reviewRound = stored.reviewRound + (step.opensRound ? 1 : 0)
  const facts = { ...stored, reviewRound }
  const deadlines = startTerms(procedure, state, now, context.calendar, facts, stored.deadlines, step.renews)
  return { state, set: { ...dueFields(deadlines), reviewRound } }
}

/** Who has it afterwards: a level up for a review, somebody else when the words name who has it now. */
async function whereTo(
  context: CaseContext,
  stored: StoredCase,
  step: Step,
  words: string,
  now: Date,
): Promise<Giving | null> {
  if (step.climbs) {
    const above = await reviewerAbove(context, stored)
    const before = stored.assignee ? [stored.assignee] : []
    const at = above ? { ...stored, unit: above.unit, level: above.level } : stored
    // Who decided does not look at it again.
    const giving = await giveToHandler(context, at, now, { without: before })
    return above ? { ...giving, entries: [{ event: 'climbed', to: above.unit }, ...giving.entries] } : giving
  }
  return step.action === 'supplement' || step.action === 'dispute' ? widenConflict(context, stored, words, now) : null
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
