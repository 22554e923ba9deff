/** Pages of subsidies with their posted lists, people, party affairs and press conferences. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { anchorOf } from '../answers/cite.ts'
import type { VillageName } from '../answers/answer.ts'
import { yuan } from '../format.ts'
import type { RecordKind } from '../records.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, dateText, facts, factsOf, lateNotices, nothingYet, pageOf, recordTable } from './page-parts.ts'
import type { Query } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const ROWS = 200

async function late(deps: PageDeps, village: VillageName, kind: RecordKind): Promise<Section[]> {
  return lateNotices(await deps.store.overdue(village.id, kind), shanghaiDate(deps.clock.now()))
}

const common = (village: VillageName): { village: VillageName; crumbs: PageData['crumbs'] } => ({
  village: { id: village.id, name: village.name },
  crumbs: crumbs(village),
})

export async function subsidiesPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const names = await deps.catalogues.village(village.id)
  const [standards, batches] = [names.of('subsidy'), [...names.of('batch')].reverse()]
  const sections: Section[] = []
  if (batches.length > 0) {
    sections.push(
      recordTable(say.batches, batches, [
        { title: say.columns.name, value: ({ data }) => data.name, href: pageOf },
        { title: say.columns.period, value: ({ data }) => data.period },
        { title: say.columns.paidOn, value: ({ data }) => dateText(data.paidOn) },
        { title: say.columns.households, right: true, value: ({ data }) => data.households },
        { title: say.columns.amount, right: true, value: ({ data }) => yuan(data.amount) },
      ]),
    )
  }
  if (standards.length > 0) {
    sections.push(
      recordTable(say.standards, standards, [
        { title: say.columns.name, value: ({ data }) => data.name },
        { title: say.columns.standard, value: ({ data }) => data.standard },
        { title: say.columns.target, value: ({ data }) => data.target },
        { title: say.columns.when, value: ({ data }) => data.when },
        { title: say.columns.basis, value: ({ data }) => data.basis },
      ]),
    )
  }
  return {
    kind: 'subsidies',
    path: `/v/${village.id}/subsidies`,
    title: `${village.name}${say.nav.subsidies}`,
    ...common(village),
    publications: factsOf(names, batches).slice(0, 6),
    sections: [
      ...(sections.length > 0 ? sections : [nothingYet(say.nav.subsidies)]),
      ...(await late(deps, village, 'batch')),
    ],
  }
}

/** Names as they were posted, nothing more of a person. */
export async function batchPage(
  deps: PageDeps,
  village: VillageName,
  id: string,
  query: Query,
): Promise<PageData | null> {
  const names = await deps.catalogues.village(village.id)
  const record = names.of('batch').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const page = query.page ?? 1
  const rows = await deps.store.list(
    village.id,
    'list-row',
    { facet: `batch:${data.batch}` },
    { skip: (page - 1) * ROWS, limit: ROWS + 1 },
  )
  const table = recordTable(say.list, rows.slice(0, ROWS), [
    { title: say.columns.householder, value: (row) => row.data.householder },
    { title: say.columns.group, value: (row) => row.data.group },
    { title: say.columns.persons, right: true, value: (row) => row.data.persons },
    { title: say.columns.basis2, value: (row) => row.data.basis },
    { title: say.columns.amount, right: true, value: (row) => yuan(row.data.amount) },
  ])
  if (table.kind === 'table' && rows.length > ROWS)
    table.more = { text: say.nextPage, href: `${pageOf(record)}?page=${page + 1}` }
  const sections: Section[] = [
    ...facts([
      { label: say.columns.period, value: data.period },
      { label: say.columns.paidOn, value: dateText(data.paidOn) },
      { label: say.columns.households, value: data.households === null ? '' : String(data.households) },
      { label: say.columns.persons, value: data.persons === null ? '' : String(data.persons) },
      { label: say.columns.amount, value: yuan(data.amount) },
      { label: say.columns.status, value: data.status },
      {
        label: say.columns.shown,
        value: data.shownFrom ? say.fromTo(dateText(data.shownFrom), dateText(data.shownTo)) : '',
      },
    ]),
    table,
  ]
  return {
    kind: 'subsidy-batch',
    path: pageOf(record),
    title: say.batchTitle(village.name, data.name, data.period),
    ...common(village),
    crumbs: crumbs(village, { text: say.nav.subsidies, href: `/v/${village.id}/subsidies` }),
    publications: factsOf(names, [record, ...rows]),
    sections,
  }
}

export async function peoplePage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const names = await deps.catalogues.village(village.id)
  const all = names.of('roster')
  const categories = [...new Set(all.map(({ data }) => data.category))]
  const sections = categories.map((category) =>
    recordTable(
      category,
      all.filter(({ data }) => data.category === category),
      [
        { title: say.columns.person, value: ({ data }) => data.name },
        { title: say.columns.post, value: ({ data }) => data.post },
        { title: say.columns.duty, value: ({ data }) => [data.duty, data.area].filter(Boolean).join(';') },
        { title: say.columns.hours, value: ({ data }) => [data.hours, data.place].filter(Boolean).join(',') },
        { title: say.columns.phone, value: ({ data }) => data.phone },
      ],
    ),
  )
  return {
    kind: 'people',
    path: `/v/${village.id}/people`,
    title: `${village.name}${say.nav.people}`,
    ...common(village),
    publications: factsOf(names, all),
    sections: sections.length > 0 ? sections : [nothingYet(say.nav.people)],
  }
}

export async function partyPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const names = await deps.catalogues.village(village.id)
  const all = names.of('party')
  const sections: Section[] = all.map(({ recordId, data }) => ({
    kind: 'text',
    heading: [data.title, dateText(data.date)].filter(Boolean).join(' '),
    anchor: anchorOf(recordId),
    paragraphs:
      data.items.length > 1
        ? data.items.map(({ label, value }) => `${label}:${value}`)
        : [data.items[0]?.value ?? data.text],
  }))
  return {
    kind: 'party',
    path: `/v/${village.id}/party`,
    title: `${village.name}${say.nav.party}`,
    ...common(village),
    publications: factsOf(names, all),
    sections: [
      ...(sections.length > 0 ? sections : [nothingYet(say.nav.party)]),
      ...(await late(deps, village, 'party')),
    ],
  }
}

export async function conferencePage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const names = await deps.catalogues.village(village.id)
  const all = [...names.of('conference')].reverse()
  const sections: Section[] = all.flatMap(({ recordId, data }) => [
    {
      kind: 'text' as const,
      heading: [dateText(data.date), data.title].filter(Boolean).join(' '),
      anchor: anchorOf(recordId),
      paragraphs: [
        data.place,
        data.agenda.join('、'),
        ...data.answers.flatMap(({ question, answer, by }) => [say.asked(question), say.answered(answer, by)]),
        data.note,
      ].filter(Boolean),
    },
  ])
  return {
    kind: 'conference',
    path: `/v/${village.id}/conference`,
    title: `${village.name}${say.nav.conference}`,
    ...common(village),
    publications: factsOf(names, all),
    sections: [
      ...(sections.length > 0 ? sections : [nothingYet(say.nav.conference)]),
      ...(await late(deps, village, 'conference')),
    ],
  }
}
