/** How far a case is, on the web: opened with the receipt code and with nothing else. */
import { randomUUID } from 'node:crypto'
import { anyone, defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { CaseContext } from '../context.ts'
import { contestOutcome } from '../contest-outcome.ts'
import { findOwnCase } from '../find-own-case.ts'
import { holderStep, mayHolder, tooLateFor, wasUrgedToday } from '../holder-steps.ts'
import type { Commit } from '../holder-steps.ts'
import type { StoredCase } from '../model.ts'
import { PROCEDURES, stateTitle } from '../procedures/index.ts'
import { replies, sayDay } from '../replies.ts'
import { ProgressRequest, ProgressStep } from './schema.ts'
import type { Progress } from './schema.ts'
import { openSeal } from '../seals.ts'

export function progressRoutes(context: CaseContext): Route[] {
  /** Wrong codes are limited for each address that they come from, as on the chat page; never for all. */
  const open = async (code: string, address: string, now: Date): Promise<StoredCase> => {
    // Nobody is known here but by the address: each look is a contact of its own.
    const which = await findOwnCase(context, {
      contactId: `progress:${randomUUID()}`,
      origin: address,
      text: code,
      now,
    })
    if ('found' in which) return which.found
    if (which.missing === 'unknown') {
      await context.transaction(which.commit)
      throw new DomainError('code_unknown', 404, replies.codeUnknown(which.left).text)
    }
    if (which.missing === 'locked') throw new DomainError('code_locked', 429, replies.codeLocked().text)
    throw new DomainError('code_mistyped', 400, replies.codeMistyped().text)
  }

  const take = async (
    stored: StoredCase,
    { action, score, text }: ProgressStep,
    now: Date,
  ): Promise<{ said: string; commit?: Commit | null }> => {
    if (action === 'contest') {
      const { reply, ...rest } = await contestOutcome(context, stored, text || replies.notContent(), now)
      return { said: reply.text, ...rest }
    }
    if (action === 'rate') {
      const commit = score && (await holderStep(context, stored, 'rate', now, { score, body: { text: String(score) } }))
      return commit ? { said: replies.rated(score).text, commit } : { said: replies.rateAsk().text }
    }
    if (!mayHolder(stored, 'urge')) return { said: replies.urgedClosed().text }
    if (await wasUrgedToday(context, stored, now)) return { said: replies.urgedAlready().text }
    return {
      said: replies.urged().text,
      commit: await holderStep(context, stored, 'urge', now, { body: { text: replies.urgedOnWeb() } }),
    }
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/public/progress',
      summary: 'How far the case of this receipt code is',
      body: ProgressRequest,
      policy: anyone,
      handler: async ({ body, koa, now }) => present(context, await open(body.code, koa.ip, now), now),
    }),
    defineRoute({
      method: 'post',
      path: '/api/public/progress/step',
      summary: 'The holder of a receipt code rates, urges, or is not content',
      body: ProgressStep,
      policy: anyone,
      handler: async ({ body, koa, now }): Promise<Progress> => {
        const stored = await open(body.code, koa.ip, now)
        const { said, commit } = await take(stored, body, now)
        if (commit) await context.transaction(commit)
        return { ...(await present(context, await open(body.code, koa.ip, now), now)), said }
      },
    }),
  ]
}

async function present(context: CaseContext, stored: StoredCase, now: Date): Promise<Progress> {
  const seal = openSeal(context.vault, stored)
  const procedure = PROCEDURES[stored.kind]
  const entries = await context.collections.entries
    .find({ caseId: stored._id, event: { $in: ['accepted', 'replied', 'closed'] } }, { promoteBuffers: true })
    .sort({ at: 1 })
    .toArray()
  const day = (at: Date): string => sayDay(shanghaiDate(at), now)
  const lastOf = (event: string): string | undefined => {
    const at = entries.findLast((entry) => entry.event === event)?.at
    return at && day(at)
  }
  const term = stored.deadlines.find(({ due, doneAt }) => !doneAt && due === stored.nextDue)
  const title = procedure.deadlines.find(({ id }) => id === term?.id)?.title
  const late = stored.nextDue !== null && shanghaiDate(now) > stored.nextDue
  const ended = stored.state === 'refused' || stored.state === 'withdrawn'
  const at = { filed: 0, accepted: 1, paused: 1, reviewing: 1, closed: 2, refused: 1, withdrawn: 1 }[stored.state]
  const middle = stateTitle(stored.kind, stored.state === 'reviewing' ? 'reviewing' : 'accepted', stored.reviewRound)
  const names = ended
    ? [replies.stepFiled(), stateTitle(stored.kind, stored.state, stored.reviewRound)]
    : [replies.stepFiled(), middle, replies.stepClosed()]
  const dates = [day(stored.filedAt), lastOf('accepted'), lastOf('closed')]
  const closed = stored.state === 'closed'
  return {
    kindTitle: procedure.title,
    filedOn: day(stored.filedAt),
    stateTitle: stateTitle(stored.kind, stored.state, stored.reviewRound),
    steps: names.map((name, index) => ({
      title: name,
      state: index < at || closed ? 'done' : index === at ? 'now' : 'to-come',
      ...(index <= at && dates[index] && !(ended && index > 0) && { on: dates[index] }),
    })),
    next: late ? replies.lateOnWeb() : title ? replies.nextBy(title, term?.due ?? null, now) : '',
    late,
    outcome:
      closed && stored.outcome
        ? `${procedure.outcomes.find(({ code }) => code === stored.outcome?.code)?.title ?? ''}。${seal.openOutcome(stored.outcome.text)}`
        : null,
    replies: entries
      .filter(({ event }) => event === 'replied')
      .map((entry) => ({ on: day(entry.at), text: seal.openBody(entry).text ?? '' })),
    score: stored.rating?.score ?? null,
    may: {
      rate: closed && mayHolder(stored, 'rate') && !stored.rating,
      contest:
        mayHolder(stored, 'dispute') || (mayHolder(stored, 'review') && !tooLateFor(context, stored, 'review', now)),
      urge: mayHolder(stored, 'urge'),
    },
  }
}
