/** The console's addresses for open questions. */
import { Types } from 'mongoose'
import { defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor, Organisation } from '../people/index.ts'
import { answerQuestion, dismissQuestion, sendToConference } from './answer-question.ts'
import { correctQuestion } from './correct-question.ts'
import { mergeQuestions } from './group-questions.ts'
import type { ConferenceContext } from './context.ts'
import type { StoredQuestion } from './model.ts'
import { questionFilter, questionPolicy } from './policy.ts'
import { console as words } from './replies.ts'
import {
  AnswerQuestion,
  CorrectIntent,
  DismissQuestion,
  MergeQuestion,
  OpenQuestionPath,
  OpenQuestionQuery,
} from './schema.ts'
import type { IntentChoices, OpenQuestion, OpenQuestionList } from './schema.ts'

export function questionRoutes(context: ConferenceContext): Route[] {
  const { questions } = context.collections
  const titleOf = (intent: string): string =>
    context.intents?.().find(({ code }) => intent === code || intent.startsWith(`${code}.`))?.title ?? words.noIntent
  return [
    defineRoute({
      method: 'get',
      path: '/api/console/open-questions',
      summary: 'Questions that were not answered',
      query: OpenQuestionQuery,
      policy: questionPolicy['questions.list'],
      handler: async ({ actor, query, now }): Promise<OpenQuestionList> => {
        const mine = { $and: [questionFilter(actor), query.villageId ? { villageId: query.villageId } : {}] }
        const [organisation, open, conference, answered, dismissed] = await Promise.all([
          context.organisation(),
          ...(['open', 'conference', 'answered', 'dismissed'] as const).map(async (state) =>
            questions.countDocuments({ ...mine, state }, { limit: 1000 }),
          ),
        ])
        const found = await questions
          .find({ $and: [...mine.$and, { state: query.state }, afterCursor(query.cursor)] })
          .sort({ lastAt: -1, _id: -1 })
          .limit(query.limit + 1)
          .toArray()
        const items = found.slice(0, query.limit)
        const last = items.at(-1)
        return {
          items: items.map((stored) => present(stored, organisation, titleOf(stored.intent), now)),
          ...(found.length > query.limit && last && { next: `${last.lastAt.getTime()}-${last._id.toHexString()}` }),
          counts: { open: open ?? 0, conference: conference ?? 0, answered: answered ?? 0, dismissed: dismissed ?? 0 },
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/open-questions/:id/answer',
      summary: 'Answer; whoever asked is told',
      params: OpenQuestionPath,
      body: AnswerQuestion,
      policy: questionPolicy['questions.answer'],
      handler: async ({ actor, params, body }) => {
        await answerQuestion(context, actor as AccountActor, params.id, body.text)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/open-questions/:id/dismiss',
      summary: 'Set aside, with the reason',
      params: OpenQuestionPath,
      body: DismissQuestion,
      policy: questionPolicy['questions.answer'],
      handler: async ({ actor, params, body }) => {
        await dismissQuestion(context, actor as AccountActor, params.id, body.reason)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/open-questions/:id/conference',
      summary: 'Have it answered at the next press conference; whoever asked is told',
      params: OpenQuestionPath,
      policy: questionPolicy['questions.answer'],
      handler: async ({ actor, params }) => {
        await sendToConference(context, actor as AccountActor, params.id)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/open-questions/:id/merge',
      summary: 'This asks the same as another',
      params: OpenQuestionPath,
      body: MergeQuestion,
      policy: questionPolicy['questions.answer'],
      handler: async ({ actor, params, body }) => {
        await mergeQuestions(
          context,
          actor as AccountActor,
          new Types.ObjectId(params.id),
          new Types.ObjectId(body.into),
        )
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/intents',
      summary: 'What a message may be taken for',
      policy: questionPolicy['intents.correct'],
      handler: async (): Promise<IntentChoices> => ({ items: [...(context.intents?.() ?? [])] }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/open-questions/:id/intent',
      summary: 'It was misunderstood: what it means, from the next message on',
      params: OpenQuestionPath,
      body: CorrectIntent,
      policy: questionPolicy['intents.correct'],
      handler: async ({ actor, params, body }) => {
        await correctQuestion(context, actor as AccountActor, params.id, body.intent)
        return { ok: true }
      },
    }),
  ]
}

function afterCursor(cursor: string | undefined): object {
  if (!cursor) return {}
  const [milliseconds, id] = cursor.split('-')
  if (!/^\d{1,15}$/.test(milliseconds ?? '') || !Types.ObjectId.isValid(id ?? ''))
    throw new DomainError('cursor_invalid', 400, '翻页位置不对,请从头看起。')
  const lastAt = new Date(Number(milliseconds))
  return { $or: [{ lastAt: { $lt: lastAt } }, { lastAt, _id: { $lt: new Types.ObjectId(id) } }] }
}

function present(stored: StoredQuestion, organisation: Organisation, intentTitle: string, now: Date): OpenQuestion {
  const said = (one: StoredQuestion['answer']): OpenQuestion['answer'] =>
    one ? { text: one.text, byName: one.byName, at: one.at.toISOString() } : null
  return {
    id: stored._id.toHexString(),
    villageId: stored.villageId,
    villageName: organisation.villages.find(({ id }) => id === stored.villageId)?.name ?? words.noVillage,
    question: stored.question,
    intent: stored.intent,
    intentTitle,
    wordings: stored.wordings ?? [],
    reason: stored.reason,
    reasonTitle: words.reasons[stored.reason],
    count: stored.count,
    state: stored.state,
    due: stored.due,
    overdue: stored.state === 'open' && stored.due !== null && shanghaiDate(now) > stored.due,
    firstAt: stored.firstAt.toISOString(),
    lastAt: stored.lastAt.toISOString(),
    answer: said(stored.answer),
    dismissal: said(stored.dismissal),
  }
}
