/** Text → sparse features: characters (1–2), words, and what the words stand for. */
import nodejieba from 'nodejieba'
import { departmentConcepts } from './department-lexicon.ts'
import { concepts, dialect } from './lexicon.ts'
import { patterns } from './patterns.ts'
import { TextMatcher } from './text-matcher.ts'

/** Distinct feature hashes of a text (32 bit, unsigned) with their counts left out: presence is what matters in short texts. */
export type Features = Set<number>

/** What concepts are looked for: those of villagers' messages, or of petitions to departments. */
export type FeatureKind = 'intent' | 'department'

/** Receipt codes look alike to the classifier. */
export const receiptCode =
  /(?<![0-9a-z])(?=[a-z-]*\d)(?=[0-9-]*[a-z])[0-9a-z]{3,6}(?:[- ]?[0-9a-z]{3,6}){1,3}(?![0-9a-z])|(?<![\d.])[1-9]\d{2}[- ]?\d{3}[- ]?\d{4}(?![\d.])|(?:[零〇洞幺一二两三四五六七八九][ ,、-]?){10}/giu

const dialectMatcher = new TextMatcher(Object.entries(dialect).map(([from, to]) => [from, to] as const))
const conceptMatchers: Record<FeatureKind, TextMatcher<string>> = {
  intent: matcherOf(concepts),
  department: matcherOf(departmentConcepts),
}

function matcherOf(lists: Record<string, string>): TextMatcher<string> {
  const pairs = Object.entries(lists).flatMap(([name, words]) =>
    words
      .split(' ')
      .filter(Boolean)
      .map((word) => [canonical(word), name] as const),
  )
  return new TextMatcher(pairs)
}

/** Ordinary words for dialect, one sign for digits and codes, no punctuation: the form in which texts are compared. */
export function canonical(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(receiptCode, 'ж')
    .replace(/\d+(?:[.,]\d+)*/gu, '0')
  return dialectMatcher.replace(plain).replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Words for display, slots and features; jieba's own dictionary. */
export function cutWords(text: string): string[] {
  return nodejieba.cut(text).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

const seeds = { char: 0x811c9dc5, word: 0x01000193, concept: 0x9e3779b9, pair: 0x85ebca6b, pattern: 0xc2b2ae35 }
const patternList = Object.entries(patterns).map(([name, pattern]) => [hashOf(seeds.pattern, name), pattern] as const)

/** A petition about misconduct goes to discipline inspection whatever office it happened in. */
const misconductList = (['vanished', 'wealth', 'benefits', 'takes', 'gifts'] as const).map(
  (name) => [hashOf(seeds.pattern, name), patterns[name]!] as const,
)

/** All features of a normalised text. Cost grows with its length, which normalise bounds. */
export function extractFeatures(text: string, kind: FeatureKind = 'intent'): Features {
  const features: Features = new Set()
  const plain = canonical(text)
  if (plain === '') return features
  const signs = `^${plain}$`
  for (let i = 0; i < signs.length; i++) {
    let hash = seeds.char
    for (let length = 1; length <= 2 && i + length <= signs.length; length++) {
      hash = mix(hash, signs.charCodeAt(i + length - 1))
      features.add((hash ^ length) >>> 0)
    }
  }
  for (const word of nodejieba.cut(plain)) if (word.length > 1) features.add(hashOf(seeds.word, word))
  const found = conceptMatchers[kind].find(plain)
  for (let i = 0; i < found.length; i++) {
    const concept = found[i]!.value
    features.add(hashOf(seeds.concept, concept))
    for (let j = i + 1; j < found.length && j <= i + 3; j++) {
      if (found[j]!.value !== concept) features.add(hashOf(seeds.pair, `${concept}>${found[j]!.value}`))
    }
  }
  addPatterns(text, features, kind === 'intent' ? patternList : misconductList)
  return features
}

/** Turns of phrase, how the message ends, and roughly how long it is. */
function addPatterns(text: string, features: Features, list: readonly (readonly [number, RegExp])[]): void {
  const plain = dialectMatcher.replace(text.slice(0, 300).toLowerCase())
  const found: number[] = []
  for (const [hash, pattern] of list) if (pattern.test(plain)) found.push(hash)
  for (const hash of found) features.add(hash)
  for (let i = 0; i < found.length; i++)
    for (let j = i + 1; j < found.length; j++) features.add(mix(found[i]!, found[j]!) >>> 0)
  features.add(hashOf(seeds.pattern, `length${Math.min(6, Math.floor(Math.log2(plain.length + 1)))}`))
}

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) ^ (hash >>> 15)
}

function hashOf(seed: number, text: string): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i))
  return hash >>> 0
}
