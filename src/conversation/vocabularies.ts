/** Each village's own names, gathered from the capabilities that know them, and kept for a moment: understanding indexes one object once. */
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Capability } from './capability.ts'
import type { Vocabulary, VocabularyEntry } from './understand/index.ts'

/** What has been published since shows after this long. */
const FRESH_MS = 15_000
const VILLAGES_HELD = 1_000

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

  const named = async (villageId: string | null): Promise<VocabularyEntry[]> =>
    (await Promise.all(capabilities.map(async ({ vocabulary }) => vocabulary?.(villageId) ?? []))).flat()

  const load = async (villageId: string | null): Promise<Vocabulary> => {
    const key = villageId ?? ''
    const known = held.get(key)
    // The villages' own names and the township's are the same everywhere: held once.
    const common = villageId === null ? undefined : await vocabularyOf(null)
    const shared = new Set(common?.entries.map(nameOf))
    const entries = common
      ? (await named(villageId)).filter((entry) => !shared.has(nameOf(entry)))
      : [
          ...(await villages()).map(({ id, name, aliases }) => ({ kind: 'village' as const, id, name, aliases })),
          ...(await named(null)),
        ]
    const fingerprint = createHash('sha256').update(JSON.stringify(entries)).digest('base64')
    // Unchanged names keep their object, and with it their index.
    const unchanged = known?.fingerprint === fingerprint && known.vocabulary.common === common
    const vocabulary = unchanged ? known.vocabulary : { villageId, entries, ...(common && { common }) }
    held.set(key, { vocabulary, fingerprint, at: Date.now() })
    return vocabulary
  }

  const vocabularyOf: Vocabularies = async (villageId) => {
    const known = held.get(villageId ?? '')
    if (!known) return load(villageId)
    if (Date.now() - known.at > FRESH_MS && !known.loading) {
      // Answered from what is held while the new names load.
      known.loading = load(villageId).catch(() => known.vocabulary)
    }
    return known.vocabulary
  }
  return vocabularyOf
}

const nameOf = ({ kind, id, name }: VocabularyEntry): string => `${kind}|${id}|${name}`
