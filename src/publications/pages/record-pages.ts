/** Pages of projects and resolutions. */
import { affairsReplies } from '../affairs/replies.ts'
import type { VillageName } from '../answers/answer.ts'
import { inYuan, yuan } from '../format.ts'
import { factRows } from '../projects/answer-project.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, dateText, facts, factsOf, nothingYet, pageOf, recordTable, startPage } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const money = (fen: number | null): string => (fen === null ? '' : yuan(fen))

export async function projectsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await startPage(deps, village, 'project')
  const all = names.of('project')
  const table = recordTable(say.nav.projects, all, [
    { title: say.columns.name, value: ({ data }) => data.name, href: pageOf },
    { title: say.columns.status, value: ({ data }) => data.status },
    { title: say.columns.budget, right: true, value: ({ data }) => money(data.budget) },
    { title: say.columns.price, right: true, value: ({ data }) => money(data.contractPrice) },
    {
      title: say.columns.progress,
      right: true,
      value: ({ data }) => (data.percent === null ? '' : `${data.percent}%`),
    },
  ])
  return {
    kind: 'projects',
    path: `/v/${village.id}/projects`,
    title: `${village.name}${say.nav.projects}`,
    ...common,
    publications: factsOf(names, all),
    sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.projects)]), ...late],
  }
}

export async function projectPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await startPage(deps, village, 'project')
  const record = names.of('project').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const paid = data.payments.reduce((sum, { amount }) => sum + amount, 0)
  const resolution = names.of('resolution').find(({ recordId }) => recordId === data.resolution)
  const sections: Section[] = [
    ...(data.percent === null
      ? []
      : [
          {
            kind: 'progress' as const,
            percent: Math.min(100, Math.max(0, data.percent)),
            ...(data.budget !== null && { budget: inYuan(data.budget) }),
            paid: inYuan(paid),
            note: data.status,
          },
        ]),
    ...facts(
      factRows(data).map((row) => ({
        ...row,
        ...(resolution && row.value === data.resolution && { href: pageOf(resolution) }),
      })),
    ),
    ...plainTable(
      say.bids,
      [say.columns.bidder, say.columns.offer, ''],
      data.bids.map(({ bidder, price, won }) => [bidder, yuan(price), won ? say.won : '']),
    ),
    ...plainTable(
      say.payments,
      [say.columns.date, say.columns.amount, say.columns.voucher, say.columns.note],
      data.payments.map(({ date, amount, voucher, note }) => [dateText(date), yuan(amount), voucher, note]),
    ),
    ...plainTable(
      say.progress,
      [say.columns.date, say.columns.progress, say.columns.note],
      data.progress.map(({ date, percent, note }) => [dateText(date), percent === null ? '' : `${percent}%`, note]),
    ),
  ]
  return {
    kind: 'project',
    path: pageOf(record),
    title: data.name,
    ...common,
    crumbs: crumbs(village, { text: say.nav.projects, href: `/v/${village.id}/projects` }),
    publications: factsOf(names, [record]),
    sections,
  }
}

export async function resolutionsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await startPage(deps, village, 'resolution')
  const all = [...names.of('resolution')].reverse()
  const table = recordTable(say.nav.resolutions, all, [
    { title: say.columns.date, value: ({ data }) => dateText(data.date) },
    { title: say.columns.topic, value: ({ data }) => data.topic, href: pageOf },
    { title: say.columns.meeting, value: ({ data }) => data.meeting },
    { title: affairsReplies.labels.for, right: true, value: ({ data }) => data.for },
  ])
  return {
    kind: 'resolutions',
    path: `/v/${village.id}/resolutions`,
    title: `${village.name}${say.nav.resolutions}`,
    ...common,
    publications: factsOf(names, all).slice(0, 6),
    sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.resolutions)]), ...late],
  }
}

export async function resolutionPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await startPage(deps, village, 'resolution')
  const record = names.of('resolution').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const { labels } = affairsReplies
  const number = (value: number | null): string => (value === null ? '' : String(value))
  const sections: Section[] = [
    ...facts([
      { label: labels.date, value: dateText(data.date) },
      { label: labels.meeting, value: data.meeting },
      { label: labels.expected, value: number(data.expected) },
      { label: labels.present, value: number(data.present) },
      { label: labels.for, value: number(data.for) },
      { label: labels.against, value: number(data.against) },
      { label: labels.abstained, value: number(data.abstained) },
      { label: labels.shownOn, value: dateText(data.shownOn) },
    ]),
    { kind: 'text', heading: say.content, paragraphs: data.content.split('\n').filter((line) => line.trim() !== '') },
  ]
  return {
    kind: 'resolution',
    path: pageOf(record),
    title: data.topic,
    ...common,
    crumbs: crumbs(village, { text: say.nav.resolutions, href: `/v/${village.id}/resolutions` }),
    publications: factsOf(names, [record]),
    sections,
  }
}

function plainTable(heading: string, titles: readonly string[], rows: readonly string[][]): Section[] {
  return rows.length > 0
    ? [
        {
          kind: 'table',
          heading,
          columns: titles.map((title) => ({ title, align: 'left' as const })),
          rows: rows.map((row) => ({ cells: row.map((text) => ({ text })) })),
        },
      ]
    : []
}
