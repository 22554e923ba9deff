/** What has a name in a village: projects, contracts, people, … Held per village for as long as it is used, so memory follows use. */
import { LRUCache } from 'lru-cache'
import type { RecordKind, StoredPublication, StoredRecord } from './records.ts'
import type { Store } from './store.ts'

/** Everything but the ledger and posted lists, which are queried where they lie. */
export const VILLAGE_KINDS = [
  'project',
  'contract',
  'asset',
  'resource',
  'subsidy',
  'batch',
  'resolution',
  'roster',
  'party',
  'conference',
  'debt',
] as const satisfies RecordKind[]
export const TOWNSHIP_KINDS = ['power', 'negative', 'responsibility', 'document'] as const satisfies RecordKind[]

export interface Catalogue {
  villageId: string
  records: StoredRecord[]
  publications: Map<string, StoredPublication>
  /** Ledger categories of the published lines. */
  categories: string[]
  of<K extends RecordKind>(kind: K): StoredRecord<K>[]
}

export interface Catalogues {
  village(villageId: string): Promise<Catalogue>
  township(): Promise<Catalogue>
  /** Forgets what is held; called after an import in this process. */
  clear(): void
}

const VILLAGES_HELD = 300
/** What another process has published shows after this long. */
const FRESH_MS = 5_000

export function createCatalogues(store: Store, townshipId: () => Promise<string>): Catalogues {
  const held = new LRUCache<string, Promise<Catalogue>>({ max: VILLAGES_HELD, ttl: FRESH_MS })
  const get = async (id: string, kinds: readonly RecordKind[], withLedger: boolean): Promise<Catalogue> => {
    const known = held.get(id)
    if (known) return known
    const loading = load(store, id, kinds, withLedger)
    held.set(id, loading)
    loading.catch(() => held.delete(id))
    return loading
  }
  return {
    village: async (villageId) => get(villageId, VILLAGE_KINDS, true),
    township: async () => get(await townshipId(), TOWNSHIP_KINDS, false),
    clear: () => held.clear(),
  }
}

async function load(
  store: Store,
  villageId: string,
  kinds: readonly RecordKind[],
  withLedger: boolean,
): Promise<Catalogue> {
  const [records, publications, groups] = await Promise.all([
    store.standing(villageId, kinds),
    store.publications(villageId),
    withLedger ? store.sumLedger(villageId, {}, 'category') : [],
  ])
  const byKind = new Map<RecordKind, StoredRecord[]>()
  for (const record of records) byKind.set(record.kind, [...(byKind.get(record.kind) ?? []), record])
  return {
    villageId,
    records,
    publications: new Map(publications.map((publication) => [publication._id, publication])),
    categories: groups.map(({ key }) => key),
    of: <K extends RecordKind>(kind: K) => (byKind.get(kind) ?? []) as unknown as StoredRecord<K>[],
  }
}
