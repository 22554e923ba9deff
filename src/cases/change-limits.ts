/** Steps that move a case's limits: longer with approval, resting for a listed reason, running again. */
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { extendTerm, extendable, nextDue, pauseTerms, resumeTerms } from './procedures/terms.ts'
import { replies } from './replies.ts'
import { takeStep } from './take-step.ts'
import type { Request } from './take-step.ts'

/** Petition regulations art. 34: complicated matters, with approval. Who handles it asks. */
export const askExtension = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'ask-extension', request, (stored, now) => {
    if (!extendable(context.procedures[stored.kind], stored.deadlines))
      throw new DomainError('extension_impossible', 409, '现在没有可以延长的期限。')
    return { event: 'extension-asked', body: { text: request.reason }, set: { extensionAskedAt: now } }
  })

/** … and somebody else approves, once; the reason is told to the villager. */
export const extendCase = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'extend', request, (stored, now) => {
    const extended = extendTerm(context.procedures[stored.kind], now, context.calendar, stored.deadlines)
    return {
      event: 'extended',
      body: { text: request.reason },
      set: { deadlines: extended.deadlines },
      unset: ['extensionAskedAt'],
      told: request.reason,
      reply: replies.extended(stored.filedAt, extended.due, request.reason, now),
    }
  })

export const declineExtension = async (context: CaseContext, actor: Actor, request: Request & { reason: string }) =>
  takeStep(context, actor, 'decline-extension', request, (stored) => {
    if (!stored.extensionAskedAt) throw new DomainError('extension_not_asked', 409, '没有人申请延期。')
    return { event: 'extension-declined', body: { text: request.reason }, unset: ['extensionAskedAt'] }
  })

/** Only for the reasons of the table. */
export const pauseCase = async (
  context: CaseContext,
  actor: Actor,
  request: Request & { code: string; text?: string | undefined },
) =>
  takeStep(context, actor, 'pause', request, (stored, now) => {
    const procedure = context.procedures[stored.kind]
    const reason = procedure.pauses.find(
      ({ code, round }) => code === request.code && (round === undefined || round === stored.reviewRound),
    )
    if (!reason) throw new DomainError('pause_not_listed', 400, '只有规定的情形才能中止计时,请选一种。')
    return {
      event: 'paused',
      body: { text: request.text ? `${reason.title}。${request.text}` : reason.title },
      set: {
        deadlines: pauseTerms(procedure, now, context.calendar, stored.deadlines),
        pause: { code: reason.code, at: now, state: stored.state },
      },
      reply: replies.paused(stored.filedAt, reason.title, request.text ?? '', reason.endsWithSupplement === true, now),
      detail: { reason: reason.code },
    }
  })

export const resumeCase = async (context: CaseContext, actor: Actor, request: Request) =>
  takeStep(context, actor, 'resume', request, (stored, now) => {
    const procedure = context.procedures[stored.kind]
    const restarts = procedure.pauses.find(({ code }) => code === stored.pause?.code)?.restarts ?? false
    const deadlines = resumeTerms(procedure, now, context.calendar, stored.deadlines, restarts)
    return {
      event: 'resumed',
      state: stored.pause?.state ?? 'accepted',
      set: { deadlines },
      unset: ['pause'],
      reply: replies.resumed(stored.filedAt, nextDue(deadlines), now),
    }
  })
