/** Passages of one village by words and by meaning; held while its records stand. */
import { LRUCache } from 'lru-cache'
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import type { Catalogue } from '../catalogue.ts'
import { buildHybridIndex } from '../documents/hybrid-index.ts'
import type { Hit, HybridIndex } from '../documents/hybrid-index.ts'
import { passagesOf } from './passages-of.ts'
import type { VillagePassage } from './passages-of.ts'

export interface PassageSearch {
  /** Best first. */
  search(catalogue: Catalogue, query: string, limit: number): Promise<(VillagePassage & Hit)[]>
}

const VILLAGES_HELD = 200
const NAMES_WEIGHT = 2

export function createPassageSearch(embeddings: Embeddings | null): PassageSearch {
  const held = new LRUCache<Catalogue, { passages: VillagePassage[]; index: HybridIndex }>({ max: VILLAGES_HELD })
  return {
    async search(catalogue, query, limit) {
      let known = held.get(catalogue)
      if (!known) {
        const passages = passagesOf(catalogue)
        const index = buildHybridIndex(
          passages.map(({ names, text, title, record }) => ({
            fields: [
              [names, NAMES_WEIGHT],
              [text, 1],
            ],
            text: `${title} ${text}`,
            of: record.recordId,
          })),
          embeddings,
        )
        known = { passages, index }
        held.set(catalogue, known)
      }
      const { passages, index } = known
      return (await index.search(query, limit)).map((hit) => ({ ...passages[hit.at]!, ...hit }))
    },
  }
}
