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

/** Over all villages; the least used go first. */
const RECORDS_HELD = 100_000
/** What another process has published shows after this long. */
const FRESH_MS = 2_000

interface Held {
  catalogue: Promise<Catalogue>
  stamp: number
  checkedAt: number
}

export function createCatalogues(store: Store, townshipId: () => Promise<string>): Catalogues {
  const held = new LRUCache<string, Held>({ maxSize: RECORDS_HELD })
  const get = async (id: string, kinds: readonly RecordKind[], withLedger: boolean): Promise<Catalogue> => {
    const known = held.get(id)
    if (known && Date.now() - known.checkedAt < FRESH_MS) return known.catalogue
    if (known) {
      // One asks for all; the others go on with what is held meanwhile.
      known.checkedAt = Date.now()
      if ((await store.stamp(id)) === known.stamp) return known.catalogue
    }
    // The stamp is read first: a change in between is then seen at the next look.
    const stamp = await store.stamp(id)
    const catalogue = load(store, id, kinds, withLedger)
    const entry = { catalogue, stamp, checkedAt: Date.now() }
    held.set(id, entry, { size: 1 })
    catalogue.then(
      // What it weighs is known when it is read.
      ({ records }) => {
        if (held.peek(id) === entry) held.set(id, entry, { size: Math.min(1 + records.length, RECORDS_HELD) })
      },
      () => held.delete(id),
    )
    return catalogue
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
