/** Periods as people say them: 去年第三季度 · 上个月 · 前年腊月 · 2024年以来 · 最近三个月 · 25年 · 过年那阵. */
import {
  addDays,
  dayPeriod,
  halfPeriod,
  isoDay,
  lunarPeriod,
  lunarYear,
  monthPeriod,
  monthsPeriod,
  quarterPeriod,
  shanghaiDay,
  sincePeriod,
  springFestival,
  toIso,
  yearPeriod,
  yearsPeriod,
  type Day,
} from './calendar.ts'
import { parseNumeral } from './numerals.ts'
import type { Period } from './types.ts'

/** A period with its place in the text. */
export interface FoundPeriod {
  period: Period
  start: number
  end: number
}

const n = '[\\d零〇一二两三四五六七八九十]'
const yearWords: Record<string, number> = {
  大前年: -3,
  前年: -2,
  去年: -1,
  上年: -1,
  头年: -1,
  旧年: -1,
  上一年: -1,
  昨年: -1,
  今年: 0,
  本年: 0,
  当年: 0,
  这一年: 0,
  明年: 1,
}
const year = `(?:${Object.keys(yearWords).join('|')}|(?:19|20)\\d{2}年?|(?<!\\d)[012]\\d年|[零〇一二三四五六七八九]{4}年|[零〇一二][零〇一二三四五六七八九]年)(?:度|份)?`
const month = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`
const inYear = [
  `第?(?<quarter>[一二三四1-4])个?季度?(?!节)`,
  `(?<half>[上下前后]半年)`,
  `(?<lunar>(?:农历|阴历|旧历)(?:正|冬|腊|${month})月份?|正月|冬月|腊月|寒冬腊月)`,
  `(?<month1>${month})月?份?(?:到|至|-|~|—|–)(?<month2>${month})月份?(?:底)?`,
  `(?<month>${month})月份?(?:(?<day>[12]\\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?`,
  `(?<season>春天|春上|春季|开春|夏天|夏季|麦季|麦收|秋天|秋季|秋上|秋后|秋收|冬天|冬季|入冬)(?:那[阵会]儿?|时候)?`,
  `(?<edge>年初|年底|年末|年中|一年|全年|整年)`,
].join('|')
const relative: [RegExp, (today: Day, match: RegExpExecArray) => Period | null][] = [
  [/^(?<count>上上)个?月/u, (t) => monthPeriod(t.year, t.month - 2)],
  [/^上一?个?月份?/u, (t) => monthPeriod(t.year, t.month - 1)],
  [/^(?:这|本|当)个?月份?/u, (t) => monthPeriod(t.year, t.month)],
  [/^下个?月份?/u, (t) => monthPeriod(t.year, t.month + 1)],
  [/^上上一?个?季度?/u, (t) => quarterPeriod(t.year, quarterOf(t) - 2)],
  [/^上一?个?季度?/u, (t) => quarterPeriod(t.year, quarterOf(t) - 1)],
  [/^(?:这|本|当)一?个?季度?/u, (t) => quarterPeriod(t.year, quarterOf(t))],
  [/^下一?个?季度?/u, (t) => quarterPeriod(t.year, quarterOf(t) + 1)],
  [/^(?:上个?|这个?|本)(?:星期|周|礼拜)(?![边围转岁])/u, (t, match) => week(t, match[0].startsWith('上') ? -1 : 0)],
  [/^大前天/u, (t) => dayPeriod(addDays(t, -3))],
  [/^前天/u, (t) => dayPeriod(addDays(t, -2))],
  [/^(?:昨天|昨儿个?|夜来)/u, (t) => dayPeriod(addDays(t, -1))],
  [/^(?:今天|今儿个?|今日)/u, dayPeriod],
  [/^明天/u, (t) => dayPeriod(addDays(t, 1))],
  [
    new RegExp(`^(?:最近|近|过去|前|这)(?:这)?(?<count>${n}+)个?(?<unit>月|年|天|季度|星期|周)(?:以?来|内|里)?`, 'u'),
    recent,
  ],
  [/^(?:最近|近)?(?:这)?半年(?:以?来|内|里)?/u, (t) => last(t, 6, '最近半年')],
  [/^(?:最近这?|这|近)(?:些|几)年/u, (t) => yearsPeriod(t.year - 2, t.year)],
  [/^(?:最近|近)几个月/u, (t) => last(t, 3, '最近三个月')],
  [/^(?:过年|春节)(?:那阵子?|那会儿?|期间|的?时候|前后)?/u, (t) => aroundFestival(t, -7, 15, '春节前后')],
  [/^年前(?:那阵子?|那会儿?)?/u, (t) => aroundFestival(t, -30, -1, '春节前')],
  [/^年后(?:那阵子?|那会儿?)?/u, (t) => aroundFestival(t, 0, 30, '春节后')],
]
/** 2026-03, 2026.3.5, 2026/3/5 */
const numeric = /(?<!\d)(20\d{2})[-./](1[0-2]|0?[1-9])(?:[-./](3[01]|[12]\d|0?[1-9]))?(?!\d)/gu
const starter = new RegExp(`(?<year>${year})?的?(?:${inYear})|(?<only>${year})`, 'gu')
const relativeStart = /上|这|本|当|下|大前天|前|昨|夜来|今|明|最近|近|过去|过年|半年|春节|年前|年后/gu
/** 承包25年 · 干了二十年: a length of time, not a year. */
const lengthBefore = /(?:承包|租|包|签|干|住|交|缴|等|满|了|过|有|近|够|共|总共|前后|超过|不超)\s*$/u

/** Every period named in a normalised text, in order, with its place. Ranges over years and 以来 are one period. */
export function findPeriods(text: string, now: Date): FoundPeriod[] {
  const today = shanghaiDay(now)
  const found: FoundPeriod[] = []
  for (const match of text.matchAll(relativeStart)) {
    const rest = text.slice(match.index, match.index + 16)
    for (const [pattern, make] of relative) {
      const hit = pattern.exec(rest)
      const period = hit && make(today, hit)
      if (!period) continue
      add(found, { period, start: match.index, end: match.index + hit[0].length })
      break
    }
  }
  for (const match of text.matchAll(numeric)) {
    const [year, month] = [Number(match[1]), Number(match[2])]
    const period = match[3] ? dayPeriod({ year, month, day: Number(match[3]) }) : monthPeriod(year, month)
    add(found, { period, start: match.index, end: match.index + match[0].length })
  }
  for (const match of text.matchAll(starter)) {
    const groups = match.groups as Record<string, string | undefined>
    const period = calendarPeriod(groups, today, text.slice(0, match.index), text.slice(match.index + match[0].length))
    if (period) add(found, { period, start: match.index, end: match.index + match[0].length })
  }
  found.sort((a, b) => a.start - b.start)
  return joinRanges(found, text, today)
}

/** Periods of a text (any text: it need not be normalised); empty when none is named. */
export function parsePeriods(text: string, now: Date): Period[] {
  return findPeriods(text.normalize('NFKC'), now).map((item) => item.period)
}

/** Longer finds win over shorter ones in the same place. */
function add(found: FoundPeriod[], item: FoundPeriod): void {
  const clash = found.findIndex((other) => item.start < other.end && other.start < item.end)
  if (clash < 0) found.push(item)
  else if (item.end - item.start > found[clash]!.end - found[clash]!.start) found[clash] = item
}

function calendarPeriod(
  groups: Record<string, string | undefined>,
  today: Day,
  before: string,
  after: string,
): Period | null {
  const written = groups['year'] ?? groups['only']
  if (
    written &&
    /^[\d零〇一二三四五六七八九]{2}年/u.test(written) &&
    (lengthBefore.test(before) || /^(?:期|的?合同|了|多|来|以上)/u.test(after))
  )
    return null
  const said = written === undefined ? null : toYear(written, today)
  if (written !== undefined && said === null) return null
  if (groups['only']) return said === null ? null : yearPeriod(said)
  const y = said ?? today.year
  if (groups['quarter']) {
    const quarter = parseNumeral(groups['quarter'])!
    return quarterPeriod(said ?? (quarter <= quarterOf(today) ? today.year : today.year - 1), quarter)
  }
  if (groups['half']) {
    const half = /[下后]/u.test(groups['half']) ? 2 : 1
    return halfPeriod(said ?? (half === 2 && today.month < 7 ? today.year - 1 : today.year), half)
  }
  if (groups['lunar']) return lunar(groups['lunar'], written, said, today)
  if (groups['month1'] && groups['month2']) {
    const [first, second] = [parseNumeral(groups['month1'])!, parseNumeral(groups['month2'])!]
    if (first > second || (said === null && !/月/u.test(groups['month1'] + after) && lengthBefore.test(before)))
      return null
    return monthsPeriod(
      said ?? (first <= today.month ? today.year : today.year - 1),
      first,
      said ?? (first <= today.month ? today.year : today.year - 1),
      second,
    )
  }
  if (groups['month']) {
    if (said === null && (/[\d.个第]$/u.test(before) || /^(?:一|几|两)?[次回趟]/u.test(after))) return null
    const month = parseNumeral(groups['month'])!
    const inYear = said ?? (month <= today.month ? today.year : today.year - 1)
    const day = groups['day'] ? parseNumeral(groups['day']) : null
    return day ? dayPeriod({ year: inYear, month, day }) : monthPeriod(inYear, month)
  }
  if (groups['season']) return season(groups['season'], said, today)
  if (groups['edge']) {
    if (said === null && /年(?:中|一|全|整)/u.test(`年${groups['edge']}`) && groups['edge'] !== '全年') return null
    if (groups['edge'] === '年初') return monthsPeriod(y, 1, y, 3, `${y}年初`)
    if (/年[底末]/u.test(groups['edge'])) return monthsPeriod(y, 11, y, 12, `${y}年底`)
    if (groups['edge'] === '年中') return monthsPeriod(y, 5, y, 7, `${y}年中`)
    return yearPeriod(y)
  }
  return null
}

function toYear(written: string, today: Day): number | null {
  const plain = written.replace(/(?:度|份)$/u, '')
  if (plain in yearWords) return today.year + yearWords[plain]!
  const value = parseNumeral(plain.replace(/年$/u, ''))
  if (value === null) return null
  if (value >= 1949 && value <= 2100) return value
  return value >= 10 && value <= (today.year % 100) + 2 ? 2000 + value : null
}

function lunar(name: string, written: string | undefined, said: number | null, today: Day): Period | null {
  const key = name.replace(/农历|阴历|旧历|寒冬|月份?$/gu, '')
  const number = key === '正' ? 1 : key === '冬' ? 11 : key === '腊' ? 12 : parseNumeral(key)
  if (number === null) return null
  const thisYear = lunarYear(today)
  if (written && written in yearWords) return lunarPeriod(thisYear + yearWords[written]!, number)
  if (said !== null) return lunarPeriod(said, number)
  const recent = lunarPeriod(thisYear, number)
  return recent.from <= toIso(today) ? recent : lunarPeriod(thisYear - 1, number)
}

function season(name: string, said: number | null, today: Day): Period {
  const [first, label] = /春/u.test(name)
    ? [3, '春天']
    : /麦/u.test(name)
      ? [6, '麦收']
      : /夏/u.test(name)
        ? [6, '夏天']
        : /秋/u.test(name)
          ? [9, '秋天']
          : [12, '冬天']
  const y = said ?? (first <= today.month ? today.year : today.year - 1)
  if (label === '麦收') return monthsPeriod(y, 6, y, 6, `${y}年麦收`)
  return first === 12
    ? monthsPeriod(y, 12, y + 1, 2, `${y}年冬天`)
    : monthsPeriod(y, first, y, first + 2, `${y}年${label}`)
}

function recent(today: Day, match: RegExpExecArray): Period | null {
  const count = parseNumeral(match.groups!['count']!)
  const unit = match.groups!['unit']!
  if (!count || count > 60) return null
  const name = match[0].replace(/^(?:近|过去|前|这)(?:这)?/u, '最近').replace(/以?来$|内$|里$/u, '')
  if (unit === '年')
    return count <= 2 && !/近|过去/u.test(match[0])
      ? yearsPeriod(today.year - count + 1, today.year)
      : sincePeriod(isoDay(today.year - count, today.month, today.day + 1), today, name)
  if (unit === '天') return sincePeriod(toIso(addDays(today, 1 - count)), today, name)
  if (unit === '星期' || unit === '周') return sincePeriod(toIso(addDays(today, 1 - 7 * count)), today, name)
  return last(today, unit === '季度' ? 3 * count : count, name)
}

/** The months before today, to the day. */
function last(today: Day, months: number, label: string): Period {
  return sincePeriod(isoDay(today.year, today.month - months, today.day + 1), today, label)
}

function aroundFestival(today: Day, from: number, to: number, label: string): Period {
  const thisYear = springFestival(today.year)
  const festival = toIso(addDays(thisYear, from)) <= toIso(today) ? thisYear : springFestival(today.year - 1)
  return { from: toIso(addDays(festival, from)), to: toIso(addDays(festival, to)), label: `${festival.year}年${label}` }
}

function week(today: Day, shift: number): Period {
  const weekday = (new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay() + 6) % 7
  const monday = addDays(today, -weekday + 7 * shift)
  return { from: toIso(monday), to: toIso(addDays(monday, 6)), label: shift < 0 ? '上周' : '本周' }
}

const quarterOf = (day: Day): number => Math.floor((day.month - 1) / 3) + 1

/** 2023年到2025年 → one period; 2024年以来 → until today. */
function joinRanges(found: FoundPeriod[], text: string, today: Day): FoundPeriod[] {
  const out: FoundPeriod[] = []
  for (const item of found) {
    const before = out.at(-1)
    if (
      before &&
      /^(?:份|底)?(?:一直)?(?:到|至|-|~|—|–|直到)$/u.test(text.slice(before.end, item.start)) &&
      before.period.from <= item.period.from
    ) {
      const label = `${before.period.label}至${item.period.label}`
      before.period = {
        from: before.period.from,
        to: item.period.to,
        label: label.replace(/^(\d{4}年)(.+)至\1/u, '$1$2至'),
      }
      before.end = item.end
    } else out.push({ ...item })
  }
  for (const item of out) {
    const since = /^(?:份|底)?(?:以来|至今|到现在|到如今|往后|之后|以后|开始|起(?!来))/u.exec(text.slice(item.end))
    if (since && item.period.from <= toIso(today)) {
      item.period = sincePeriod(item.period.from, today, `${item.period.label}以来`)
      item.end += since[0].length
    }
  }
  return out
}
