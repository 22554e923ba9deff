/** Limits by amount as the list writes them: “2000元以下…”, “2000元至1万元…”, “1万元以上…”. */

interface Tier {
  text: string
  /** 元; the upper bound is Infinity when open. */
  from: number
  to: number
}

const AMOUNT = '([\\d,.]+|[一二两三四五六七八九十百千]+)\\s*(万|千|百)?元?'
const SMALL: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
const UNIT: Record<string, number> = { 万: 10_000, 千: 1000, 百: 100 }

/** The tier that holds an amount in 元; null when the list has none for it. */
export function tierFor(thresholds: readonly string[], amount: number): string | null {
  const tiers = thresholds
    .flatMap((text) => text.split(/[;;\n]/))
    .map(readTier)
    .filter((tier): tier is Tier => tier !== null)
  return (
    tiers.find(
      ({ from, to, text }) => (amount > from && amount <= to) || (amount === from && /(含|及以上|起)/.test(text)),
    )?.text ??
    tiers.find(({ from, to }) => amount >= from && amount <= to)?.text ??
    null
  )
}

function readTier(text: string): Tier | null {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\(含.*?\)/g, '')
    .replaceAll(/\s/g, '')
  const range = new RegExp(`${AMOUNT}(?:以上)?(?:至|到|-|~|—)${AMOUNT}`).exec(plain)
  if (range) {
    const to = read(range[3], range[4])
    return {
      text: text.trim(),
      from: read(range[1], range[2] ?? (range[3] && Number(range[1]) < 100 ? range[4] : undefined)),
      to,
    }
  }
  const below = new RegExp(`${AMOUNT}(?:以下|以内|及以下|\\(含\\)以下)`).exec(plain)
  if (below) return { text: text.trim(), from: 0, to: read(below[1], below[2]) }
  const above = new RegExp(`(?:超过|高于)${AMOUNT}|${AMOUNT}(?:以上|及以上|起)`).exec(plain)
  if (above)
    return { text: text.trim(), from: read(above[1] ?? above[3], above[2] ?? above[4]), to: Number.POSITIVE_INFINITY }
  return null
}

function read(number: string | undefined, unit: string | undefined): number {
  const value = SMALL[number ?? ''] ?? Number((number ?? '').replaceAll(',', ''))
  return value * (UNIT[unit ?? ''] ?? 1)
}
