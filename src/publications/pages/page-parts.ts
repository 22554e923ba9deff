/** Small parts that pages are made of. */
import type { Clock } from '../../infrastructure/clock.ts'
import type { Office, VillageName } from '../answers/answer.ts'
import { anchorOf, recordUrl } from '../answers/cite.ts'
import type { Catalogue, Catalogues } from '../catalogue.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { chineseDate, periodBounds, periodLabel } from '../periods.ts'
import type { RecordKind, StoredPublication, StoredRecord } from '../records.ts'
import type { Cell, PageData, PublicationFact, Section } from '../schema.ts'
import type { Store } from '../store.ts'
import { pageReplies as say } from './replies.ts'

export interface PageDeps {
  store: Store
  catalogues: Catalogues
  villages(): Promise<(VillageName & { households?: number; population?: number })[]>
  township(): Promise<VillageName>
  offices(): Promise<readonly Office[]>
  clock: Clock
}

export type Query = { period?: string | undefined; item?: string | undefined; page?: number | undefined }

/** Where this version can be read as it was published, and the others of it. */
export const versionUrl = (publicationId: string): string => `/published/${encodeURIComponent(publicationId)}`

export function factOf(publication: StoredPublication, href?: string): PublicationFact {
  const { item, period, publishedAt, dueAt, checkedBy, way, version, hash, reason } = publication
  const first = publication.firstPublishedAt ?? publishedAt
  return {
    title: item.replace(/^政策解答:.*/, '政策解答'),
    ...(period && { period: periodLabel(periodBounds(period)) || period }),
    ...(publishedAt && { publishedAt }),
    ...(dueAt && { dueAt }),
    lateDays: dueAt && first > dueAt ? Math.round((Date.parse(first) - Date.parse(dueAt)) / 86_400_000) : 0,
    ...(checkedBy && { checkedBy }),
    ...(way && { way }),
    version,
    hash,
    versionHref: versionUrl(publication._id),
    ...(reason && { reason }),
    ...(href && { href }),
  }
}

/** Publications that these records came with, each once. */
export function factsOf(catalogue: Catalogue, records: readonly { publicationId: string }[]): PublicationFact[] {
  const ids = new Set(records.map(({ publicationId }) => publicationId))
  return [...ids].flatMap((id) => {
    const publication = catalogue.publications.get(id)
    return publication ? [factOf(publication)] : []
  })
}

export const cell = (text: string | number | null, href?: string): Cell => ({
  text: text === null ? '' : String(text),
  ...(href && { href }),
})

export interface ColumnOf<T> {
  title: string
  right?: boolean
  value(thing: T): string | number | null
  href?(thing: T): string | undefined
}

/** A table of records, each row with the anchor that sources point to. */
export function recordTable<K extends RecordKind>(
  heading: string,
  records: readonly StoredRecord<K>[],
  columns: readonly ColumnOf<StoredRecord<K>>[],
  foot?: string[],
): Section {
  return {
    kind: 'table',
    heading,
    columns: columns.map(({ title, right }) => ({ title, align: right ? 'right' : 'left' })),
    rows: records.map((record) => ({
      anchor: anchorOf(record.recordId),
      cells: columns.map(({ value, href }) => cell(value(record), href?.(record))),
    })),
    ...(foot && { foot }),
  }
}

export const pageOf = <K extends RecordKind>(record: StoredRecord<K>): string =>
  recordUrl(record.kind, record.villageId, record.recordId, record.data)

/** Facts without the empty ones. */
export function facts(rows: readonly { label: string; value: string; href?: string }[], heading?: string): Section[] {
  const filled = rows.filter(({ value }) => value !== '')
  return filled.length > 0 ? [{ kind: 'facts', rows: filled, ...(heading && { heading }) }] : []
}

/** What of this kind was due and is not published. */
export function lateNotices(
  overdue: readonly { item: string; period: string; dueAt: string }[],
  today: string,
): Section[] {
  return overdue
    .filter(({ dueAt }) => dueAt < today)
    .map(({ item, period, dueAt }) => ({
      kind: 'notice' as const,
      tone: 'late' as const,
      text: say.late(item, period ? periodLabel(periodBounds(period)) || period : '', dueAt),
    }))
}

export const dateText = chineseDate

export function nothingYet(what: string): Section {
  return { kind: 'notice', tone: 'info', text: say.notYet(what) }
}

export function crumbs(
  village?: { id: string; name: string },
  ...more: { text: string; href: string }[]
): PageData['crumbs'] {
  return [
    { text: say.villages, href: '/v/' },
    ...(village ? [{ text: village.name, href: `/v/${village.id}` }] : []),
    ...more,
  ]
}

/** What every page of a village starts from. */
export async function startPage(
  deps: PageDeps,
  village: VillageName,
  kind: RecordKind,
): Promise<{
  names: Catalogue
  late: Section[]
  common: { village: VillageName; crumbs: PageData['crumbs'] }
}> {
  const [names, overdue] = await Promise.all([
    deps.catalogues.village(village.id),
    deps.store.overdue(village.id, kind),
  ])
  return {
    names,
    late: lateNotices(overdue, shanghaiDate(deps.clock.now())),
    common: { village: { id: village.id, name: village.name }, crumbs: crumbs(village) },
  }
}
