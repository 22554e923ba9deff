/** Each village's own names, gathered from the capabilities that know them, and kept for a moment: understanding indexes one object once. */
import { LRUCache } from 'lru-cache'
import type { Capability } from './capability.ts'
import type { Vocabulary, VocabularyEntry } from './understand/index.ts'

/** What has been published since shows after this long. */
const FRESH_MS = 15_000
const VILLAGES_HELD = 200

export type Vocabularies = (villageId: string | null) => Promise<Vocabulary>

/** @param villages names of the villages themselves, known everywhere */
export function createVocabularies(
  capabilities: readonly Capability[],
  villages: () => Promise<{ id: string; name: string; aliases: string[] }[]>,
): Vocabularies {
  const held = new LRUCache<
    string,
    { vocabulary: Vocabulary; fingerprint: string; at: number; loading?: Promise<Vocabulary> }
  >({ max: VILLAGES_HELD })

  const load = async (villageId: string | null): Promise<Vocabulary> => {
    const key = villageId ?? ''
    const known = held.get(key)
    const parts = await Promise.all(capabilities.map(async ({ vocabulary }) => vocabulary?.(villageId) ?? []))
    const entries: VocabularyEntry[] = [
      ...(await villages()).map(({ id, name, aliases }) => ({ kind: 'village' as const, id, name, aliases })),
      ...parts.flat(),
    ]
    const fingerprint = JSON.stringify(entries)
    // Unchanged names keep their object, and with it their index.
    const vocabulary = known?.fingerprint === fingerprint ? known.vocabulary : { villageId, entries }
    held.set(key, { vocabulary, fingerprint, at: Date.now() })
    return vocabulary
  }

  return async (villageId) => {
    const known = held.get(villageId ?? '')
    if (!known) return load(villageId)
    if (Date.now() - known.at > FRESH_MS && !known.loading) {
      // Answered from what is held while the new names load.
      known.loading = load(villageId).catch(() => known.vocabulary)
    }
    return known.vocabulary
  }
}
