/** Which named thing a question speaks of: by its name, by what people call it, or by part of either. */

import { LRUCache } from 'lru-cache'

export interface Named<T> {
  thing: T
  names: readonly string[]
}

/** Words that many names share: they alone name nothing. */
const GENERIC =
  /(工程|项目|建设|改造|修建|新建|维修|提升|硬化|采购|合同|承包|出租|租赁|发包|村委会|村民|村庄|村里|村级|村内|本村|全村|集体|补贴|补助|资金|发放|管理|服务|申请|办理|办法|标准|政策|规定|什么|多少|怎么|为啥|哪里|一个|村)/g

export interface Match<T> {
  thing: T
  /** Characters that speak for it. */
  score: number
  /** The whole name or alias stands in the text. */
  whole: boolean
}

/** A name as it is compared, prepared once: names stay, questions come by the thousand. */
interface Prepared {
  clean: string
  /** Without the words that many names share. */
  own: string
  pairs: readonly string[]
}

const prepared = new LRUCache<string, Prepared>({ max: 50_000 })

function prepare(name: string): Prepared {
  const known = prepared.get(name)
  if (known) return known
  const clean = name.normalize('NFKC').toLowerCase()
  // Of a code like sq-xm-2026-03 only the whole is a name; 2026 is a year to who asks.
  const own = clean.replaceAll(GENERIC, ' ').replaceAll(/[a-z\d-]*\d{4}[a-z\d-]*/g, ' ')
  const fresh = { clean, own, pairs: pairsOf(own) }
  prepared.set(name, fresh)
  return fresh
}

/** All two neighbouring letters. */
function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)).filter((pair) =>
    /^[\p{L}\p{N}]{2}$/u.test(pair),
  )
}

/** Two letters in common are not enough to answer a question about money with one project or contract. */
export const isWeak = <T>(match: Match<T> | undefined): boolean =>
  match !== undefined && !match.whole && match.score < 3

/** Best first; empty when nothing of two characters or more is shared. */
export function matchNames<T>(text: string, named: readonly Named<T>[]): Match<T>[] {
  const plain = text.replaceAll(GENERIC, ' ')
  const pairs = new Set(pairsOf(plain))
  const matches: Match<T>[] = []
  for (const { thing, names } of named) {
    let score = 0
    let whole = false
    for (const name of names) {
      const { clean, own, pairs: ofName } = prepare(name)
      if (clean.length >= 2 && text.includes(clean)) {
        whole = true
        score = Math.max(score, clean.length * 2)
      } else if (ofName.some((pair) => pairs.has(pair))) score = Math.max(score, sharedLength(plain, own))
    }
    if (score >= 2) matches.push({ thing, score, whole })
  }
  return matches.sort((a, b) => b.score - a.score)
}

/** By the words of the question; only when they name nothing, by what understanding or the last answer took them for. */
export function matchQuestion<T>(text: string, slot: string | undefined, named: readonly Named<T>[]): Match<T>[] {
  const own = matchNames(text, named)
  return own.length > 0 || slot === undefined ? own : matchNames(slot, named)
}

/** Length of the longest piece, without spaces, that both texts hold; 0 below two characters. */
export function sharedLength(text: string, name: string): number {
  let best = 0
  for (const part of name.split(/[^\p{L}\p{N}]+/u)) {
    const characters = [...part]
    for (let from = 0; from < characters.length; from++) {
      for (let to = characters.length; to - from > Math.max(best, 1); to--) {
        if (text.includes(characters.slice(from, to).join(''))) {
          best = to - from
          break
        }
      }
    }
  }
  return best
}
