/** Spending and income: on one thing or all of it, in a period; sums, counts, categories, the largest, each line. Always computed from the lines. */
import type { Answer, AskDeps, Asker, Memory, Question } from '../answers/answer.ts'
import { answerReplies } from '../answers/replies.ts'
import { inYuan, yuan } from '../format.ts'
import { periodBounds, periodLabel } from '../periods.ts'
import type { LedgerLine, StoredRecord } from '../records.ts'
import type { Store } from '../store.ts'
import { compareMoney } from './compare-money.ts'
import { notPublished } from './not-published.ts'
import { COMPARE, MONEY, PAY, WHO_OF_LINE, cite, notesOn, planLedger, queryOf } from './plan-ledger.ts'
import type { LedgerPlan } from './plan-ledger.ts'
import { ledgerScope } from './published-months.ts'
import type { LedgerScope } from './published-months.ts'
import { namesCategory, payeeIn } from './topics.ts'
import { financeReplies as say } from './replies.ts'

const PAGE = 8
const SHOWN = 6
const UNIT_PRICE = /(?<![\d一二三四五六七八九])[一每](方|度|吨|斤|次|回|顿)水?电?(要|是|得)?(多少|几)/
const SPENDS = /花|支出|支了|付|开销|用了|买/

export const ledgerAsker: Asker = {
  name: 'ledger',
  claims: ({ text, periods, villages, intent, names }) =>
    (payeeIn(text) ? 4 : 0) +
    (WHO_OF_LINE.test(text) && /(笔|钱|账|款|凭证)/.test(text) ? 6 : 0) +
    // 垃圾清运费 is a heading of the book, whatever project has 垃圾 in its name.
    (intent.startsWith('ask.finance') && namesCategory(text, names.categories) ? 2 : 0) +
    (PAY.test(text) ? 6 : MONEY.test(text) || COMPARE.test(text) ? 2 : 0) +
    (COMPARE.test(text) && (periods.length === 2 || villages.length === 2) ? 3 : 0),
  async answer(question, deps) {
    // 自来水一方多少钱 is a price, and not what was spent on water.
    if (UNIT_PRICE.test(question.text) && question.period === null && question.memory === null) return null
    const plan = await planLedger(question, deps.store)
    const answer =
      (await compareMoney(question, plan, COMPARE.test(question.text), deps.store)) ??
      (await answerOne(question, plan, deps))
    return answer
  },
}

async function answerOne(question: Question, plan: LedgerPlan, { store }: AskDeps): Promise<Answer | null> {
  const { village } = question
  const voucherMonth = /\d{6}/.exec(plan.topic?.voucher ?? '')?.[0]
  const period =
    (voucherMonth ? periodBounds(`${voucherMonth.slice(0, 4)}-${voucherMonth.slice(4)}`) : question.period) ??
    (question.memory?.asker === 'ledger' ? (question.memory.period ?? null) : null)
  const scope = await ledgerScope(store, village.id, period, question.today)
  const memory: Memory = {
    asker: 'ledger',
    ...(plan.topic && { topic: plan.topic.label }),
    measure: plan.both ? 'both' : plan.income ? 'income' : 'expense',
    op: plan.op,
    period: { from: scope.from, to: scope.to, label: scope.label },
  }
  const refused = await notPublished(question, scope, store, memory)
  if (refused) return refused
  const query = queryOf(plan, scope)
  const [total] = await store.sumLedger(village.id, query, 'all')
  const notes = notesOn(scope)
  if (!total) {
    // 存款利息多少 says neither; what was never spent on may have come in.
    if (!plan.income && plan.topic && !SPENDS.test(question.text)) {
      const came = await answerOne(question, { ...plan, income: true }, { store } as AskDeps)
      if (came && !came.unanswered) return came
    }
    return nothingFound(question, plan, scope, store, memory)
  }
  const lines = await store.list(village.id, 'ledger', query, { limit: 400 })
  const cites = [cite(village, scope, plan.topic, lines)]
  const amount = plan.income ? total.income : total.expense
  const label = plan.topic?.label ?? ''
  const base = {
    cites,
    memory,
    figures: { income: inYuan(total.income), expense: inYuan(total.expense), lines: total.lines },
  }
  if (plan.op === 'list') return listLines(question, plan, lines, base, notes, scope.label)
  if (plan.op === 'top') {
    const largest = [...lines].sort((a, b) => amountOf(b.data, plan.income) - amountOf(a.data, plan.income)).slice(0, 5)
    const said = largest.map((line, index) => lineText(index + 1, line.data, plan.income))
    return {
      ...base,
      lead: say.biggest(village.name, scope.label, label, plan.income),
      lines: [...said, ...notes],
      short: `${say.biggest(village.name, scope.label, label, plan.income)}${said.slice(0, 2).join(';')}`,
      card: {
        title: say.ledgerTitle(village.name, scope.label),
        figure: yuan(amountOf(largest[0]!.data, plan.income)),
        rows: largest.map(({ data }) => ({
          label: `${data.date} ${data.summary}`,
          value: yuan(amountOf(data, plan.income)),
        })),
      },
    }
  }
  const groups = await store.sumLedger(village.id, query, 'category')
  const months = await store.sumLedger(village.id, query, 'month')
  const shares = groups
    .map(({ key, income, expense }) => ({ key, amount: plan.income ? income : expense }))
    .filter(({ amount: each }) => each > 0)
    .sort((a, b) => b.amount - a.amount)
  const lead = plan.both
    ? say.totals(village.name, scope.label, total.income, total.expense)
    : plan.op === 'count'
      ? say.counted(village.name, scope.label, label, total.lines, amount, plan.income)
      : plan.topic
        ? (plan.income ? say.received : say.spent)(village.name, scope.label, label, amount, total.lines)
        : (plan.income ? say.allReceived : say.allSpent)(village.name, scope.label, amount, total.lines)
  const detail =
    plan.topic && lines.length <= SHOWN
      ? lines.map((line, index) => lineText(index + 1, line.data, plan.income))
      : plan.topic
        ? shares.length > 1
          ? [
              say.categoriesOf(plan.income),
              ...shares.slice(0, SHOWN).map(({ key, amount: each }) => say.share(key, each)),
            ]
          : []
        : [
            say.categoriesOf(plan.income),
            ...shares.slice(0, SHOWN + 2).map(({ key, amount: each }) => say.share(key, each)),
          ]
  return {
    ...base,
    lead,
    short: [
      lead.slice(0, -1),
      ...(notes.length > 0
        ? notes
        : shares.length > 1
          ? [
              shares
                .slice(0, 3)
                .map(({ key, amount: each }) => `${key}${yuan(each)}`)
                .join('、'),
            ]
          : []),
    ].join(':'),
    lines: [...detail, ...notes],
    ...(lines.length > SHOWN || !plan.topic ? { hint: say.detailHint() } : {}),
    card: {
      title: `${say.ledgerTitle(village.name, scope.label)}${label ? `·${label}` : ''}`,
      figure: plan.both ? `${say.expense}${yuan(total.expense)}` : yuan(amount),
      rows: plan.both
        ? [
            { label: say.income, value: yuan(total.income) },
            { label: say.expense, value: yuan(total.expense) },
          ]
        : lines
            .slice(0, SHOWN)
            .map(({ data }) => ({ label: `${data.date} ${data.summary}`, value: yuan(amountOf(data, plan.income)) })),
      ...(months.length > 1
        ? {
            series: months.map((month) => ({
              label: month.key,
              value: inYuan(plan.income ? month.income : month.expense),
            })),
            unit: '元',
          }
        : shares.length > 1 && {
            series: shares.slice(0, 8).map(({ key, amount: each }) => ({ label: key, value: inYuan(each) })),
            unit: '元',
          }),
    },
  }
}

function listLines(
  { village, text }: Question,
  plan: LedgerPlan,
  lines: readonly StoredRecord<'ledger'>[],
  base: Pick<Answer, 'cites' | 'memory' | 'figures'>,
  notes: string[],
  label: string,
): Answer {
  const page = lines.slice(plan.offset, plan.offset + PAGE)
  if (page.length === 0) return { ...base, lead: answerReplies.noMore() }
  const left = lines.length - plan.offset - page.length
  const behind = plan.topic?.voucher !== undefined || WHO_OF_LINE.test(text)
  const said = page.map(
    (line, index) =>
      `${lineText(plan.offset + index + 1, line.data, plan.income)}${behind ? `;${say.behind(line.data)}` : ''}`,
  )
  const lead = say.details(village.name, label, plan.topic?.label ?? '', lines.length)
  return {
    ...base,
    memory: { ...base.memory!, op: 'list', offset: plan.offset + page.length },
    lead,
    lines: [...said, ...notes],
    short: `${lead}${said.slice(0, 3).join(';')}`,
    ...(left > 0 && { hint: answerReplies.moreLeft(left) }),
    card: {
      title: lead,
      rows: page.map(({ data }) => ({
        label: `${data.date} ${data.summary}`,
        value: yuan(amountOf(data, plan.income)),
      })),
    },
  }
}

async function nothingFound(
  { village }: Question,
  plan: LedgerPlan,
  scope: LedgerScope,
  store: Store,
  memory: Memory,
): Promise<Answer> {
  const [elsewhere] = await store.sumLedger(village.id, queryOf(plan, { from: '', to: '9999' }), 'all')
  const label = plan.topic?.label ?? ''
  const other =
    elsewhere && scope.first
      ? [
          say.elsewhere(
            `${periodLabel({ from: `${scope.first}-01`, to: periodBounds(scope.last).to })}`,
            label,
            plan.income ? elsewhere.income : elsewhere.expense,
            elsewhere.lines,
          ),
        ]
      : []
  const lead = say.nothingOn(village.name, scope.label, label, plan.income)
  return {
    lead,
    lines: [...other, ...notesOn(scope)],
    cites: [cite(village, scope, null, [])],
    memory,
    unanswered: { reason: 'not-found', topic: label },
    figures: { lines: 0 },
  }
}

export const amountOf = (line: LedgerLine, income: boolean): number =>
  income ? line.income : line.expense || line.income

function lineText(order: number, line: LedgerLine, income: boolean): string {
  return say.line(order, line.date, line.summary, amountOf(line, income), line.payee)
}
