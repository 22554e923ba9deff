/** Pages of projects, contracts, the registers of assets and resources with debts, and resolutions. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { affairsReplies } from '../affairs/replies.ts'
import type { VillageName } from '../answers/answer.ts'
import { contractRows, daysBetween } from '../assets/contract-rows.ts'
import { inYuan, yuan } from '../format.ts'
import { factRows } from '../projects/answer-project.ts'
import type { RecordKind } from '../records.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './index.ts'
import { crumbs, dateText, facts, factsOf, lateNotices, nothingYet, pageOf, recordTable } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const money = (fen: number | null): string => (fen === null ? '' : yuan(fen))

/** What every page of a village starts from. */
async function start(deps: PageDeps, village: VillageName, kind: RecordKind): Promise<{ names: Awaited<ReturnType<PageDeps['catalogues']['village']>>; late: Section[]; common: { village: VillageName; crumbs: PageData['crumbs'] } }> {
  const [names, overdue] = await Promise.all([deps.catalogues.village(village.id), deps.store.overdue(village.id, kind)])
  return { names, late: lateNotices(overdue, shanghaiDate(deps.clock.now())), common: { village: { id: village.id, name: village.name }, crumbs: crumbs(village) } }
}

export async function projectsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await start(deps, village, 'project')
  const all = names.of('project')
  const table = recordTable(say.nav.projects, all, [
    { title: say.columns.name, value: ({ data }) => data.name, href: pageOf },
    { title: say.columns.status, value: ({ data }) => data.status },
    { title: say.columns.budget, right: true, value: ({ data }) => money(data.budget) },
    { title: say.columns.price, right: true, value: ({ data }) => money(data.contractPrice) },
    { title: say.columns.progress, right: true, value: ({ data }) => (data.percent === null ? '' : `${data.percent}%`) },
  ])
  return { kind: 'projects', path: `/v/${village.id}/projects`, title: `${village.name}${say.nav.projects}`, ...common, publications: factsOf(names, all), sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.projects)]), ...late] }
}

export async function projectPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await start(deps, village, 'project')
  const record = names.of('project').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const paid = data.payments.reduce((sum, { amount }) => sum + amount, 0)
  const resolution = names.of('resolution').find(({ recordId }) => recordId === data.resolution)
  const sections: Section[] = [
    ...(data.percent === null ? [] : [{ kind: 'progress' as const, percent: Math.min(100, Math.max(0, data.percent)), ...(data.budget !== null && { budget: inYuan(data.budget) }), paid: inYuan(paid), note: data.status }]),
    ...facts(factRows(data).map((row) => ({ ...row, ...(resolution && row.value === data.resolution && { href: pageOf(resolution) }) }))),
    ...plainTable(say.bids, [say.columns.bidder, say.columns.offer, ''], data.bids.map(({ bidder, price, won }) => [bidder, yuan(price), won ? say.won : ''])),
    ...plainTable(say.payments, [say.columns.date, say.columns.amount, say.columns.voucher, say.columns.note], data.payments.map(({ date, amount, voucher, note }) => [dateText(date), yuan(amount), voucher, note])),
    ...plainTable(say.progress, [say.columns.date, say.columns.progress, say.columns.note], data.progress.map(({ date, percent, note }) => [dateText(date), percent === null ? '' : `${percent}%`, note])),
  ]
  return { kind: 'project', path: pageOf(record), title: data.name, ...common, crumbs: crumbs(village, { text: say.nav.projects, href: `/v/${village.id}/projects` }), publications: factsOf(names, [record]), sections }
}

export async function contractsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await start(deps, village, 'contract')
  const all = names.of('contract')
  const table = recordTable(say.nav.contracts, all, [
    { title: say.columns.subject, value: ({ data }) => data.subject, href: pageOf },
    { title: say.columns.party, value: ({ data }) => data.party },
    { title: say.columns.yearly, right: true, value: ({ data }) => money(data.yearly) },
    { title: say.columns.until, value: ({ data }) => dateText(data.to) },
    { title: say.columns.outstanding, right: true, value: ({ data }) => money(data.outstanding) },
  ])
  return { kind: 'contracts', path: `/v/${village.id}/contracts`, title: `${village.name}${say.nav.contracts}`, ...common, publications: factsOf(names, all), sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.contracts)]), ...late] }
}

export async function contractPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await start(deps, village, 'contract')
  const record = names.of('contract').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const left = /^\d{4}-\d\d-\d\d$/.test(data.to) ? daysBetween(shanghaiDate(deps.clock.now()), data.to) : null
  const sections: Section[] = [
    ...(left !== null && left <= 90 ? [{ kind: 'notice' as const, tone: 'info' as const, text: left < 0 ? say.expired : say.endsIn(left) }] : []),
    ...facts(contractRows(data)),
    ...(data.received !== null && data.outstanding !== null ? [{ kind: 'bars' as const, heading: say.collected, unit: say.yuan, series: [{ label: say.columns.received, value: inYuan(data.received) }, { label: say.columns.outstanding, value: inYuan(data.outstanding) }] }] : []),
  ]
  return { kind: 'contract', path: pageOf(record), title: data.subject, ...common, crumbs: crumbs(village, { text: say.nav.contracts, href: `/v/${village.id}/contracts` }), publications: factsOf(names, [record]), sections }
}

export async function assetsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await start(deps, village, 'asset')
  const [assets, resources, debts] = [names.of('asset'), names.of('resource'), names.of('debt')]
  const sections: Section[] = []
  if (assets.length > 0) {
    sections.push(
      recordTable(say.assets, assets, [
        { title: say.columns.name, value: ({ data }) => data.name },
        { title: say.columns.quantity, value: ({ data }) => `${data.quantity}${data.unit}` },
        { title: say.columns.cost, right: true, value: ({ data }) => money(data.cost) },
        { title: say.columns.use, value: ({ data }) => data.use },
        { title: say.columns.tenant, value: ({ data }) => data.tenant },
        { title: say.columns.yearly, right: true, value: ({ data }) => money(data.yearly) },
        { title: say.columns.until, value: ({ data }) => dateText(data.until) },
      ]),
    )
  }
  if (resources.length > 0) {
    sections.push(
      recordTable(say.resources, resources, [
        { title: say.columns.name, value: ({ data }) => data.name },
        { title: say.columns.area, right: true, value: ({ data }) => data.area },
        { title: say.columns.bounds, value: ({ data }) => data.bounds },
        { title: say.columns.party, value: ({ data }) => data.holder },
        { title: say.columns.until, value: ({ data }) => dateText(data.until) },
        { title: say.columns.outstanding, right: true, value: ({ data }) => money(data.outstanding) },
      ]),
    )
  }
  if (debts.length > 0) {
    sections.push(
      recordTable(say.debts, debts, [
        { title: say.columns.type, value: ({ data }) => data.type },
        { title: say.columns.other, value: ({ data }) => data.party },
        { title: say.columns.note, value: ({ data }) => data.reason },
        { title: say.columns.amount, right: true, value: ({ data }) => yuan(data.amount) },
        { title: say.columns.due, value: ({ data }) => dateText(data.due) },
        { title: say.columns.status, value: ({ data }) => data.status },
      ]),
    )
  }
  return { kind: 'assets', path: `/v/${village.id}/assets`, title: `${village.name}${say.nav.assets}`, ...common, publications: factsOf(names, [...assets, ...resources, ...debts]), sections: [...(sections.length > 0 ? sections : [nothingYet(say.nav.assets)]), ...late] }
}

export async function resolutionsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await start(deps, village, 'resolution')
  const all = [...names.of('resolution')].reverse()
  const table = recordTable(say.nav.resolutions, all, [
    { title: say.columns.date, value: ({ data }) => dateText(data.date) },
    { title: say.columns.topic, value: ({ data }) => data.topic, href: pageOf },
    { title: say.columns.meeting, value: ({ data }) => data.meeting },
    { title: affairsReplies.labels.for, right: true, value: ({ data }) => data.for },
  ])
  return { kind: 'resolutions', path: `/v/${village.id}/resolutions`, title: `${village.name}${say.nav.resolutions}`, ...common, publications: factsOf(names, all).slice(0, 6), sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.resolutions)]), ...late] }
}

export async function resolutionPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await start(deps, village, 'resolution')
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
  return { kind: 'resolution', path: pageOf(record), title: data.topic, ...common, crumbs: crumbs(village, { text: say.nav.resolutions, href: `/v/${village.id}/resolutions` }), publications: factsOf(names, [record]), sections }
}

function plainTable(heading: string, titles: readonly string[], rows: readonly string[][]): Section[] {
  return rows.length > 0 ? [{ kind: 'table', heading, columns: titles.map((title) => ({ title, align: 'left' as const })), rows: rows.map((row) => ({ cells: row.map((text) => ({ text })) })) }] : []
}
