/**
 * Finding cases by their words though the words are sealed. A case keeps keyed hashes of the pairs of neighbouring
 * characters in it; a search hashes its own pairs and opens only what has them all. The hashes are short (20 bits), so
 * that many pairs share one: what is found is opened and looked at before it counts. Sealed kinds hash with a purpose
 * of their own: what is known of open cases tells nothing about them.
 */
import { LRUCache } from 'lru-cache'
import type { Collection } from 'mongodb'
import type { Vault } from '../infrastructure/crypto.ts'
import { WORDS_INDEX } from './model.ts'
import type { CaseContent, StoredCase } from './model.ts'
import { PROCEDURES } from './procedures/index.ts'
import type { CaseKind } from './schema.ts'

const BITS = 20
/** More pairs than these make a search no narrower. */
const PAIRS_USED = 12
/** Pairs that stand in more cases than this are all alike to the search. */
const COUNTED = 400
const COUNT_FRESH_MS = 60_000

/** Without width, case, spaces and punctuation: as people type it in a search. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

function pairs(plain: string): string[] {
  const characters = Array.from(plain)
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))]
}

const purposeOf = (kind: CaseKind): string => (PROCEDURES[kind].disciplineOnly ? 'case-words-sealed' : 'case-words')

const hashed = (vault: Vault, purpose: string, pair: string): number =>
  Buffer.from(vault.fingerprint(purpose, pair), 'base64url').readUInt32BE(0) >>> (32 - BITS)

/** What is stored with the case. */
export function hashWords(vault: Vault, kind: CaseKind, texts: readonly string[]): number[] {
  const purpose = purposeOf(kind)
  return [...new Set(texts.flatMap((text) => pairs(plainText(text))).map((pair) => hashed(vault, purpose, pair)))]
}

export const wordsOfContent = ({ text, facts, questioned }: CaseContent): string[] => [
  text,
  ...facts.map(({ value }) => value),
  ...(questioned ? [questioned.question] : []),
]

export interface WordSearch {
  /** Plain words, all of which must stand in one text. */
  words: readonly string[]
  /** One list of hashes for each purpose that the actor's kinds have. */
  hashes: readonly (readonly number[])[]
}

/** @returns null when there is no word of two characters or more */
export function readSearch(vault: Vault, query: string, kinds: readonly CaseKind[]): WordSearch | null {
  const words = query
    .split(/\s+/)
    .map(plainText)
    .filter((word) => Array.from(word).length > 1)
  const sought = [...new Set(words.flatMap(pairs))].slice(0, PAIRS_USED)
  if (sought.length === 0) return null
  const purposes = [...new Set(kinds.map(purposeOf))]
  return { words, hashes: purposes.map((purpose) => sought.map((pair) => hashed(vault, purpose, pair))) }
}

export const holdsWords = ({ words }: WordSearch, texts: readonly string[]): boolean => {
  const plain = texts.map(plainText)
  return words.every((word) => plain.some((text) => text.includes(word)))
}

/** Puts the rarest hash first: the index is read along it, the others are compared. */
export function createRarity(
  cases: Collection<StoredCase>,
): (hashes: readonly number[]) => Promise<{ rarest: number; rest: number[] }> {
  const counts = new LRUCache<number, number>({ max: 20_000, ttl: COUNT_FRESH_MS })
  const countOf = async (hash: number): Promise<number> => {
    const known = counts.get(hash)
    if (known !== undefined) return known
    const count = await cases.countDocuments({ words: hash }, { limit: COUNTED, hint: WORDS_INDEX })
    counts.set(hash, count)
    return count
  }
  return async (hashes) => {
    const counted = await Promise.all(hashes.map(async (hash) => ({ hash, count: await countOf(hash) })))
    const [first, ...others] = counted.toSorted((a, b) => a.count - b.count)
    return { rarest: first!.hash, rest: others.map(({ hash }) => hash) }
  }
}
