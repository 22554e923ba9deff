/** Finds many words in a text at once, the longest at each place; cost does not grow with the number of words. */
export interface FoundText<T> {
  value: T
  start: number
  end: number
}

interface Node<T> {
  next: Map<number, Node<T>>
  value?: T
}

export class TextMatcher<T> {
  private readonly root: Node<T> = { next: new Map() }

  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, value] of words) this.add(word, value)
  }

  private add(word: string, value: T): void {
    if (word === '') return
    let node = this.root
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i)
      let next = node.next.get(code)
      if (!next) node.next.set(code, (next = { next: new Map() }))
      node = next
    }
    node.value ??= value
  }

  /** Non-overlapping finds from left to right, the longest first at each place. */
  find(text: string): FoundText<T>[] {
    const found: FoundText<T>[] = []
    for (let start = 0; start < text.length;) {
      let node: Node<T> | undefined = this.root
      let best: FoundText<T> | null = null
      for (let i = start; i < text.length; i++) {
        node = node.next.get(text.charCodeAt(i))
        if (!node) break
        if (node.value !== undefined) best = { value: node.value, start, end: i + 1 }
      }
      if (best) found.push(best)
      start = best ? best.end : start + 1
    }
    return found
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
