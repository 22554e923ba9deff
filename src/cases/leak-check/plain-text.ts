/** Texts made comparable: width, digits, signs; what two texts have in common. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** 三千二百 → 3200, 两万六 → 26000, 12 → 12; null when it is no number. */
export function readNumber(said: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(said)) return Number(said)
  const plain = /^(\d+(?:\.\d+)?)(万|千|百)(\d)?$/.exec(said)
  if (plain) {
    const unit = plain[2] === '万' ? 10_000 : UNITS[plain[2]!]!
    return Number(plain[1]) * unit + (plain[3] ? Number(plain[3]) * (unit / 10) : 0)
  }
  let total = 0
  let section = 0
  let digit = 0
  let lastUnit = 1
  for (const sign of said) {
    if (sign in DIGITS) digit = DIGITS[sign]!
    else if (sign in UNITS) {
      section += (digit || 1) * UNITS[sign]!
      lastUnit = UNITS[sign]!
      digit = 0
    } else if (sign === '万') {
      total += (section + digit || 1) * 10_000
      section = 0
      digit = 0
      lastUnit = 10_000
    } else return null
  }
  // 两万六, 一百五: the last digit counts in the next smaller unit.
  const rest = digit * (lastUnit > 10 && !said.includes('零') ? lastUnit / 10 : 1)
  return total + section + rest
}

/** NFKC, without spaces; Chinese signs of punctuation as their plain ones. */
export function normalise(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, '').replaceAll('。', '.').replaceAll('、', ',')
}

/** Without any sign but letters, digits and Chinese. */
export const bare = (text: string): string => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Clauses, between signs of punctuation. */
export const clausesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(/[,,.。;;::!!??、"“”'‘’()()\s]+/u)
    .filter(Boolean)

/**
 * What two texts have in common, longest first, at least `least` characters, each place once.
 * @param without passages that do not count: they are cut out of both before comparing
 */
export function commonPassages(a: string, b: string, least: number, without: readonly string[] = []): string[] {
  const cut = (text: string): string[] => {
    const words = without.filter((word) => word.length > 1).toSorted((x, y) => y.length - x.length)
    let parts = clausesOf(text)
    for (const word of words) parts = parts.flatMap((part) => part.split(word))
    return parts.map(bare).filter((part) => part.length >= least)
  }
  const others = cut(b)
  const found = new Set<string>()
  for (const part of cut(a)) {
    let from = 0
    while (from + least <= part.length) {
      let length = 0
      while (from + length < part.length && others.some((other) => other.includes(part.slice(from, from + length + 1))))
        length += 1
      const passage = wholeNumbers(part, from, length)
      if (passage.length >= least) {
        found.add(passage)
        from += length
      } else from += 1
    }
  }
  return [...found].toSorted((x, y) => y.length - x.length)
}

/** A number counts as a whole: 2018 and 2019 have nothing in common. */
function wholeNumbers(part: string, from: number, length: number): string {
  let [start, end] = [from, from + length]
  if (/\d/.test(part[start - 1] ?? '')) while (start < end && /\d/.test(part[start] ?? '')) start += 1
  if (/\d/.test(part[end] ?? '')) while (end > start && /\d/.test(part[end - 1] ?? '')) end -= 1
  return part.slice(start, end)
}
