/** Passages by words and by meaning: the second is asked where the first is unsure, and helps as far as it is there. */
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import { buildLexicalIndex } from './lexical-index.ts'
import type { Fields, LexicalHit } from './lexical-index.ts'
import { typicalQuestions } from './typical-questions.ts'

export interface Passage {
  /** What is compared by words. */
  fields: Fields
  /** What is compared by meaning: title, heading and text in one. */
  text: string
  /** The document it is out of: which of a document's passages is meant is no reason to be unsure. */
  of?: string
}

export interface Hit {
  /** Number of the passage. */
  at: number
  /** Words and meaning together; orders the hits, and says nothing by itself. */
  score: number
  /** BM25; 0 when no word is shared. */
  lexical: number
  /** How much of the question's words the passage holds, 0 to about 1. */
  coverage: number
  /** Standard deviations above the mean nearness of all passages; null when meaning was not asked. */
  nearness: number | null
}

export interface HybridIndex {
  /** Best first. Never throws for the endpoint's sake. */
  search(query: string, limit: number): Promise<Hit[]>
  /** By words alone. */
  byWords(query: string, limit: number): Hit[]
  /** Resolves when the vectors of all passages are there; false when they are not to be had now. */
  prepare(): Promise<boolean>
}

/**
 * Words alone decide when the first holds this much of the question and leads the next document by this share. Measured on 131
 * policy examples of intents/ and the other names of the sample policies: of 103 so decided, 100 are the right document.
 */
const SURE = { coverage: 0.8, lead: 0.3 }
/** What a passage that holds the whole question gains, in standard deviations of nearness. From 2 to 10 it makes no odds. */
const WORDS_WEIGHT = 6
/** Below this many passages, how near they are on average says nothing. */
const FEWEST = 8

function isSure(hits: readonly LexicalHit[], passages: readonly Passage[]): boolean {
  const [first] = hits
  if (!first || first.coverage < SURE.coverage) return false
  const { of } = passages[first.at]!
  const second = hits.find((hit) => hit !== first && (of === undefined || passages[hit.at]!.of !== of))
  return !second || (first.score - second.score) / first.score >= SURE.lead
}

export function buildHybridIndex(passages: readonly Passage[], embeddings: Embeddings | null): HybridIndex {
  const lexical = buildLexicalIndex(passages.map(({ fields }) => fields))
  let vectors: Vectors | null = null
  let preparing: Promise<boolean> | null = null

  const prepare = async (): Promise<boolean> => {
    if (vectors) return true
    if (!embeddings || passages.length < FEWEST || !embeddings.available()) return false
    preparing ??= loadVectors(passages, embeddings)
      .then((loaded) => {
        vectors = loaded
        return loaded !== null
      })
      .finally(() => (preparing = null))
    return preparing
  }

  const byWords = (query: string, limit: number): Hit[] =>
    lexical
      .search(query, limit)
      .map(({ at, score, coverage }) => ({ at, score: coverage, lexical: score, coverage, nearness: null }))

  return {
    byWords,
    prepare,
    async search(query, limit) {
      const hits = lexical.search(query, passages.length)
      // Until the vectors are there, questions go without.
      if (!vectors) void prepare()
      if (!embeddings || !vectors || isSure(hits, passages)) return byWords(query, limit)
      const asked = await embeddings.query(query)
      if (!asked || asked.length !== vectors.mean.length) return byWords(query, limit)
      return fuse(hits, nearnessOf(asked, vectors), limit)
    },
  }
}

interface Vectors {
  /** Of the whole passage first, then of its sentences. */
  passages: Float32Array[][]
  /** Of typical questions. */
  mean: Float32Array
}

async function loadVectors(passages: readonly Passage[], embeddings: Embeddings): Promise<Vectors | null> {
  const texts = passages.map(({ text }) => [text, ...sentencesOf(text)])
  const [flat, questions] = [
    await embeddings.keep('passage', texts.flat()),
    await embeddings.keep('query', typicalQuestions),
  ]
  if (!flat || !questions) return null
  let next = 0
  return { passages: texts.map((parts) => parts.map(() => flat[next++]!)), mean: meanOf(questions) }
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]!.length)
  for (const vector of vectors) for (let index = 0; index < mean.length; index++) mean[index]! += vector[index]!
  return mean.map((value) => value / vectors.length)
}

/** Sentences of a text that has more than one; a long passage is near to a question when one of them is. */
function sentencesOf(text: string): string[] {
  const parts = text
    .split(/(?<=[。;?!\n])/)
    .map((part) => part.trim())
    .filter((part) => part.length > 3)
  return parts.length > 1 ? parts : []
}

/** Half the whole passage's, half its nearest sentence's; as standard deviations above the mean of all passages. */
function nearnessOf(asked: Float32Array, { passages, mean }: Vectors): Float64Array {
  const subject = asked.map((value, index) => value - mean[index]!)
  const near = Float64Array.from(passages, ([whole, ...sentences]) => {
    const of = dot(whole!, subject)
    return of + sentences.reduce((best, sentence) => Math.max(best, dot(sentence, subject)), of)
  })
  const average = near.reduce((sum, value) => sum + value, 0) / near.length
  const spread = Math.sqrt(near.reduce((sum, value) => sum + (value - average) ** 2, 0) / near.length) || 1
  return near.map((value) => (value - average) / spread)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

function fuse(hits: readonly LexicalHit[], nearness: Float64Array, limit: number): Hit[] {
  const words = new Map(hits.map((hit) => [hit.at, hit]))
  return Array.from(nearness, (near, at): Hit => {
    const hit = words.get(at)
    const coverage = hit?.coverage ?? 0
    return { at, score: near + WORDS_WEIGHT * coverage, lexical: hit?.score ?? 0, coverage, nearness: near }
  })
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, limit)
}
