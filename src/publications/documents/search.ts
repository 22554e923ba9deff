/** The passages of policies and procedures that fit a question best, by words and by meaning. */
import { createRequire } from 'node:module'
import { LRUCache } from 'lru-cache'
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import type { Catalogue } from '../catalogue.ts'
import type { PolicyDocument, StoredRecord } from '../records.ts'
import { plainText } from '../search-keys.ts'
import { buildHybridIndex } from './hybrid-index.ts'
import type { HybridIndex } from './hybrid-index.ts'

/** nodejieba is a native CommonJS module. */
const { cutForSearch } = createRequire(import.meta.url)('nodejieba') as { cutForSearch(text: string): string[] }

interface Section {
  heading: string
  text: string
}

export interface Passage {
  record: StoredRecord<'document'>
  section: Section
  /** Words and meaning together, or words alone: only for order, and for how much nearer one is than another. */
  score: number
  /** How much of the question's words it holds: about 1 for all of them, more when they stand in its title. */
  coverage: number
  /** False when words alone decided. */
  byMeaning: boolean
}

export interface DocumentSearch {
  /** Best first. */
  search(catalogue: Catalogue, query: string, limit: number): Promise<Passage[]>
  /** Gets ready for the first question, which then need not do without meaning. */
  prepare(catalogue: Catalogue): Promise<boolean>
}

interface Held {
  places: { record: StoredRecord<'document'>; section: Section }[]
  index: HybridIndex
}

/** Words of the title and its other names count as if they stood in the text this often. */
const TITLE_WEIGHT = 4
const HEADING_WEIGHT = 2
const CATALOGUES_HELD = 50

export function createDocumentSearch(embeddings: Embeddings | null): DocumentSearch {
  const held = new LRUCache<Catalogue, Held>({ max: CATALOGUES_HELD })
  const indexOf = (catalogue: Catalogue): Held => {
    let index = held.get(catalogue)
    if (!index) held.set(catalogue, (index = buildIndex(catalogue.of('document'), embeddings)))
    return index
  }
  return {
    async search(catalogue, query, limit) {
      const { places, index } = indexOf(catalogue)
      const hits = await index.search(query, limit)
      return hits.map(({ at, score, coverage, nearness }) => ({
        ...places[at]!,
        score,
        coverage,
        byMeaning: nearness !== null,
      }))
    },
    prepare: async (catalogue) => indexOf(catalogue).index.prepare(),
  }
}

/** Characters in pairs, and words of three characters or more. */
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
export function bestSection(document: PolicyDocument, query: string): Section | undefined {
  const asked = [...new Set(termsOf(query))]
  const count = (text: string): number => {
    const own = new Set(termsOf(text))
    return asked.filter((term) => own.has(term)).length
  }
  let best: { section: Section; score: number } | undefined
  for (const section of document.sections) {
    const score = count(section.heading) * 3 + count(section.text)
    if (!best || score > best.score) best = { section, score }
  }
  return best?.section
}

function buildIndex(records: readonly StoredRecord<'document'>[], embeddings: Embeddings | null): Held {
  const places = records.flatMap((record) => {
    const { sections, title } = record.data
    return (sections.length > 0 ? sections : [{ heading: '', text: title }]).map((section) => ({ record, section }))
  })
  const passages = places.map(({ record, record: { data }, section }) => ({
    fields: [
      [[data.title, ...data.aliases, ...data.keywords].join(' '), TITLE_WEIGHT],
      [section.heading, HEADING_WEIGHT],
      [section.text, 1],
    ] as const,
    text: `${data.title} ${section.heading} ${section.text}`,
    of: record.recordId,
  }))
  return { places, index: buildHybridIndex(passages, embeddings) }
}
