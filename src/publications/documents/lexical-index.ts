/** Passages by words: BM25 over characters and nodejieba's words. What a question costs stays bounded however many passages there are. */
import { createRequire } from 'node:module'
import { plainText } from '../search-keys.ts'

/** nodejieba is a native CommonJS module. */
const { cutForSearch } = createRequire(import.meta.url)('nodejieba') as { cutForSearch(text: string): string[] }

export interface LexicalHit {
  /** Number of the passage. */
  at: number
  /** BM25. */
  score: number
  /** How much of the question's weight the passage holds, 0 to about 1. */
  coverage: number
}

export interface LexicalIndex {
  size: number
  /** Best first. */
  search(query: string, limit: number): LexicalHit[]
}

/** Texts of one passage, and how often each counts. */
export type Fields = readonly (readonly [text: string, weight: number])[]

export interface LexicalOptions {
  terms?(text: string): string[]
  wholeQuestion?: boolean
}

const K1 = 1.2
const B = 0.75
/** BM25 of a term that stands in a passage about as often as it may be expected to, over its highest. */
const USUAL = 0.6
/** Entries of the rarest words that are read in full; words after them only order what those have found. */
const FULL_READS = 20_000
const CANDIDATES = 300

/** Words of asking: they stand in many questions and in few policies, so they would weigh most and mean nothing. */
const ASKING =
  /(多少钱|多少|怎么样|怎么|怎样|咋|为啥|啥时候|什么时候|啥|什么|在哪里|在哪|去哪里|去哪|上哪|哪里|哪儿|哪个|能不能|可不可以|可以|是不是|有没有|要不要|请问|想问|一下|我们|俺们|俺|我|咱|村里|咋办|吗|呢|吧|啊|呀)/g

/** Single Chinese characters, words of two or more, and numbers whole. */
export function lexicalTerms(text: string): string[] {
  const plain = plainText(text)
  return [
    ...(plain.match(/\p{Script=Han}|[\p{N}a-z]+/gu) ?? []),
    ...cutForSearch(plain).filter((word) => [...word].length > 1),
  ]
}

interface Postings {
  /** Ascending. */
  passages: Uint32Array
  weights: Float32Array
}

/** @param options terms: other terms than ours; wholeQuestion: words of asking count too */
export function buildLexicalIndex(
  passages: readonly Fields[],
  { terms = lexicalTerms, wholeQuestion = false }: LexicalOptions = {},
): LexicalIndex {
  const { postings, lengths } = collect(passages, terms)
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(passages.length, 1)
  const norms = lengths.map((length) => K1 * (1 - B + (B * length) / (average || 1)))
  const scores = new Float32Array(passages.length)
  const idf = (found: number): number => Math.log(1 + (passages.length - found + 0.5) / (found + 0.5))
  const gain = (weight: number, at: number): number => (weight * (K1 + 1)) / (weight + norms[at]!)

  return {
    size: passages.length,
    search(query, limit) {
      const subject = wholeQuestion ? query : query.replaceAll(ASKING, ' ')
      const wanted = [...new Set(terms(subject.trim() === '' ? query : subject))].map((term) => {
        const list = postings.get(term)
        return { list, weight: idf(list?.passages.length ?? 0) }
      })
      const whole = wanted.reduce((sum, { weight }) => sum + weight * (K1 + 1) * USUAL, 0)
      const known = wanted
        .flatMap(({ list, weight }) => (list ? [{ list, weight }] : []))
        .sort((a, b) => a.list.passages.length - b.list.passages.length)
      let touched: number[] = []
      let read = 0
      let cut = false
      for (const { list, weight } of known) {
        if (!cut && touched.length > 0 && read + list.passages.length > FULL_READS) {
          cut = true
          const kept = touched.sort((a, b) => scores[b]! - scores[a]!).slice(0, CANDIDATES)
          for (const at of touched.slice(CANDIDATES)) scores[at] = 0
          touched = kept
        }
        if (cut) {
          for (const at of touched) {
            const found = placeOf(list.passages, at)
            if (found >= 0) scores[at]! += weight * gain(list.weights[found]!, at)
          }
          continue
        }
        const length = Math.min(list.passages.length, FULL_READS)
        read += length
        for (let index = 0; index < length; index++) {
          const at = list.passages[index]!
          if (scores[at] === 0) touched.push(at)
          scores[at]! += weight * gain(list.weights[index]!, at)
        }
      }
      const hits = touched.map((at) => ({ at, score: scores[at]!, coverage: whole > 0 ? scores[at]! / whole : 0 }))
      for (const at of touched) scores[at] = 0
      return hits.sort((a, b) => b.score - a.score || a.at - b.at).slice(0, limit)
    },
  }
}

function collect(
  passages: readonly Fields[],
  terms: (text: string) => string[],
): { postings: Map<string, Postings>; lengths: number[] } {
  const growing = new Map<string, { passages: number[]; weights: number[] }>()
  const lengths = passages.map((fields, at) => {
    const counts = new Map<string, number>()
    let length = 0
    for (const [text, weight] of fields) {
      for (const term of terms(text)) {
        counts.set(term, (counts.get(term) ?? 0) + weight)
        length += weight
      }
    }
    for (const [term, count] of counts) {
      let list = growing.get(term)
      if (!list) growing.set(term, (list = { passages: [], weights: [] }))
      list.passages.push(at)
      list.weights.push(count)
    }
    return length
  })
  const postings = new Map<string, Postings>()
  for (const [term, list] of growing)
    postings.set(term, { passages: Uint32Array.from(list.passages), weights: Float32Array.from(list.weights) })
  return { postings, lengths }
}

/** Where a number stands in an ascending list, or -1. */
function placeOf(list: Uint32Array, wanted: number): number {
  let low = 0
  let high = list.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = list[middle]!
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
