/** The ledger of a period: totals, what for, each line; or the lines on one thing. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { VillageName } from '../answers/answer.ts'
import { anchorOf } from '../answers/cite.ts'
import { queryOf } from '../finance/plan-ledger.ts'
import { ledgerScope, monthsLabel, periodQuery } from '../finance/published-months.ts'
import { topicOf } from '../finance/topics.ts'
import { inYuan, yuan, yuanNumber } from '../format.ts'
import { chineseDate, monthsOf, periodBounds, periodLabel } from '../periods.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, facts, factOf, lateNotices, nothingYet } from './page-parts.ts'
import type { Query } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const LINES = 200

export async function ledgerPage(
  { store, catalogues, clock }: PageDeps,
  village: VillageName,
  query: Query,
): Promise<PageData> {
  const path = `/v/${village.id}/ledger`
  const today = shanghaiDate(clock.now())
  const asked = query.period ? periodBounds(query.period) : null
  const scope = await ledgerScope(store, village.id, asked?.from ? asked : null, today, 'month')
  const names = await catalogues.village(village.id)
  const topic = query.item ? topicOf(query.item, names.categories) : null
  const label = periodLabel(scope)
  const title = topic ? say.ledgerItem(say.ledger(village.name, label), topic.label) : say.ledger(village.name, label)
  const base = {
    kind: 'ledger' as const,
    path,
    title,
    village: { id: village.id, name: village.name },
    crumbs: crumbs(village),
  }
  const overdue = lateNotices(await store.overdue(village.id, 'ledger'), today)
  const months = monthLinks(path, await publishedMonths(store, village.id), scope)
  if (scope.publications.length === 0)
    return { ...base, publications: [], sections: [...overdue, nothingYet(say.ledgerOf(label)), months] }
  const filter = queryOf({ topic, income: false, both: true }, scope)
  const [[total], groups, byMonth, lines, banks] = await Promise.all([
    store.sumLedger(village.id, filter, 'all'),
    store.sumLedger(village.id, filter, 'category'),
    store.sumLedger(village.id, filter, 'month'),
    store.list(village.id, 'ledger', filter, { skip: ((query.page ?? 1) - 1) * LINES, limit: LINES + 1 }),
    topic ? [] : store.list(village.id, 'bank', { from: scope.from, to: scope.to }),
  ])
  const link = (item: string): string => `${path}?period=${periodQuery(scope)}&item=${encodeURIComponent(item)}`
  const sections: Section[] = [
    ...facts([
      { label: say.columns.income, value: yuan(total?.income ?? 0) },
      { label: say.columns.expense, value: yuan(total?.expense ?? 0) },
      { label: say.columns.count, value: say.lines(total?.lines ?? 0) },
    ]),
    ...(scope.missing.length > 0
      ? [{ kind: 'notice' as const, tone: 'late' as const, text: say.missing(monthsLabel(scope.missing)) }]
      : []),
    ...(byMonth.length > 1
      ? [
          {
            kind: 'bars' as const,
            heading: say.byMonth,
            unit: say.yuan,
            series: byMonth.map(({ key, income, expense }) => ({
              label: key,
              value: inYuan(income),
              second: inYuan(expense),
            })),
            legend: [say.columns.income, say.columns.expense],
          },
        ]
      : []),
    ...(topic
      ? []
      : [
          {
            kind: 'table' as const,
            heading: say.byCategory,
            columns: [
              { title: say.columns.category, align: 'left' as const },
              { title: say.columns.income, align: 'right' as const },
              { title: say.columns.expense, align: 'right' as const },
            ],
            rows: groups.map(({ key, income, expense }) => ({
              cells: [
                { text: key, href: link(key) },
                { text: income ? yuanNumber(income) : '' },
                { text: expense ? yuanNumber(expense) : '' },
              ],
            })),
            foot: [say.total, yuanNumber(total?.income ?? 0), yuanNumber(total?.expense ?? 0)],
          },
        ]),
    {
      kind: 'table',
      heading: say.each,
      columns: [
        { title: say.columns.date, align: 'left' },
        { title: say.columns.summary, align: 'left' },
        { title: say.columns.income, align: 'right' },
        { title: say.columns.expense, align: 'right' },
        { title: say.columns.payee, align: 'left' },
        { title: say.columns.voucher, align: 'left' },
        { title: say.columns.approver, align: 'left' },
      ],
      rows: lines.slice(0, LINES).map(({ recordId, data }) => ({
        anchor: anchorOf(recordId),
        cells: [
          { text: data.date },
          { text: data.summary },
          { text: data.income ? yuanNumber(data.income) : '' },
          { text: data.expense ? yuanNumber(data.expense) : '' },
          { text: data.payee },
          { text: data.voucher },
          { text: data.approver },
        ],
      })),
      ...(lines.length > LINES && {
        more: {
          text: say.nextPage,
          href: `${path}?period=${periodQuery(scope)}${topic ? `&item=${encodeURIComponent(topic.label)}` : ''}&page=${(query.page ?? 1) + 1}`,
        },
      }),
    },
    ...(banks.length > 0
      ? [
          {
            kind: 'table' as const,
            heading: say.bank,
            columns: say.bankColumns.map((each, index) => ({
              title: each,
              align: index === 0 ? ('left' as const) : ('right' as const),
            })),
            rows: banks.map(({ recordId, data }) => ({
              anchor: anchorOf(recordId),
              cells: [
                { text: data.month },
                ...[data.opening, data.income, data.expense, data.closing].map((fen) => ({ text: yuanNumber(fen) })),
              ],
            })),
          },
        ]
      : []),
    ...overdue,
    months,
  ]
  const lead = scope.publications
    .map(({ publishedAt }) => publishedAt)
    .sort()
    .at(-1)
  return {
    ...base,
    ...(lead && { lead: say.publishedAt(chineseDate(lead)) }),
    publications: scope.publications.map((each) => factOf(each, `${path}?period=${each.period}`)),
    sections,
  }
}

async function publishedMonths(store: PageDeps['store'], villageId: string): Promise<string[]> {
  return [
    ...new Set((await store.publications(villageId, 'ledger')).filter(({ from }) => from !== '').flatMap(monthsOf)),
  ]
    .sort()
    .reverse()
}

function monthLinks(path: string, months: readonly string[], scope: { from: string; to: string }): Section {
  const years = [...new Set(months.map((month) => month.slice(0, 4)))]
  return {
    kind: 'links',
    heading: say.otherPeriods,
    links: [...years, ...months].map((period) => {
      const bounds = periodBounds(period)
      return {
        text: periodLabel(bounds),
        href: `${path}?period=${period}`,
        ...(bounds.from === scope.from && bounds.to === scope.to && { current: true }),
      }
    }),
  }
}
