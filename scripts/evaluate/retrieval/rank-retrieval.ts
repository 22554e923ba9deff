/** Ranks the passages for every question of a set: by words as any search would, by our words, and by words and meaning. */
import { createRequire } from 'node:module'
import type { Embeddings } from '../../../src/infrastructure/embeddings.ts'
import { buildHybridIndex } from '../../../src/publications/documents/hybrid-index.ts'
import type { Hit } from '../../../src/publications/documents/hybrid-index.ts'
import { buildLexicalIndex } from '../../../src/publications/documents/lexical-index.ts'
import type { RetrievalSet } from './read-retrieval.ts'

const { cut } = createRequire(import.meta.url)('nodejieba') as { cut(text: string): string[] }

/** Shares of questions whose right passage is first, or among the first three; mean of one over its rank. */
export interface Figures {
  top1: number
  top3: number
  mrr: number
}

export interface Ranking {
  text: string
  right: string[]
  /** Rank of the first right passage by each way, from 1; 0 when it is not found. */
  ranks: { bm25: number; lexical: number; hybrid: number }
  /** The passage that is put first, and how sure that is, 0 to 1. */
  got: string
  confidence: number
}

export interface RetrievalResult {
  n: number
  passages: number
  /** BM25 over nodejieba's words, as a search engine does it. */
  bm25: Figures
  /** Our search by words, which serves when there is no model. */
  lexical: Figures
  /** What answers use: by words where they are sure, else with meaning. The same as `lexical` without a model. */
  hybrid: Figures
  /** Questions that the model was asked for. */
  asked: number
  rankings: Ranking[]
}

/** @throws Error when the model is there and gives no vectors */
export async function rankRetrieval(
  { passages, questions }: RetrievalSet,
  embeddings: Embeddings | null,
): Promise<RetrievalResult> {
  const texts = passages.map(({ text }) => ({ text, fields: [[text, 1]] as const }))
  const index = buildHybridIndex(texts, embeddings)
  const plain = buildLexicalIndex(
    texts.map(({ fields }) => fields),
    { terms: (text) => cut(text).filter((word) => /[\p{L}\p{N}]/u.test(word)), wholeQuestion: true },
  )
  if (embeddings && !(await index.prepare())) throw new Error('the model gave no vectors for the passages')
  const rankings: Ranking[] = []
  let asked = 0
  for (const { text, right } of questions) {
    const rankOf = (hits: readonly { at: number }[]): number =>
      hits.findIndex(({ at }) => right.includes(passages[at]!.id)) + 1
    const words = index.byWords(text, passages.length)
    const hits = await index.search(text, passages.length)
    if (embeddings && hits.some(({ nearness }) => nearness !== null)) asked++
    rankings.push({
      text,
      right,
      ranks: { bm25: rankOf(plain.search(text, passages.length)), lexical: rankOf(words), hybrid: rankOf(hits) },
      got: hits[0] ? passages[hits[0].at]!.id : 'none',
      confidence: confidenceOf(hits),
    })
  }
  const figures = (way: keyof Ranking['ranks']): Figures => {
    const ranks = rankings.map((ranking) => ranking.ranks[way])
    const share = (most: number): number =>
      round(ranks.filter((rank) => rank > 0 && rank <= most).length / Math.max(1, ranks.length))
    const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / Math.max(1, ranks.length)
    return { top1: share(1), top3: share(3), mrr: round(mrr) }
  }
  return {
    n: questions.length,
    passages: passages.length,
    bm25: figures('bm25'),
    lexical: figures('lexical'),
    hybrid: figures('hybrid'),
    asked,
    rankings,
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** Fitted on the other names of the sample policies and on questions of intents/ask.policy.yaml, not on an evaluation set. */
function confidenceOf([first, second]: readonly Hit[]): number {
  if (!first) return 0
  const lead = first.score - (second?.score ?? 0)
  return first.nearness === null
    ? sigmoid(-3.3 + 4.2 * first.coverage + (4.5 * lead) / first.score)
    : sigmoid(-4.5 + 2.8 * Math.log1p(lead) + 0.4 * Math.min(first.score, 12))
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
