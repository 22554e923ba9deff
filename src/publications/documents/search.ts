/** Passages of policies and procedures by words: BM25 over characters in pairs and jieba words. Embeddings may be added beside it later. */
import { createRequire } from 'node:module'
import { LRUCache } from 'lru-cache'
import type { Catalogue } from '../catalogue.ts'
import type { PolicyDocument, StoredRecord } from '../records.ts'
import { plainText } from '../search-keys.ts'

/** nodejieba is a native CommonJS module. */
const { cutForSearch } = createRequire(import.meta.url)('nodejieba') as { cutForSearch(text: string): string[] }

export interface Passage {
  record: StoredRecord<'document'>
  section: { heading: string; text: string }
  score: number
}

/** What a semantic index would have to do to stand beside this one: the same passages, in its own order. */
export interface DocumentSearch {
  search(catalogue: Catalogue, query: string, limit: number): Passage[]
}

interface Indexed {
  passages: { record: StoredRecord<'document'>; section: { heading: string; text: string }; length: number }[]
  /** term → [passage, weight] */
  postings: Map<string, [number, number][]>
  averageLength: number
}

const K1 = 1.2
const B = 0.75
/** Words of the title and its other names count as if they stood in the text this often. */
const TITLE_WEIGHT = 4
const VILLAGES_HELD = 50

export function createDocumentSearch(): DocumentSearch {
  const indexes = new LRUCache<Catalogue, Indexed>({ max: VILLAGES_HELD })
  return {
    search(catalogue, query, limit) {
      let index = indexes.get(catalogue)
      if (!index) indexes.set(catalogue, (index = buildIndex(catalogue.of('document'))))
      return rank(index, query, limit)
    },
  }
}

/** Words of asking: they stand in many questions and in few policies, so they would weigh most and mean nothing. */
const ASKING =
  /(多少钱|多少|怎么样|怎么|怎样|咋|为啥|啥时候|什么时候|啥|什么|在哪里|在哪|去哪里|去哪|上哪|哪里|哪儿|哪个|能不能|可不可以|可以|是不是|有没有|要不要|请问|想问|一下|我们|俺们|俺|我|咱|村里|咋办|吗|呢|吧|啊|呀)/g

/** Characters in pairs, and words of two characters or more. */
export function termsOf(text: string): string[] {
  const plain = plainText(text)
  const pairs = plain.split(' ').flatMap((part) => {
    const characters = [...part]
    return characters.length === 1
      ? []
      : characters.slice(1).map((character, index) => `${characters[index]}${character}`)
  })
  const words = cutForSearch(plain).filter((word) => [...word].length > 2)
  return [...pairs, ...words]
}

/** The section of one document that fits the question best; here words of asking count (在哪交, 补助多少). The first when none stands out. */
export function bestSection(document: PolicyDocument, query: string): { heading: string; text: string } | undefined {
  const asked = [...new Set(termsOf(query))]
  const count = (text: string): number => {
    const own = new Set(termsOf(text))
    return asked.filter((term) => own.has(term)).length
  }
  let best: { section: { heading: string; text: string }; score: number } | undefined
  for (const section of document.sections) {
    const score = count(section.heading) * 3 + count(section.text)
    if (!best || score > best.score) best = { section, score }
  }
  return best?.section
}

function buildIndex(records: readonly StoredRecord<'document'>[]): Indexed {
  const passages: Indexed['passages'] = []
  const postings: Indexed['postings'] = new Map()
  for (const record of records) {
    const document: PolicyDocument = record.data
    const title = termsOf([document.title, ...document.aliases, ...document.keywords].join(' '))
    for (const section of document.sections.length > 0 ? document.sections : [{ heading: '', text: document.title }]) {
      const counts = new Map<string, number>()
      const add = (terms: readonly string[], weight: number): void =>
        terms.forEach((term) => counts.set(term, (counts.get(term) ?? 0) + weight))
      add(title, TITLE_WEIGHT)
      add(termsOf(section.heading), 2)
      add(termsOf(section.text), 1)
      const length = [...counts.values()].reduce((sum, count) => sum + count, 0)
      for (const [term, count] of counts) {
        const list = postings.get(term) ?? []
        list.push([passages.length, count])
        postings.set(term, list)
      }
      passages.push({ record, section, length })
    }
  }
  const averageLength = passages.reduce((sum, { length }) => sum + length, 0) / Math.max(passages.length, 1)
  return { passages, postings, averageLength }
}

function rank({ passages, postings, averageLength }: Indexed, query: string, limit: number): Passage[] {
  const scores = new Map<number, number>()
  for (const term of new Set(termsOf(query.replaceAll(ASKING, ' ')))) {
    const list = postings.get(term)
    if (!list) continue
    const idf = Math.log(1 + (passages.length - list.length + 0.5) / (list.length + 0.5))
    for (const [at, count] of list) {
      const length = passages[at]!.length
      const gain = (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / averageLength))
      scores.set(at, (scores.get(at) ?? 0) + gain)
    }
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([at, score]) => ({ record: passages[at]!.record, section: passages[at]!.section, score }))
}
