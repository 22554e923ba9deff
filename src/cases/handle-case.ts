/** What handlers do with a case. One way through: seen, allowed by the procedure, on the version that was read, recorded, told. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { Reply } from '../channels/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../people/index.ts'
import { holdLeaks } from './approvals/hold-leaks.ts'
import type { CaseContext } from './context.ts'
import { getCase } from './list-cases.ts'
import type { CaseEvent, EntryBody, StoredCase } from './model.ts'
import { canBeAssigned, stepFor } from './policy.ts'
import { PROCEDURES } from './procedures/index.ts'
import type { StaffAction } from './procedures/index.ts'
import { endTerms, extendTerm, nextDue, startTerms } from './procedures/terms.ts'
import { replies } from './replies.ts'
import { levelOfUnit, unitsFrom } from './routing/find-unit.ts'
import { BY_CONDUCT } from './routing/levels.ts'
import { openSeal } from './seals.ts'

interface Change {
  event: CaseEvent
  body?: EntryBody
  to?: string
  set?: Partial<StoredCase>
  /** Told to the villager. */
  reply?: Reply
  /** The handler's own words in it. */
  told?: string
  /** Asks the villager for a rating: the next digit counts. */
  asksRating?: boolean
  /** Codes for the audit log. */
  detail?: Record<string, string>
}

interface Request {
  id: string
  /** Version that the handler had before them; checked when given. */
  version?: number
  /** Id of the approval with which a second person lets it past the leak check. */
  pastLeakCheck?: string
}

/**
 * @throws DomainError not_found (404, also when it may not be seen), not_allowed, step_impossible, case_changed (409)
 */
async function takeStep(
  context: CaseContext,
  actor: Actor,
  action: StaffAction,
  request: Request,
  decide: (stored: StoredCase, now: Date, account: AccountActor) => Promise<Change> | Change,
): Promise<StoredCase> {
  const stored = await getCase(context, actor, request.id)
  if (actor.kind !== 'account') throw new DomainError('not_found', 404, '没有找到这件事项。')
  const step = stepFor(actor, stored, action)
  if (!step) throw new DomainError('step_not_allowed', 403, '这一步现在不能办:要么不是您的权限,要么事项还没到这一步。')
  if (request.version !== undefined && request.version !== stored.version) throw changedMeanwhile()
  const now = context.clock.now()
  const change = await decide(stored, now, actor)
  if (!request.pastLeakCheck) await holdLeaks(context, actor, action, stored, change.told)
  const procedure = PROCEDURES[stored.kind]
  const state = step.to ?? stored.state
  let deadlines = endTerms(procedure, action, now, change.set?.deadlines ?? stored.deadlines)
  if (state !== stored.state) deadlines = startTerms(procedure, state, now, context.calendar, deadlines, stored.named)
  const next: StoredCase = {
    ...stored,
    ...change.set,
    state,
    deadlines,
    nextDue: nextDue(deadlines),
    version: stored.version + 1,
    updatedAt: now,
  }
  const seal = openSeal(context.vault, stored)
  const entryId = new Types.ObjectId()
  await context.transaction(async (session) => {
    const { _id, rating, ...fields } = next
    const written = await context.collections.cases.updateOne(
      { _id, version: stored.version },
      // A new outcome is rated anew.
      change.asksRating ? { $set: fields, $unset: { rating: '' } } : { $set: { ...fields, ...(rating && { rating }) } },
      { session },
    )
    if (written.matchedCount !== 1) throw changedMeanwhile()
    await context.collections.entries.insertOne(
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
      { session },
    )
    await context.collections.reporters.updateOne(
      { _id },
      {
        $set: {
          open: ['filed', 'accepted', 'reviewing'].includes(state),
          ...(change.asksRating && { ratingAskedAt: now }),
        },
        ...(state !== 'closed' && { $unset: { ratingAskedAt: '' } }),
      },
      { session },
    )
    await context.audit(
      {
        event: `case.${change.event}`,
        actor: actor.accountId,
        subject: _id.toHexString(),
        ...((change.detail ?? request.pastLeakCheck) && {
          detail: { ...change.detail, ...(request.pastLeakCheck && { pastLeakCheck: request.pastLeakCheck }) },
        }),
      },
      session,
    )
    if (change.reply) await tellReporter(context, session, next, change.reply)
  })
  context.live.tell('cases', { caseId: request.id, change: change.event })
  return next
}

const changedMeanwhile = (): DomainError =>
  new DomainError('case_changed', 409, '这件事项刚才有人动过,请看一眼最新情况再操作。')

/** Over the villager's own channel. The identity is opened for the address only and shown to nobody. */
async function tellReporter(
  context: CaseContext,
  session: ClientSession,
  stored: StoredCase,
  reply: Reply,
): Promise<void> {
  const reporter = await context.collections.reporters.findOne({ _id: stored._id }, { session, promoteBuffers: true })
  if (!reporter) return
  const { contactId } = openSeal(context.vault, stored).openReporter(reporter.sealed)
  await context.say(session, contactId, reply)
}

export const assignCase = async (context: CaseContext, actor: Actor, request: Request & { accountId: string }) =>
  takeStep(context, actor, 'assign', request, async (stored) => {
    const account = (await context.accounts()).find(({ accountId }) => accountId === request.accountId)
    if (!account || !canBeAssigned(account, stored))
      throw new DomainError('assignee_not_eligible', 400, '这个账号不能办这件事项,请换一位。')
    return { event: 'assigned', to: account.accountId, set: { assignee: account.accountId } }
  })

export const acceptCase = async (context: CaseContext, actor: Actor, request: Request & { note?: string }) =>
  takeStep(context, actor, 'accept', request, (stored, now, account) => {
    const started = startTerms(
      PROCEDURES[stored.kind],
      'accepted',
      now,
      context.calendar,
      stored.deadlines,
      stored.named,
    )
    const due = nextDue(endTerms(PROCEDURES[stored.kind], 'accept', now, started))
    return {
      event: 'accepted',
      ...(request.note && { body: { text: request.note } }),
      // Who accepts handles it, unless it is somebody's already.
      set: { assignee: stored.assignee ?? account.accountId },
      reply: replies.accepted(stored.filedAt, due, now),
    }
  })

export const refuseCase = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'refuse', request, (stored, now) => ({
    event: 'refused',
    body: { text: request.reason },
    told: request.reason,
    reply: replies.refused(stored.filedAt, request.reason, now),
  }))

export const replyToReporter = async (context: CaseContext, actor: Actor, request: Request & { text: string }) =>
  takeStep(context, actor, 'reply', request, (stored, now) => ({
    event: 'replied',
    body: { text: request.text },
    told: request.text,
    reply: replies.handlerReply(stored.filedAt, request.text, now),
  }))

export const noteOnCase = async (context: CaseContext, actor: Actor, request: Request & { text: string }) =>
  takeStep(context, actor, 'note', request, () => ({ event: 'noted', body: { text: request.text } }))

export const closeCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { outcome: string; text: string },
) =>
  takeStep(context, actor, 'close', request, (stored, now) => {
    const outcome = PROCEDURES[stored.kind].outcomes.find(({ code }) => code === request.outcome)
    if (!outcome) throw new DomainError('outcome_unknown', 400, '请选一个办理结果。')
    const text = openSeal(context.vault, stored).sealOutcome(request.text)
    return {
      event: 'closed',
      body: { text: `${outcome.title}。${request.text}` },
      set: { outcome: { code: outcome.code, text, at: now }, ratingAskedAt: now },
      asksRating: true,
      told: request.text,
      reply: replies.closed(stored.filedAt, outcome.title, request.text, now),
      detail: { outcome: outcome.code },
    }
  })

export const reopenCase = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'reopen', request, (stored, now) => ({
    event: 'reopened',
    body: { text: request.reason },
    reply: replies.reopened(stored.filedAt, now),
  }))

/** Petition regulations art. 34: with approval, once, and the reason is told. */
export const extendCase = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'extend', request, (stored, now) => {
    const extended = extendTerm(PROCEDURES[stored.kind], now, context.calendar, stored.deadlines)
    return {
      event: 'extended',
      body: { text: request.reason },
      set: { deadlines: extended.deadlines },
      told: request.reason,
      reply: replies.extended(stored.filedAt, extended.due, request.reason, now),
    }
  })

export const transferCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { unit: string; reason: string },
) =>
  takeStep(context, actor, 'transfer', request, async (stored, now) => {
    const organisation = await context.organisation()
    const conduct = BY_CONDUCT.has(stored.kind)
    const unit = unitsFrom(organisation, stored.level, conduct).find(({ id }) => id === request.unit)
    if (!unit || unit.id === stored.unit) throw new DomainError('unit_not_eligible', 400, '不能转到这个单位,请换一个。')
    return {
      event: 'transferred',
      to: unit.id,
      body: { text: request.reason },
      set: { unit: unit.id, level: levelOfUnit(unit.level), assignee: null },
      reply: replies.transferred(stored.filedAt, conduct ? null : unit.name, now),
    }
  })
