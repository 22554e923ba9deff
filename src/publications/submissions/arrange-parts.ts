/** A file's records → the publications that they come under, each with what it replaces. */
import { hashRecords, kindsOf } from '../import/assign.ts'
import type { DraftRecord } from '../import/draft.ts'
import type { KindRule } from '../import/kinds.ts'
import { periodBounds } from '../periods.ts'
import type { PublicationClass, RecordKind, StoredPublication, StoredRecord } from '../records.ts'
import { compareRecords } from './compare-records.ts'
import type { Change } from './compare-records.ts'
import { submissionReplies } from './replies.ts'

export interface Part {
  class: PublicationClass
  item: string
  period: string
  from: string
  to: string
  kinds: RecordKind[]
  dueAt: string
  way: string
  version: number
  /** Published version of the same thing, which this one corrects. */
  baseId: string | null
  /** Announced and not published: goes when this one is. */
  draftId: string | null
  /** A register that stands until the next one: records of these kinds published elsewhere are replaced too. */
  takesOver: boolean
  hash: string
  counts: { added: number; changed: number; removed: number; same: number }
}

export interface ArrangedPart {
  part: Part
  records: DraftRecord[]
  changes: Change[]
}

export interface Known {
  /** Newest version of everything that the village has published or announced. */
  publications: readonly StoredPublication[]
  /** Published records of the kinds that the file is about. */
  records: readonly StoredRecord[]
}

interface Home {
  item: string
  period: string
  records: DraftRecord[]
}

/**
 * @param period for a register: under which period it is published; the newest published one when not given
 * @param missing what happens to what is published and not in the file
 * @param today YYYY-MM-DD in Asia/Shanghai
 * @returns parts that change something; `unplaced`: batches of a list that belongs to no publication
 */
export function arrangeParts(
  rule: KindRule,
  records: readonly DraftRecord[],
  known: Known,
  options: { period?: string; missing: 'keep' | 'remove'; today: string },
): { parts: ArrangedPart[]; unchanged: number; unplaced: string[] } {
  const homes = new Map<string, Home>()
  const unplaced = new Set<string>()
  for (const record of records) {
    const place = placeOf(rule, record, records, known, options)
    if (!place) {
      unplaced.add(bucketOf(rule, record))
      continue
    }
    const key = `${place.item}|${place.period}`
    const home = homes.get(key) ?? { ...place, records: [] }
    home.records.push(record)
    homes.set(key, home)
  }
  const all = [...homes.values()].map((home) => arrange(rule, home, known, options.missing))
  const parts = all.filter(({ changes, part }) => changes.length > 0 || (part.baseId === null && part.counts.same > 0))
  return { parts, unchanged: all.length - parts.length, unplaced: [...unplaced] }
}

/** What is replaced together: a month's accounts, a batch's list. */
function bucketOf(rule: KindRule, { date, data }: { date: string; data: unknown }): string {
  switch (rule.falls) {
    case 'month':
      return date.slice(0, 7)
    case 'year':
      return date.slice(0, 4)
    case 'batch':
      return (data as { batch?: string }).batch ?? ''
    case 'standing':
      return ''
  }
}

function placeOf(
  rule: KindRule,
  record: DraftRecord,
  all: readonly DraftRecord[],
  { publications, records }: Known,
  options: { period?: string; today: string },
): { item: string; period: string } | null {
  const fitting = publications.filter(({ kinds }) => kinds.some((kind) => rule.records.includes(kind)))
  const bucket = bucketOf(rule, record)
  if (rule.falls === 'standing') {
    const holders = new Set(records.map(({ publicationId }) => publicationId))
    const holder =
      fitting.filter(({ _id }) => holders.has(_id)).sort((a, b) => b.publishedAt.localeCompare(a.publishedAt))[0] ??
      fitting.find(({ state }) => state === 'draft' || state === 'checked')
    return { item: holder?.item ?? rule.item, period: options.period ?? holder?.period ?? options.today.slice(0, 4) }
  }
  if (rule.falls === 'batch') {
    const named = fitting.find(({ period, note }) => period === bucket || note.includes(bucket))
    if (named) return named
    const batch = all.find(({ kind, recordId }) => kind === 'batch' && recordId === bucket)
    return batch ? { item: submissionReplies.batchItem((batch.data as { name: string }).name), period: bucket } : null
  }
  const covering = fitting
    .filter(({ from, to }) => from !== '' && from <= record.date && record.date <= to)
    .sort((a, b) => Date.parse(a.to) - Date.parse(a.from) - (Date.parse(b.to) - Date.parse(b.from)))
  return covering[0] ?? { item: rule.item, period: bucket }
}

function arrange(rule: KindRule, home: Home, known: Known, missing: 'keep' | 'remove'): ArrangedPart {
  const newest = known.publications.find(({ item, period }) => item === home.item && period === home.period)
  const base = newest?.state === 'published' ? newest : null
  const takesOver = rule.falls === 'standing'
  const published = known.records.filter(({ publicationId }) => takesOver || publicationId === base?._id)
  const buckets = new Set(home.records.map((record) => bucketOf(rule, record)))
  const given = new Set(home.records.map(idOf))
  const stays = (record: StoredRecord): boolean =>
    !given.has(idOf(record)) &&
    (missing === 'keep' || !rule.records.includes(record.kind) || !buckets.has(bucketOf(rule, record)))
  const kept = published
    .filter(stays)
    .map(({ kind, recordId, date, keys, text, data }) => ({ kind, recordId, date, keys, text, data }))
  const records = [...kept, ...home.records]
  const changes = compareRecords(published, records)
  const count = (how: Change['how']): number => changes.filter((change) => change.how === how).length
  const counts = { added: count('added'), changed: count('changed'), removed: count('removed') }
  const { from, to } = newest ?? periodBounds(home.period)
  const kinds = new Set([...(newest?.kinds ?? kindsOf(home.item)), ...records.map(({ kind }) => kind)])
  return {
    part: {
      class: newest?.class ?? rule.class,
      item: home.item,
      period: home.period,
      from,
      to,
      kinds: [...kinds],
      dueAt: newest?.dueAt ?? '',
      way: newest?.way ?? '',
      version: base ? base.version + 1 : (newest?.version ?? 1),
      baseId: base?._id ?? null,
      draftId: newest && !base ? newest._id : null,
      takesOver,
      hash: hashRecords(records),
      counts: { ...counts, same: records.length - counts.added - counts.changed },
    },
    records,
    changes,
  }
}

const idOf = ({ kind, recordId }: { kind: string; recordId: string }): string => `${kind}#${recordId}`
