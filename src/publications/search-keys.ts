/** How texts are indexed for exact look-up: every two neighbouring characters. A word is found by all its pairs, then checked in the text itself. */

const MAX_KEYS = 400

/** Letters, digits and Chinese characters only, in one width and case. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Two-character pieces of a text, each once, prefixed so that they never meet a facet. */
export function keysOf(text: string): string[] {
  const keys = new Set<string>()
  for (const part of plainText(text).split(' ')) {
    const characters = [...part]
    for (let index = 0; index + 1 < characters.length && keys.size < MAX_KEYS; index++) {
      keys.add(`t:${characters[index]}${characters[index + 1]}`)
    }
  }
  return [...keys]
}

/** Filter for records whose text holds one of the words (each two characters or longer). */
export function holdsOneOf(words: readonly string[]): {
  keys: { $in: string[] }
  text: { $regex: string; $options: string }
} {
  const firstPairs = words.map((word) => `t:${[...plainText(word)].slice(0, 2).join('')}`)
  const pattern = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return { keys: { $in: [...new Set(firstPairs)] }, text: { $regex: pattern, $options: 'i' } }
}

/** Filter for records whose text holds all of the words. */
export function holdsAll(words: readonly string[]): {
  keys: { $all: string[] }
  text: { $regex: string; $options: string }
} {
  const pairs = words.flatMap((word) => keysOf(word))
  return {
    keys: { $all: [...new Set(pairs)] },
    text: {
      $regex: words.map((word) => `(?=[\\s\\S]*${word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')})`).join(''),
      $options: 'i',
    },
  }
}
