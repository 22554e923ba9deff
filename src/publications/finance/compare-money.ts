/** Two periods of one village, or one period of two villages, side by side. */
import type { Period } from '../../conversation/index.ts'
import type { Answer, Question, VillageName } from '../answers/answer.ts'
import { inYuan, yuan } from '../format.ts'
import type { Store } from '../store.ts'
import { cite, notesOn, queryOf } from './plan-ledger.ts'
import type { LedgerPlan } from './plan-ledger.ts'
import { ledgerScope } from './published-months.ts'
import { financeReplies as say } from './replies.ts'

/** @returns null when there are no two things to compare, or one of them is not published */
export async function compareMoney(
  question: Question,
  plan: LedgerPlan,
  asked: boolean,
  store: Store,
): Promise<Answer | null> {
  const sides = sidesOf(question, asked)
  if (!sides) return null
  const income = plan.income
  const single: LedgerPlan = { ...plan, both: false }
  const all = await Promise.all(
    sides.map(async ({ village, period, label }) => {
      const scope = await ledgerScope(store, village.id, period, question.today)
      const query = queryOf(single, scope)
      const [total] = scope.publications.length > 0 ? await store.sumLedger(village.id, query, 'all') : []
      const lines = scope.publications.length > 0 ? await store.list(village.id, 'ledger', query, { limit: 300 }) : []
      const fen = total ? (income ? total.income : total.expense) : 0
      return { village, scope, lines, fen, label: label ?? village.name, published: scope.publications.length > 0 }
    }),
  )
  // Two are told only together; of three or more, those that have published.
  const counted = all.length > 2 ? all.filter(({ published }) => published) : all
  const [a, b] = counted
  if (!a || !b || !a.published || !b.published) return null
  const topic = plan.topic?.label ?? ''
  const sameVillage = a.village.id === b.village.id
  const about = sameVillage ? `${a.village.name}:` : `${a.scope.label}`
  const lead = `${about}${sameVillage ? '' : ','}${counted.length > 2 ? say.each(counted, topic, income) : say.compare(a.label, a.fen, b.label, b.fen, topic, income)}`
  return {
    lead,
    lines: counted.flatMap(({ label, lines, fen, scope }) => [
      say.compareSide(label, lines.length, fen),
      ...notesOn(scope),
    ]),
    short: lead,
    card: {
      title: lead,
      rows: counted.map(({ label, fen }) => ({ label, value: yuan(fen) })),
      series: counted.map(({ label, fen }) => ({ label, value: inYuan(fen) })),
      unit: '元',
    },
    cites: counted.map(({ village, scope, lines }) => cite(village, scope, plan.topic, lines)),
    memory: {
      asker: 'ledger',
      ...(plan.topic && { topic: plan.topic.label }),
      measure: income ? 'income' : 'expense',
      op: 'sum',
    },
    figures: { first: inYuan(a.fen), second: inYuan(b.fen), difference: inYuan(a.fen - b.fen) },
  }
}

function sidesOf(
  question: Question,
  asked: boolean,
): { village: VillageName; period: Period | null; label?: string }[] | null {
  const { villages, periods, village } = question
  if (villages.length >= 2) return villages.map((each) => ({ village: each, period: question.period }))
  if (periods.length === 2 && asked) return periods.map((period) => ({ village, period, label: period.label }))
  if (periods.length === 2 && /(和|跟|与)/.test(question.text))
    return periods.map((period) => ({ village, period, label: period.label }))
  return null
}
