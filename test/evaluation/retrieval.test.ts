/** Floors for search, on questions in villagers' own words. They only rise. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { rankRetrieval } from '../../scripts/evaluate/retrieval/rank-retrieval.ts'
import type { RetrievalResult } from '../../scripts/evaluate/retrieval/rank-retrieval.ts'
import { readRetrievalSet } from '../../scripts/evaluate/retrieval/read-retrieval.ts'
import { withModel } from '../../scripts/support/with-model.ts'

const SET = new URL('retrieval.tsv', import.meta.url).pathname

describe('search on test/evaluation/retrieval.tsv', () => {
  let result: RetrievalResult
  let without = ''
  beforeAll(async () => {
    // The local model only: tests reach no other host.
    vi.stubEnv('EMBEDDINGS_URL', '')
    const set = await readRetrievalSet(SET)
    await withModel({ download: false }, async (embeddings, from) => {
      if (!embeddings) without = from
      result = await rankRetrieval(set, embeddings)
    })
  }, 180_000)

  it('is measured on at least a hundred questions', () => {
    expect(result.n).toBeGreaterThanOrEqual(100)
  })

  it('finds by our words alone more than BM25 over jieba words does', () => {
    expect(result.lexical.top1).toBeGreaterThanOrEqual(0.27)
    expect(result.lexical.top3).toBeGreaterThanOrEqual(0.44)
    expect(result.lexical.top1).toBeGreaterThan(result.bm25.top1)
  })

  it('finds by words and meaning at least ten in a hundred more than by words alone, whichever words', ({ skip }) => {
    if (without) skip(`words alone were measured: ${without}`)
    expect(result.hybrid.top1).toBeGreaterThanOrEqual(0.43)
    expect(result.hybrid.top3).toBeGreaterThanOrEqual(0.65)
    expect(result.hybrid.top1 - result.bm25.top1).toBeGreaterThanOrEqual(0.1)
    expect(result.hybrid.top1 - result.lexical.top1).toBeGreaterThanOrEqual(0.1)
  })
})
