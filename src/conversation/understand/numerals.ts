/** Numbers and money as people write them. */

const digits: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  幺: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const units: Record<string, number> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
  万: 10_000,
  亿: 100_000_000,
}

/** 二〇二五 and 三万五 and 十二 and 2,025 to a number; null when it is not one. A bare last digit takes the next lower unit (三万五 = 35,000). */
export function parseNumeral(text: string): number | null {
  const plain = text.replaceAll(',', '')
  if (/^\d+(?:\.\d+)?$/u.test(plain)) return Number(plain)
  const mixed = /^(\d+(?:\.\d+)?)(亿|万|千|百)(.*)$/u.exec(plain)
  if (mixed) {
    const unit = units[mixed[2]!]!
    const head = Number(mixed[1]) * unit
    const rest = mixed[3]!
    if (rest === '') return head
    const tail = parseNumeral(rest)
    if (tail === null) return null
    return head + (/^[\d零〇一二两三四五六七八九]$/u.test(rest) ? (tail * unit) / 10 : tail)
  }
  if (/^[零〇一二三四五六七八九]{2,}$/u.test(plain)) return Number([...plain].map((sign) => digits[sign]).join(''))
  let total = 0
  let section = 0
  let digit: number | null = null
  let lastUnit = 1
  let sawZero = false
  for (const sign of plain) {
    const unit = units[sign]
    const value = digits[sign]
    if (unit !== undefined) {
      if (unit >= 10_000) {
        total = (total + section + (digit ?? (section === 0 && total === 0 ? 1 : 0))) * unit
        section = 0
      } else section += (digit ?? 1) * unit
      digit = null
      lastUnit = unit
      sawZero = false
    } else if (value !== undefined) {
      if (digit !== null && digit !== 0) return null
      if (value === 0) sawZero = true
      digit = value
    } else return null
  }
  if (plain === '') return null
  const tail = digit ?? 0
  return total + section + (lastUnit >= 100 && !sawZero ? (tail * lastUnit) / 10 : tail)
}

const amount =
  /(?<number>\d[\d,]*(?:\.\d+)?(?:亿|万|千|百)?\d?|\d+万[零一二两三四五六七八九千百]+|[零〇一二两俩三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+)(?:[来多几余])?(?<big>万|千|百)?(?<unit>个?(?:万|千)?(?:元|块钱|块|圆|人民币|大洋)|钱)?(?<jiao>[\d一二两三四五六七八九](?:[毛角]|(?=$|[^\u4e00-\u9fa5\d])))?/gu

/** An amount with its place in the text. */
export interface FoundAmount {
  yuan: number
  start: number
  end: number
}

/** Amounts of money in a normalised text. A bare number is money only with 元, 块, 万 or the like behind it. */
export function findMoney(text: string): FoundAmount[] {
  const found: FoundAmount[] = []
  for (const match of text.matchAll(amount)) {
    const { number, big, unit, jiao } = match.groups as Record<string, string | undefined>
    if (number === undefined) continue
    const grouped = /[万亿千百]/u.test(number)
    if (
      !unit &&
      !big &&
      !/[万亿]/u.test(number) &&
      !(grouped && /^[一二两三四五六七八九]/u.test(number) && number.length > 1)
    )
      continue
    const after = text.slice(match.index + match[0].length)
    if (!unit && /^[亩口户人个平方斤吨棵次米里名年天月条家头只]/u.test(after)) continue
    let yuan = parseNumeral(number)
    if (yuan === null) continue
    if (big) yuan *= units[big]!
    const bigUnit = unit && /万|千/u.exec(unit)
    if (bigUnit) yuan *= units[bigUnit[0]]!
    if (jiao && unit) yuan += (parseNumeral(jiao[0]!) ?? 0) / 10
    found.push({ yuan: Math.round(yuan * 100) / 100, start: match.index, end: match.index + match[0].length })
  }
  return found
}

/** The first amount of a text in 元, or null. */
export function parseMoney(text: string): number | null {
  return findMoney(text)[0]?.yuan ?? null
}

const ordinal =
  /^(?:我?(?:就|要|想)?(?:选|问|是)?的?是?)?(?:第)?([1-9]|[一二两三四五六七八九]|[a-f])(?:个|条|项|样|号|种)?(?:的?那个)?(?:吧|啊|呀|呢|哦|的|嘞|了)?$/iu

/**
 * The number that answers a numbered question: 1 · 第一个 · 选2 · 二吧 · b · 最后一个.
 * @param count how many choices stood there; needed for 最后一个
 */
export function parseChoice(text: string, count?: number): number | null {
  const plain = text.replace(/[\s.。,!?、:;~()[\]]+/gu, '')
  const match = ordinal.exec(plain)
  if (match) {
    const sign = match[1]!.toLowerCase()
    if (/[a-f]/u.test(sign)) return sign.charCodeAt(0) - 96
    return parseNumeral(sign)
  }
  if (/^(?:选|就|是|要)?(?:前面?|上面|头一?|前头)(?:的)?(?:那)?(?:个|一个|条)(?:吧|啊)?$/u.test(plain)) return 1
  if (
    count !== undefined &&
    /^(?:选|就|是|要)?(?:最后|后面?|下面|末了)(?:的)?(?:那|一)?(?:个|一个|条)(?:吧|啊)?$/u.test(plain)
  )
    return count
  return null
}
