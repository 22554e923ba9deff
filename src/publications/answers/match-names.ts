/** Which named thing a question speaks of: by its name, by what people call it, or by part of either. */

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

/** Best first; empty when nothing of two characters or more is shared. */
export function matchNames<T>(text: string, named: readonly Named<T>[]): Match<T>[] {
  const plain = text.replaceAll(GENERIC, ' ')
  return named
    .map(({ thing, names }) => {
      let score = 0
      let whole = false
      for (const name of names) {
        const clean = name.normalize('NFKC').toLowerCase()
        if (clean.length >= 2 && text.includes(clean)) {
          whole = true
          score = Math.max(score, clean.length * 2)
        } else score = Math.max(score, sharedLength(plain, clean.replaceAll(GENERIC, ' ')))
      }
      return { thing, score, whole }
    })
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score)
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
