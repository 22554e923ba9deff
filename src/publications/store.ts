/** Every read of published data goes through here, and reads `published` only: a draft cannot be reached by an answer or a page. */
import type { Services } from '../infrastructure/services.ts'
import { publicationModels, stampCollection } from './model.ts'
import type { History } from './obligations/list-obligations.ts'
import type { RecordKind, StoredPublication, StoredRecord } from './records.ts'
import { holdsAll, holdsOneOf } from './search-keys.ts'

export interface RecordQuery {
  /** Dates, both included. */
  from?: string
  to?: string
  /** At least one of these words (two characters or longer) stands in the record's text. */
  words?: readonly string[]
  /** All of these words stand in it. */
  all?: readonly string[]
  /** None of these does. */
  without?: readonly string[]
  /** A facet, or several of which one must hold: category:公益支出/环境卫生. */
  facet?: string | readonly string[]
  /** Further conditions on the data, e.g. { 'data.expense': { $gt: 0 } }. */
  where?: Record<string, unknown>
}

export interface Store {
  publications(villageId: string, kind?: RecordKind): Promise<StoredPublication[]>
  /** Published and superseded versions of one thing, newest first. */
  versions(villageId: string, item: string, period: string): Promise<StoredPublication[]>
  publication(id: string): Promise<StoredPublication | null>
  /** Records of a published version, or of one that was, in the order of their dates. */
  ofPublication(id: string, limit: number): Promise<StoredRecord[]>
  /** Everything ever published or announced, all versions: titles and dates only. */
  history(villageId: string): Promise<History[]>
  /** What was due and is not published; titles and dates only, never content. */
  overdue(
    villageId: string,
    kind?: RecordKind,
  ): Promise<{ item: string; period: string; dueAt: string; kinds: RecordKind[] }[]>
  list<K extends RecordKind>(
    villageId: string,
    kind: K,
    query?: RecordQuery,
    options?: { sort?: Record<string, 1 | -1>; limit?: number; skip?: number },
  ): Promise<StoredRecord<K>[]>
  byIds<K extends RecordKind>(villageId: string, kind: K, recordIds: readonly string[]): Promise<StoredRecord<K>[]>
  /** Records as they stood in these publications, a version that was replaced since included; never a draft. */
  asPublished(publicationIds: readonly string[], recordIds: readonly string[]): Promise<StoredRecord[]>
  count(villageId: string, kind: RecordKind, query?: RecordQuery): Promise<number>
  /** Sums of ledger lines, grouped. */
  sumLedger(
    villageId: string,
    query: RecordQuery,
    by: 'all' | 'month' | 'category',
  ): Promise<{ key: string; income: number; expense: number; lines: number }[]>
  /** All records of these kinds, for the catalogue of names. */
  standing(villageId: string, kinds: readonly RecordKind[]): Promise<StoredRecord[]>
  /** Number of changes so far. */
  stamp(villageId: string): Promise<number>
}

const MAX_LIST = 500

/** The filter behind a query; exported so that a test can explain it. */
export function recordFilter(villageId: string, kind: RecordKind, query: RecordQuery = {}): Record<string, unknown> {
  const { words, all, without, facet, from, to, where } = query
  const held = words && words.length > 0 ? holdsOneOf(words) : all && all.length > 0 ? holdsAll(all) : null
  const text = {
    ...held?.text,
    ...(without && without.length > 0 && { $not: new RegExp(without.join('|')) }),
  }
  return {
    villageId,
    kind,
    state: 'published',
    ...((from !== undefined || to !== undefined) && {
      date: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) },
    }),
    ...(facet !== undefined
      ? { keys: typeof facet === 'string' ? facet : { $in: [...facet] } }
      : held && { keys: held.keys }),
    ...(Object.keys(text).length > 0 && { text }),
    ...where,
  }
}

export function createStore({ connection }: Pick<Services, 'connection'>): Store {
  const { publications, records } = publicationModels(connection)
  const stamps = stampCollection(connection)
  return {
    publications: async (villageId, kind) =>
      publications
        .find({ villageId, state: 'published', ...(kind && { kinds: kind }) })
        .sort({ from: -1, publishedAt: -1 })
        .lean(),
    versions: async (villageId, item, period) =>
      publications
        .find({ villageId, item, period, state: { $in: ['published', 'superseded'] } })
        .sort({ version: -1 })
        .lean(),
    publication: async (id) => publications.findOne({ _id: id, state: { $in: ['published', 'superseded'] } }).lean(),
    ofPublication: async (publicationId, limit) =>
      records
        .find({ publicationId, state: { $in: ['published', 'superseded'] } })
        .sort({ recordId: 1 })
        .limit(Number.isFinite(limit) ? limit : 0)
        .lean<StoredRecord[]>(),
    history: async (villageId) =>
      publications
        .find(
          { villageId, state: { $in: ['draft', 'checked', 'published', 'superseded'] } },
          { item: 1, class: 1, kinds: 1, period: 1, from: 1, to: 1, dueAt: 1, publishedAt: 1, state: 1 },
        )
        .lean<History[]>(),
    async overdue(villageId, kind) {
      const late = await publications
        .find({ villageId, state: 'draft', ...(kind && { kinds: kind }) }, { item: 1, period: 1, dueAt: 1, kinds: 1 })
        .sort({ from: 1 })
        .lean()
      return late
        .filter(({ dueAt }) => dueAt !== '')
        .map(({ item, period, dueAt, kinds }) => ({ item, period, dueAt, kinds }))
    },
    async list<K extends RecordKind>(
      villageId: string,
      kind: K,
      query: RecordQuery = {},
      options: { sort?: Record<string, 1 | -1>; limit?: number; skip?: number } = {},
    ) {
      const found = await records
        .find(recordFilter(villageId, kind, query))
        .sort(options.sort ?? { date: 1, recordId: 1 })
        .skip(options.skip ?? 0)
        .limit(options.limit ?? MAX_LIST)
        .lean()
      return found as unknown as StoredRecord<K>[]
    },
    async byIds<K extends RecordKind>(villageId: string, kind: K, recordIds: readonly string[]) {
      return (await records
        .find({ villageId, kind, state: 'published', recordId: { $in: [...recordIds] } })
        .lean()) as unknown as StoredRecord<K>[]
    },
    asPublished: async (publicationIds, recordIds) =>
      (await records
        .find({
          publicationId: { $in: [...publicationIds] },
          recordId: { $in: [...recordIds] },
          state: { $in: ['published', 'superseded'] },
        })
        .sort({ publicationId: 1, recordId: 1 })
        .lean()) as unknown as StoredRecord[],
    count: async (villageId, kind, query) => records.countDocuments(recordFilter(villageId, kind, query)),
    async sumLedger(villageId, query, by) {
      const key = by === 'all' ? null : by === 'month' ? { $substrBytes: ['$date', 0, 7] } : '$data.category'
      const groups = await records.aggregate<{ _id: string | null; income: number; expense: number; lines: number }>([
        { $match: recordFilter(villageId, 'ledger', query) },
        {
          $group: {
            _id: key,
            income: { $sum: '$data.income' },
            expense: { $sum: '$data.expense' },
            lines: { $sum: 1 },
          },
        },
        { $sort: { _id: 1 } },
      ])
      return groups.map(({ _id, ...sums }) => ({ key: _id ?? '', ...sums }))
    },
    standing: async (villageId, kinds) =>
      (await records
        .find({ villageId, kind: { $in: [...kinds] }, state: 'published' })
        .sort({ kind: 1, date: 1, recordId: 1 })
        .lean()) as unknown as StoredRecord[],
    stamp: async (villageId) => (await stamps.findOne({ _id: villageId }))?.changes ?? 0,
  }
}
