/** Finds many words in a text at once, the longest at each place; cost does not grow with the number of words. */
export interface FoundText<T> {
  value: T
  start: number
  end: number
}

/** Words that begin with the same two letters. */
interface Group<T> {
  words: Map<string, T>
  /** Longest first. */
  lengths: number[]
}

/** Held by the first two letters: a village has thousands of names, and a tree of single letters took ten times the memory. */
export class TextMatcher<T> {
  private readonly groups = new Map<string, Group<T>>()
  private readonly letters = new Map<string, T>()

  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, value] of words) this.add(word, value)
    for (const group of this.groups.values()) group.lengths.sort((a, b) => b - a)
  }

  private add(word: string, value: T): void {
    if (word === '') return
    if (word.length === 1) {
      if (!this.letters.has(word)) this.letters.set(word, value)
      return
    }
    const key = word.slice(0, 2)
    let group = this.groups.get(key)
    if (!group) this.groups.set(key, (group = { words: new Map(), lengths: [] }))
    if (!group.words.has(word)) group.words.set(word, value)
    if (!group.lengths.includes(word.length)) group.lengths.push(word.length)
  }

  /** Non-overlapping finds from left to right, the longest first at each place. */
  find(text: string): FoundText<T>[] {
    const found: FoundText<T>[] = []
    for (let start = 0; start < text.length;) {
      const best = this.longestAt(text, start)
      if (best) found.push(best)
      start = best ? best.end : start + 1
    }
    return found
  }

  /** The longest word that begins here. @param counts false for words that are to be passed over */
  longestAt(text: string, start: number, counts?: (word: string, value: T) => boolean): FoundText<T> | null {
    const group = this.groups.get(text.slice(start, start + 2))
    for (const length of group?.lengths ?? []) {
      const end = start + length
      if (end > text.length) continue
      const word = text.slice(start, end)
      if (!group!.words.has(word)) continue
      const value = group!.words.get(word)!
      if (!counts || counts(word, value)) return { value, start, end }
    }
    const letter = text.charAt(start)
    return this.letters.has(letter) ? { value: this.letters.get(letter)!, start, end: start + 1 } : null
  }

  /** The text with each find replaced by its value. */
  replace(this: TextMatcher<string>, text: string): string {
    const found = this.find(text)
    if (found.length === 0) return text
    let out = ''
    let at = 0
    for (const item of found) {
      out += text.slice(at, item.start) + item.value
      at = item.end
    }
    return out + text.slice(at)
  }
}
