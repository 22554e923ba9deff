/** Days, months and lunar months as ISO dates; the calendar is Shanghai's, whatever the machine's time zone is. */
import { LunarMonth, SolarDay } from 'tyme4ts'
import type { Period } from './types.ts'

export interface Day {
  year: number
  month: number
  day: number
}

export const quarterNames = ['一', '二', '三', '四']

/** The day in Asia/Shanghai at an instant. */
export function shanghaiDay(now: Date): Day {
  const there = new Date(now.getTime() + 8 * 3_600_000)
  return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() }
}

export function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day + days))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

export const toIso = (day: Day): string => isoDay(day.year, day.month, day.day)
const lastOf = (year: number, month: number): string => isoDay(year, month + 1, 0)

export function yearPeriod(year: number): Period {
  return { from: isoDay(year, 1, 1), to: isoDay(year, 12, 31), label: `${year}年` }
}

export function yearsPeriod(first: number, last: number): Period {
  return { from: isoDay(first, 1, 1), to: isoDay(last, 12, 31), label: `${first}年至${last}年` }
}

/** Months count from `year`; 0 and 13 reach into the neighbours. */
export function monthPeriod(year: number, month: number): Period {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const [y, m] = [first.getUTCFullYear(), first.getUTCMonth() + 1]
  return { from: isoDay(y, m, 1), to: lastOf(y, m), label: `${y}年${m}月` }
}

export function monthsPeriod(
  fromYear: number,
  fromMonth: number,
  toYear: number,
  toMonth: number,
  label?: string,
): Period {
  const name =
    fromYear === toYear
      ? `${fromYear}年${fromMonth}月至${toMonth}月`
      : `${fromYear}年${fromMonth}月至${toYear}年${toMonth}月`
  return { from: isoDay(fromYear, fromMonth, 1), to: lastOf(toYear, toMonth), label: label ?? name }
}

/** Quarters count from 1; 0 and 5 reach into the neighbours. */
export function quarterPeriod(year: number, quarter: number): Period {
  const y = year + Math.floor((quarter - 1) / 4)
  const q = (((quarter - 1) % 4) + 4) % 4
  return monthsPeriod(y, q * 3 + 1, y, q * 3 + 3, `${y}年第${quarterNames[q]}季度`)
}

export function halfPeriod(year: number, half: 1 | 2): Period {
  return half === 1
    ? monthsPeriod(year, 1, year, 6, `${year}年上半年`)
    : monthsPeriod(year, 7, year, 12, `${year}年下半年`)
}

export function dayPeriod(day: Day): Period {
  return { from: toIso(day), to: toIso(day), label: `${day.year}年${day.month}月${day.day}日` }
}

/** From a first day until today. */
export function sincePeriod(from: string, today: Day, label: string): Period {
  return { from, to: toIso(today), label }
}

const lunarNames = ['正月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '冬月', '腊月']

/** A month of the farmers' calendar in days of the ordinary one: 腊月 of 2025 begins in January 2026. */
export function lunarPeriod(lunarYear: number, lunarMonth: number): Period {
  const month = LunarMonth.fromYm(lunarYear, lunarMonth)
  const first = solar(month.getFirstJulianDay().getSolarDay())
  const last = addDays(first, month.getDayCount() - 1)
  return { from: toIso(first), to: toIso(last), label: `农历${lunarYear}年${lunarNames[lunarMonth - 1]}` }
}

/** The lunar year that a day lies in. */
export function lunarYear(day: Day): number {
  return SolarDay.fromYmd(day.year, day.month, day.day).getLunarDay().getLunarMonth().getLunarYear().getYear()
}

/** The first day of the first lunar month in an ordinary year. */
export function springFestival(year: number): Day {
  return solar(LunarMonth.fromYm(year, 1).getFirstJulianDay().getSolarDay())
}

function solar(day: SolarDay): Day {
  return { year: day.getYear(), month: day.getMonth(), day: day.getDay() }
}
