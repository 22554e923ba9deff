/** Pages of contracts, and of the registers of assets and resources with debts. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { VillageName } from '../answers/answer.ts'
import { contractRows, daysBetween } from '../assets/contract-rows.ts'
import { inYuan, yuan } from '../format.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, dateText, facts, factsOf, nothingYet, pageOf, recordTable, startPage } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const money = (fen: number | null): string => (fen === null ? '' : yuan(fen))

export async function contractsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await startPage(deps, village, 'contract')
  const all = names.of('contract')
  const table = recordTable(say.nav.contracts, all, [
    { title: say.columns.subject, value: ({ data }) => data.subject, href: pageOf },
    { title: say.columns.party, value: ({ data }) => data.party },
    { title: say.columns.yearly, right: true, value: ({ data }) => money(data.yearly) },
    { title: say.columns.until, value: ({ data }) => dateText(data.to) },
    { title: say.columns.outstanding, right: true, value: ({ data }) => money(data.outstanding) },
  ])
  return {
    kind: 'contracts',
    path: `/v/${village.id}/contracts`,
    title: `${village.name}${say.nav.contracts}`,
    ...common,
    publications: factsOf(names, all),
    sections: [...(all.length > 0 ? [table] : [nothingYet(say.nav.contracts)]), ...late],
  }
}

export async function contractPage(deps: PageDeps, village: VillageName, id: string): Promise<PageData | null> {
  const { names, common } = await startPage(deps, village, 'contract')
  const record = names.of('contract').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const left = /^\d{4}-\d\d-\d\d$/.test(data.to) ? daysBetween(shanghaiDate(deps.clock.now()), data.to) : null
  const sections: Section[] = [
    ...(left !== null && left <= 90
      ? [{ kind: 'notice' as const, tone: 'info' as const, text: left < 0 ? say.expired : say.endsIn(left) }]
      : []),
    ...facts(contractRows(data)),
    ...(data.received !== null && data.outstanding !== null
      ? [
          {
            kind: 'bars' as const,
            heading: say.collected,
            unit: say.yuan,
            series: [
              { label: say.columns.received, value: inYuan(data.received) },
              { label: say.columns.outstanding, value: inYuan(data.outstanding) },
            ],
          },
        ]
      : []),
  ]
  return {
    kind: 'contract',
    path: pageOf(record),
    title: data.subject,
    ...common,
    crumbs: crumbs(village, { text: say.nav.contracts, href: `/v/${village.id}/contracts` }),
    publications: factsOf(names, [record]),
    sections,
  }
}

export async function assetsPage(deps: PageDeps, village: VillageName): Promise<PageData> {
  const { names, late, common } = await startPage(deps, village, 'asset')
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
  return {
    kind: 'assets',
    path: `/v/${village.id}/assets`,
    title: `${village.name}${say.nav.assets}`,
    ...common,
    publications: factsOf(names, [...assets, ...resources, ...debts]),
    sections: [...(sections.length > 0 ? sections : [nothingYet(say.nav.assets)]), ...late],
  }
}
