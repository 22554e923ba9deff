/** A period that is asked for and not published: said plainly, with what is published instead. */
import type { Answer, Memory, Question } from '../answers/answer.ts'
import { answerReplies } from '../answers/replies.ts'
import { periodBounds } from '../periods.ts'
import type { Store } from '../store.ts'
import { monthsLabel } from './published-months.ts'
import type { LedgerScope } from './published-months.ts'
import { financeReplies as say } from './replies.ts'

/** @returns null when at least part of what was asked is published */
export async function notPublished(
  question: Question,
  scope: LedgerScope,
  store: Store,
  memory?: Memory,
): Promise<Answer | null> {
  if (scope.publications.length > 0) return null
  const { village } = question
  const last = scope.last ? monthsLabel([scope.last]) : ''
  const refusal = (lead: string, due?: string): Answer => ({
    lead,
    lines: due ? [say.wasDue(due)] : [],
    hint: answerReplies.request(),
    short: `${lead}想公开,回“申请公开”。`,
    cites: [],
    unanswered: { reason: 'not-published', topic: scope.label },
    figures: { lines: 0 },
    ...(memory && { memory }),
  })
  if (scope.last && scope.to < `${scope.first}-01`)
    return refusal(say.beforeFirst(village.name, scope.label, monthsLabel([scope.first])))
  if (scope.from > question.today || scope.from.slice(0, 7) === question.today.slice(0, 7)) {
    return {
      ...refusal(say.notYetDue(village.name, scope.label, last)),
      hint: '',
      short: say.notYetDue(village.name, scope.label, last),
    }
  }
  const overdue = await store.overdue(village.id, 'ledger')
  const due = overdue.find(({ period, dueAt }) => {
    const bounds = periodBounds(period)
    return bounds.from >= scope.from && bounds.to <= scope.to && dueAt !== '' && dueAt < question.today
  })?.dueAt
  return refusal(say.notPublished(village.name, scope.label, last), due)
}
