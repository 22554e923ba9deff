/** Periods as publications name them: 2025 · 2025Q3 · 2025-03 · 2025-03-05 and their Chinese spellings. */

export interface Bounds {
  from: string
  to: string
}

const pad = (value: number): string => String(value).padStart(2, '0')

export const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** First and last day, or two empty strings when the text names no period. */
export function periodBounds(period: string): Bounds {
  const text = period.normalize('NFKC').replaceAll(/\s/g, '')
  const range = /^(.+?)(?:至|~|到|—|--)(.+)$/.exec(text)
  if (range?.[1] && range[2]) {
    const first = periodBounds(range[1])
    const year = first.from.slice(0, 5)
    const second = periodBounds(
      /^\d{4}/.test(range[2]) ? range[2] : `${year}${range[2].replace(/月.*$/, '').padStart(2, '0')}`,
    )
    if (first.from && second.to) return { from: first.from, to: second.to }
  }
  const day = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (day) {
    const at = `${day[1]}-${pad(Number(day[2]))}-${pad(Number(day[3]))}`
    return { from: at, to: at }
  }
  const month = /^(\d{4})[-/.年](\d{1,2})月?(?:份)?$/.exec(text)
  if (month) {
    const [year, number] = [Number(month[1]), Number(month[2])]
    return { from: `${year}-${pad(number)}-01`, to: `${year}-${pad(number)}-${pad(lastDay(year, number))}` }
  }
  const quarter = /^(\d{4})[-/.年]?(?:Q|q|第)?([1-4一二三四])(?:季度)?$/.exec(text)
  if (quarter?.[2]) {
    const number = '一二三四'.includes(quarter[2]) ? '一二三四'.indexOf(quarter[2]) + 1 : Number(quarter[2])
    const year = Number(quarter[1])
    return {
      from: `${year}-${pad(number * 3 - 2)}-01`,
      to: `${year}-${pad(number * 3)}-${pad(lastDay(year, number * 3))}`,
    }
  }
  const half = /^(\d{4})年?(上|下)半年$/.exec(text) ?? /^(\d{4})-?H([12])$/.exec(text)
  if (half) {
    const first = half[2] === '上' || half[2] === '1'
    return { from: `${half[1]}-${first ? '01-01' : '07-01'}`, to: `${half[1]}-${first ? '06-30' : '12-31'}` }
  }
  const year = /^(\d{4})年?(?:度)?$/.exec(text)
  return year ? { from: `${year[1]}-01-01`, to: `${year[1]}-12-31` } : { from: '', to: '' }
}

/** 2025年 · 2025年第三季度 · 2025年3月 · 2025年3月至5月 */
export function periodLabel({ from, to }: Bounds): string {
  if (!from) return ''
  const [year, month, day] = from.split('-').map(Number)
  const [toYear, toMonth, toDay] = to.split('-').map(Number)
  if (from === to) return `${year}年${month}月${day}日`
  const whole = day === 1 && toDay === lastDay(toYear!, toMonth!)
  if (!whole) return `${chineseDate(from)}至${chineseDate(to)}`
  if (year !== toYear) return `${year}年${month}月至${toYear}年${toMonth}月`
  if (month === toMonth) return `${year}年${month}月`
  if (month === 1 && toMonth === 12) return `${year}年`
  if (toMonth! - month! === 2 && toMonth! % 3 === 0) return `${year}年第${'一二三四'[toMonth! / 3 - 1]}季度`
  if (toMonth! - month! === 5 && toMonth! % 6 === 0) return `${year}年${month === 1 ? '上' : '下'}半年`
  return `${year}年${month}月至${toMonth}月`
}

/** 2025-03-05 → 2025年3月5日; anything else stays as written. */
export function chineseDate(date: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : date
}

/** Months between two dates, YYYY-MM, both included; at most 240. */
export function monthsOf({ from, to }: Bounds): string[] {
  const months: string[] = []
  let [year, month] = from.split('-').map(Number) as [number, number]
  while (`${year}-${pad(month)}` <= to.slice(0, 7) && months.length < 240) {
    months.push(`${year}-${pad(month)}`)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
  return months
}

/** Longest periods first joined: months that follow one another become ranges. */
export function joinMonths(months: readonly string[]): Bounds[] {
  const ranges: Bounds[] = []
  for (const month of [...months].sort()) {
    const bounds = periodBounds(month)
    const last = ranges.at(-1)
    if (last && nextDay(last.to) === bounds.from) last.to = bounds.to
    else ranges.push({ ...bounds })
  }
  return ranges
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
