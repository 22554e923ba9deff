/** Published data changes a few times a month and is asked for all day: what was read is kept until the village's stamp moves. */
import { LRUCache } from 'lru-cache'
import type { Store } from './store.ts'

/** What another process has published shows after this long. */
const FRESH_MS = 2_000
/** Records held over all villages; the least used go first. */
const MAX_RECORDS = 100_000
const MAX_VILLAGES = 5_000

type Read = (villageId: string, ...rest: never[]) => Promise<unknown>

const CACHED = ['publications', 'versions', 'history', 'overdue', 'list', 'byIds', 'count', 'sumLedger'] as const

export interface CachedStore extends Store {
  /** Forgets everything; called after an import in this process. */
  clear(): void
}

/** Callers must not change what they are given: it is shared. */
export function cacheStore(store: Store): CachedStore {
  const results = new LRUCache<string, Promise<unknown>>({ max: 10_000 })
  const sized = new LRUCache<string, object>({
    maxSize: MAX_RECORDS,
    sizeCalculation: (value) => 1 + (Array.isArray(value) ? value.length : 0),
    dispose: (_value, key) => results.delete(key),
  })
  const stamps = new LRUCache<string, { stamp: number; checkedAt: number }>({ max: MAX_VILLAGES })

  const stampOf = async (villageId: string): Promise<number> => {
    const known = stamps.get(villageId)
    if (known && Date.now() - known.checkedAt < FRESH_MS) return known.stamp
    // The others go on with the stamp that is known while one looks.
    if (known) known.checkedAt = Date.now()
    const stamp = await store.stamp(villageId)
    stamps.set(villageId, { stamp, checkedAt: Date.now() })
    return stamp
  }

  const cached = (name: (typeof CACHED)[number]): Read => {
    const read = store[name] as unknown as Read
    return async (villageId, ...rest) => {
      const key = `${villageId}#${await stampOf(villageId)}#${name}#${keyOf(rest)}`
      const known = results.get(key)
      if (known) {
        sized.get(key)
        return known
      }
      const loading = read(villageId, ...rest)
      results.set(key, loading)
      loading.then(
        (value) => sized.set(key, typeof value === 'object' && value !== null ? value : { value }),
        () => results.delete(key),
      )
      return loading
    }
  }
  return {
    ...store,
    ...(Object.fromEntries(CACHED.map((name) => [name, cached(name)])) as unknown as Pick<
      Store,
      (typeof CACHED)[number]
    >),
    clear() {
      results.clear()
      sized.clear()
      stamps.clear()
    },
  }
}

/** Patterns have no JSON of their own. */
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof RegExp ? String(part) : part))
