/** The list of villages, and a village's front page: this month's money, what is new, what is late, where the rest is. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { VillageName } from '../answers/answer.ts'
import { monthsLabel } from '../finance/published-months.ts'
import { inYuan, yuan } from '../format.ts'
import { listObligations, onTimeOf } from '../obligations/list-obligations.ts'
import { obligationReplies } from '../obligations/replies.ts'
import { joinMonths, monthsOf, periodBounds, periodLabel } from '../periods.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, dateText, facts, factOf, lateNotices } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

/** More of what is late stands on the calendar. */
const NOTICES = 8

export async function villagesPage({ villages, store, township, clock }: PageDeps): Promise<PageData> {
  const today = shanghaiDate(clock.now())
  const rows = await Promise.all(
    (await villages()).map(async ({ id, name }) => {
      const [ledgers, history] = await Promise.all([store.publications(id, 'ledger'), store.history(id)])
      const all = listObligations(history, today)
      const { percent } = onTimeOf(all, today)
      const months = ledgers.flatMap((each) => (each.from ? monthsOf(each) : [])).sort()
      const late = all.filter(({ state }) => state === 'overdue').length
      return {
        text: name,
        href: `/v/${id}`,
        note: [
          months.length > 0 ? say.publishedTo(monthsLabel([months.at(-1)!])) : '',
          percent === null ? '' : say.onTime(percent),
          late > 0 ? say.lateCount(late) : '',
        ]
          .filter(Boolean)
          .join(','),
      }
    }),
  )
  const sections: Section[] = [
    { kind: 'links', heading: (await township()).name, links: rows },
    {
      kind: 'links',
      heading: say.townshipLists,
      links: [
        { text: say.nav.powers, href: '/powers' },
        { text: say.nav.negative, href: '/negative-list' },
        { text: say.nav.responsibilities, href: '/responsibilities' },
        { text: say.nav.policies, href: '/policies' },
        { text: say.nav.offices, href: '/offices' },
        { text: say.help, href: '/help' },
      ],
    },
  ]
  return {
    kind: 'villages',
    path: '/v/',
    title: say.villages,
    lead: say.villagesLead,
    crumbs: [],
    publications: [],
    sections,
  }
}

export async function homePage({ store, clock, catalogues }: PageDeps, village: VillageName): Promise<PageData> {
  const home = `/v/${village.id}`
  const today = shanghaiDate(clock.now())
  const [publications, history, names] = await Promise.all([
    store.publications(village.id),
    store.history(village.id),
    catalogues.village(village.id),
  ])
  const months = [
    ...new Set(publications.filter(({ kinds, from }) => kinds.includes('ledger') && from !== '').flatMap(monthsOf)),
  ].sort()
  const last = months.at(-1)
  const all = listObligations(history, today)
  const { percent, due, late, overdue } = onTimeOf(all, today)
  const open = all.filter(({ state }) => state === 'overdue')
  const sections: Section[] = [...lateNotices(open.slice(0, NOTICES), today)]
  if (last) {
    const bounds = periodBounds(last)
    const [total] = await store.sumLedger(village.id, bounds, 'all')
    const byMonth = await store.sumLedger(
      village.id,
      { from: periodBounds(months.at(-12) ?? months[0]!).from, to: bounds.to },
      'month',
    )
    sections.push(
      ...facts(
        [
          { label: say.columns.income, value: yuan(total?.income ?? 0), href: `${home}/ledger?period=${last}` },
          { label: say.columns.expense, value: yuan(total?.expense ?? 0), href: `${home}/ledger?period=${last}` },
        ],
        say.monthMoney(periodLabel(bounds)),
      ),
      {
        kind: 'bars',
        heading: say.monthly(periodLabel(joinMonths(byMonth.map(({ key }) => key))[0] ?? bounds)),
        unit: say.yuan,
        series: byMonth.map(({ key, income, expense }) => ({
          label: key,
          value: inYuan(income),
          second: inYuan(expense),
        })),
        legend: [say.columns.income, say.columns.expense],
      },
    )
  }
  const count = (kind: Parameters<typeof names.of>[0]): string => say.count(names.of(kind).length)
  sections.push({
    kind: 'links',
    heading: say.look,
    links: [
      { text: say.nav.ledger, href: `${home}/ledger`, ...(last && { note: say.publishedTo(monthsLabel([last])) }) },
      { text: say.nav.projects, href: `${home}/projects`, note: count('project') },
      { text: say.nav.contracts, href: `${home}/contracts`, note: count('contract') },
      { text: say.nav.assets, href: `${home}/assets`, note: count('asset') },
      { text: say.nav.subsidies, href: `${home}/subsidies`, note: count('batch') },
      { text: say.nav.resolutions, href: `${home}/resolutions`, note: count('resolution') },
      { text: say.nav.people, href: `${home}/people`, note: count('roster') },
      { text: say.nav.party, href: `${home}/party` },
      {
        text: obligationReplies.calendar,
        href: `${home}/calendar`,
        ...(percent !== null && { note: obligationReplies.onTime(percent, due, late + overdue) }),
      },
      { text: say.nav.conference, href: `${home}/conference` },
      { text: say.nav.powers, href: '/powers' },
      { text: say.nav.negative, href: '/negative-list' },
      { text: say.nav.policies, href: '/policies' },
    ],
  })
  const newest = [...publications].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt)).slice(0, 8)
  sections.push({
    kind: 'table',
    heading: say.newest,
    columns: [
      { title: say.columns.item, align: 'left' },
      { title: say.columns.period, align: 'left' },
      { title: say.columns.publishedAt, align: 'left' },
    ],
    rows: newest.map((publication) => {
      const { title, period, publishedAt, lateDays } = factOf(publication)
      return {
        cells: [
          { text: title },
          { text: period ?? '' },
          { text: `${dateText(publishedAt ?? '')}${lateDays > 0 ? say.lateDays(lateDays) : ''}` },
        ],
      }
    }),
  })
  return {
    kind: 'home',
    path: home,
    title: say.home(village.name),
    village: { id: village.id, name: village.name },
    crumbs: crumbs(),
    publications: [],
    sections,
  }
}
