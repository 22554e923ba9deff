/** What handlers do with a case, step by step; take-step.ts holds what is common to all. */
import { addDays } from './procedures/calendar.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { awayToday, giveToHandler, givenTo } from './give-to-handler.ts'
import type { StoredCase } from './model.ts'
import { canBeAssigned } from './policy.ts'
import { dueOf, endTerms, nextDue, startTerms } from './procedures/terms.ts'
import { replies } from './replies.ts'
import { unitAbove } from './routing/climb.ts'
import { levelOfUnit, unitsFrom } from './routing/find-unit.ts'
import { BY_CONDUCT } from './routing/levels.ts'
import { openSeal } from './seals.ts'
import { takeStep } from './take-step.ts'
import type { Request } from './take-step.ts'

export const assignCase = async (context: CaseContext, actor: Actor, request: Request & { accountId: string }) =>
  takeStep(context, actor, 'assign', request, async (stored, now) => {
    const account = (await context.accounts()).find(({ accountId }) => accountId === request.accountId)
    if (!account || !canBeAssigned(account, stored))
      throw new DomainError('assignee_not_eligible', 400, '这个账号不能办这件事项,请换一位。')
    if ((await awayToday(context, now)).has(account.accountId))
      throw new DomainError('assignee_away', 400, `${account.displayName}这几天不在岗,请换一位。`)
    return {
      event: 'assigned',
      to: account.accountId,
      set: { ...givenTo(account.accountId, now), ...without(stored, account.accountId) },
    }
  })

/** Who has it now need not help any more. */
const without = ({ helpers }: StoredCase, accountId: string): Partial<StoredCase> =>
  helpers ? { helpers: helpers.filter((one) => one.accountId !== accountId) } : {}

/** Petition regulations art. 22, 23; tips art. 25: whether it is taken up is told. */
export const acceptCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { note?: string | undefined },
) =>
  takeStep(context, actor, 'accept', request, (stored, now, account) => {
    const procedure = context.procedures[stored.kind]
    const started = startTerms(procedure, 'accepted', now, context.calendar, stored, stored.deadlines)
    const due = nextDue(endTerms(procedure, 'accept', now, started))
    return {
      event: 'accepted',
      ...(request.note && { body: { text: request.note } }),
      // Who accepts handles it, unless it is somebody's already.
      set: stored.assignee ? {} : { ...givenTo(account.accountId, now), assigneeReadAt: now },
      reply: replies.accepted(stored.filedAt, due, now),
    }
  })

/** With the reason, and where else to go: petition regulations art. 31; tips art. 18. */
export const refuseCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { code?: string | undefined; reason: string },
) =>
  takeStep(context, actor, 'refuse', request, (stored, now, account) => {
    const { refusals } = context.procedures[stored.kind]
    const refusal = request.code === undefined ? undefined : refusals.find(({ code }) => code === request.code)
    if (request.code !== undefined && !refusal)
      throw new DomainError('refusal_unknown', 400, '请选一个不予受理的理由。')
    if (refusal?.who && !refusal.who.some((role) => account.roles.includes(role)))
      throw new DomainError('refusal_needs_head', 403, '这个理由要负责人批准。')
    const text = openSeal(context.vault, stored).sealOutcome(request.reason)
    return {
      event: 'refused',
      body: { text: refusal ? `${refusal.title}。${request.reason}` : request.reason },
      ...(refusal && { set: { outcome: { code: refusal.code, text, at: now } }, detail: { reason: refusal.code } }),
      told: request.reason,
      reply: replies.refused(stored.filedAt, request.reason, now),
    }
  })

export const replyToReporter = async (context: CaseContext, actor: Actor, request: Request & { text: string }) =>
  takeStep(context, actor, 'reply', request, (stored, now) => ({
    event: 'replied',
    body: { text: request.text },
    told: request.text,
    reply: replies.handlerReply(stored.filedAt, request.text, now),
  }))

export const noteOnCase = async (context: CaseContext, actor: Actor, request: Request & { text: string }) =>
  takeStep(context, actor, 'note', request, () => ({ event: 'noted', body: { text: request.text } }))

/** 督办: from above, since it is late. */
export const pressCase = async (context: CaseContext, actor: Actor, request: Request & { text: string }) =>
  takeStep(context, actor, 'press', request, () => ({ event: 'pressed', body: { text: request.text } }))

interface Closing {
  outcome: string
  text: string
  agreement?: string | undefined
}

/** What was found, what follows from it, and until when one may ask for more: petition regulations art. 32, 33. */
export const closeCase = async (context: CaseContext, actor: Actor, request: Request & Closing) =>
  takeStep(context, actor, 'close', request, async (stored, now) => {
    const procedure = context.procedures[stored.kind]
    const outcome = procedure.outcomes.find(({ code }) => code === request.outcome)
    if (!outcome) throw new DomainError('outcome_unknown', 400, '请选一个办理结果。')
    if (outcome.agreement && !request.agreement)
      throw new DomainError('agreement_missing', 400, '达成协议的,请写明协议内容:谁、做什么、到什么时候。')
    const text = openSeal(context.vault, stored).sealOutcome(request.text)
    const agreement = outcome.agreement ? request.agreement : undefined
    const confirmBy = agreement ? sayUntil(context, now) : null
    const said = [`${outcome.title}。${request.text}`, ...(agreement ? [`协议:${agreement}`] : [])].join('\n')
    return {
      event: 'closed',
      body: { text: said },
      set: { outcome: { code: outcome.code, text, at: now }, ratingAskedAt: now, ...followUpsOf(context, stored, now) },
      asksRating: true,
      told: agreement ? `${request.text}\n${agreement}` : request.text,
      reply: replies.closed(
        stored.filedAt,
        outcome.title,
        [
          request.text,
          ...(agreement ? [`协议内容:${agreement}`] : []),
          ...(confirmBy ? [replies.confirmAgreement(confirmBy, now)] : []),
          ...(await remedy(context, stored, now)),
        ].join('\n'),
        now,
      ),
      detail: { outcome: outcome.code },
    }
  })

/** Judicial confirmation can be asked for within 30 days: People's Mediation Law art. 33. */
const sayUntil = (context: CaseContext, now: Date): string | null =>
  dueOf({ count: 30, unit: 'calendar-days', restDay: 'next-working-day' }, { startedAt: now }, context.calendar).due

async function remedy(context: CaseContext, stored: StoredCase, now: Date): Promise<string[]> {
  const row = context.procedures[stored.kind].remedies?.find(({ round }) => round === stored.reviewRound)
  if (!row) return []
  const above = unitAbove(await context.organisation(), stored)
  // Nobody above on this system: what remains is not ours to promise.
  const { due } = dueOf(row.rule, { startedAt: now }, context.calendar)
  return [row.text(due ? replies.day(due, now) : '30日', above?.title ?? null)]
}

/** Tips art. 49: after a named tip has closed it is asked, more than once, whether anybody retaliates. */
function followUpsOf(context: CaseContext, stored: StoredCase, now: Date): Partial<StoredCase> {
  const days = stored.named ? (context.procedures[stored.kind].followUpDays ?? []) : []
  if (days.length === 0) return {}
  const followUps = days.map((day) => ({ day, on: addDays(shanghaiDate(now), day) }))
  return { followUps, nextFollowUp: followUps[0]?.on ?? null }
}

export const reopenCase = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'reopen', request, (stored, now) => ({
    event: 'reopened',
    body: { text: request.reason },
    // What was asked after the closing is asked anew after the next one.
    unset: ['followUps', 'nextFollowUp', 'outcome'],
    reply: replies.reopened(stored.filedAt, now),
  }))

/** Decided by the office, on the list of four: rules on supervision and discipline enforcement, one month. */
export const disposeTip = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { code: string; text?: string | undefined },
) =>
  takeStep(context, actor, 'dispose', request, (stored, now) => {
    const row = context.procedures[stored.kind].dispositions?.find(({ code }) => code === request.code)
    if (!row) throw new DomainError('disposition_unknown', 400, '请选一种处置方式。')
    return {
      event: 'disposed',
      body: { text: request.text ? `${row.title}。${request.text}` : row.title },
      set: { disposition: { code: row.code, at: now } },
      detail: { disposition: row.code },
    }
  })

/** Passing it on wins no time: the limits run on. */
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
    const moved = { ...stored, unit: unit.id, level: levelOfUnit(unit.level) }
    const giving = await giveToHandler(context, moved, now)
    return {
      event: 'transferred',
      to: unit.id,
      body: { text: request.reason },
      set: giving.set,
      follows: giving.entries,
      reply: replies.transferred(stored.filedAt, conduct ? null : unit.name, now),
    }
  })

/** 回避: oneself, or somebody whom the head takes off it. From then on it does not exist for them. */
export const recuseFromCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { accountId?: string | undefined; reason: string },
) =>
  takeStep(context, actor, 'recuse', request, async (stored, now, account) => {
    const accounts = await context.accounts()
    const who = accounts.find(({ accountId }) => accountId === (request.accountId ?? account.accountId))
    if (!who) throw new DomainError('account_unknown', 400, '没有这个账号。')
    const own = who.accountId === account.accountId
    if (!own && !account.roles.some((role) => role === 'director' || role === 'clerk'))
      throw new DomainError('not_allowed', 403, '要别人回避,请找负责人。')
    const mayNotSee = [...new Set([...stored.mayNotSee, who.accountId, ...who.operators])]
    const kept = { ...stored, mayNotSee, ...without(stored, who.accountId) }
    const handsOn = stored.assignee === who.accountId || stored.assignee === null
    const giving = handsOn
      ? await giveToHandler(context, kept, now)
      : { set: { mayNotSee, ...without(stored, who.accountId) }, entries: [] }
    return {
      event: 'recused',
      to: who.accountId,
      body: { text: request.reason },
      set: giving.set,
      follows: giving.entries,
    }
  })
