/** One way through for every step that a handler takes: seen, allowed by the procedure, on the version that was read, recorded, told. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { Reply } from '../channels/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../people/index.ts'
import { holdLeaks } from './approvals/hold-leaks.ts'
import type { CaseContext } from './context.ts'
import { getCase } from './list-cases.ts'
import type { CaseEvent, EntryBody, StoredCase, StoredEntry } from './model.ts'
import { stepFor } from './policy.ts'
import type { StaffAction, Step } from './procedures/index.ts'
import { dueFields, endTerms, startTerms } from './procedures/terms.ts'
import { OPEN_STATES } from './schema.ts'
import type { CaseState } from './schema.ts'
import { openSeal } from './seals.ts'

export interface Change {
  event: CaseEvent
  body?: EntryBody
  to?: string
  set?: Partial<StoredCase>
  unset?: (keyof StoredCase)[]
  /** Where the table leaves it open. */
  state?: CaseState
  /** What follows by itself: given to the next person, gone a level up. */
  follows?: { event: CaseEvent; to?: string }[]
  /** Told to the villager. */
  reply?: Reply
  /** The handler's own words in it: what a check before sending has to read. */
  told?: string
  /** Asks the villager for a rating: the next digit counts. */
  asksRating?: boolean
  /** Codes for the audit log. */
  detail?: Record<string, string>
  /** Written in the same transaction. */
  also?: (session: ClientSession) => Promise<void>
}

export interface Request {
  id: string
  /** Version that the handler had before them; checked when given. */
  version?: number | undefined
  /** Id of the approval with which a second person lets it past the leak check. */
  pastLeakCheck?: string
}

export type Decide = (stored: StoredCase, now: Date, account: AccountActor, step: Step) => Promise<Change> | Change

/**
 * @throws DomainError not_found (404, also when it may not be seen), step_not_allowed, case_changed (409)
 */
export async function takeStep(
  context: CaseContext,
  actor: Actor,
  action: StaffAction,
  request: Request,
  decide: Decide,
): Promise<StoredCase> {
  const stored = await getCase(context, actor, request.id)
  if (actor.kind !== 'account') throw new DomainError('not_found', 404, '没有找到这件事项。')
  const step = stepFor(actor, stored, action)
  if (!step) throw new DomainError('step_not_allowed', 403, '这一步现在不能办:要么不是您的权限,要么事项还没到这一步。')
  if (request.version !== undefined && request.version !== stored.version) throw changedMeanwhile()
  const now = context.clock.now()
  const decided = await decide(stored, now, actor, step)
  if (!request.pastLeakCheck) await holdLeaks(context, actor, action, stored, decided.told)
  const change = request.pastLeakCheck
    ? { ...decided, detail: { ...decided.detail, pastLeakCheck: request.pastLeakCheck } }
    : decided
  const procedure = context.procedures[stored.kind]
  const state = change.state ?? step.to ?? stored.state
  let deadlines = endTerms(procedure, action, now, change.set?.deadlines ?? stored.deadlines)
  if (state !== stored.state)
    deadlines = startTerms(procedure, state, now, context.calendar, stored, deadlines, step.renews)
  const next: StoredCase = {
    ...stored,
    ...change.set,
    state,
    ...dueFields(deadlines),
    version: stored.version + 1,
    updatedAt: now,
  }
  for (const field of change.unset ?? []) delete next[field]
  await context.transaction(async (session) => {
    await write(context, session, stored, next, now, change, actor)
    await change.also?.(session)
    if (change.reply) await tellReporter(context, session, next, change.reply)
  })
  context.live.tell('cases', { caseId: request.id, change: change.event })
  return next
}

async function write(
  context: CaseContext,
  session: ClientSession,
  stored: StoredCase,
  next: StoredCase,
  now: Date,
  change: Change,
  actor: AccountActor,
): Promise<void> {
  const { _id, rating, ...fields } = next
  // A new outcome is rated anew.
  const unset = [...(change.unset ?? []), ...(change.asksRating ? (['rating'] as const) : [])]
  const written = await context.collections.cases.updateOne(
    { _id, version: stored.version },
    {
      $set: { ...fields, ...(rating && !change.asksRating && { rating }) },
      ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, ''])) }),
    },
    { session },
  )
  if (written.matchedCount !== 1) throw changedMeanwhile()
  const seal = openSeal(context.vault, stored)
  const entryId = new Types.ObjectId()
  const entries: StoredEntry[] = [
    {
      _id: entryId,
      caseId: _id,
      event: change.event,
      by: 'account',
      accountId: actor.accountId,
      at: now,
      ...(change.to && { to: change.to }),
      ...(change.body && { sealed: seal.sealBody(entryId, change.body) }),
    },
    ...(change.follows ?? []).map(({ event, to }) => systemEntry(_id, event, now, to)),
  ]
  await context.collections.entries.insertMany(entries, { session })
  await context.collections.reporters.updateOne(
    { _id },
    {
      $set: { open: isOpen(next.state), ...(change.asksRating && { ratingAskedAt: now }) },
      ...(next.state !== 'closed' && { $unset: { ratingAskedAt: '' } }),
    },
    { session },
  )
  await context.audit(
    {
      event: `case.${change.event}`,
      actor: actor.accountId,
      subject: _id.toHexString(),
      ...(change.detail && { detail: change.detail }),
    },
    session,
  )
}

export const isOpen = (state: CaseState): boolean => (OPEN_STATES as readonly CaseState[]).includes(state)

export function systemEntry(caseId: Types.ObjectId, event: CaseEvent, at: Date, to?: string): StoredEntry {
  return { _id: new Types.ObjectId(), caseId, event, by: 'system', at, ...(to !== undefined && { to }) }
}

export const changedMeanwhile = (): DomainError =>
  new DomainError('case_changed', 409, '这件事项刚才有人动过,请看一眼最新情况再操作。')

/** Over the villager's own channel. The identity is opened for the address only and shown to nobody. */
export async function tellReporter(
  context: CaseContext,
  session: ClientSession,
  stored: StoredCase,
  reply: Reply,
): Promise<boolean> {
  const reporter = await context.collections.reporters.findOne({ _id: stored._id }, { session, promoteBuffers: true })
  if (!reporter) return false
  const { contactId } = openSeal(context.vault, stored).openReporter(reporter.sealed)
  return contactId !== '' && context.say(session, contactId, reply)
}
