/** Deadlines, computed. Conventions: the day of receipt is not counted; the last day is on time until 24:00; Asia/Shanghai. */
import { DomainError } from '../../infrastructure/errors.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { addDays } from './calendar.ts'
import type { WorkCalendar } from './calendar.ts'

/** A month ends on the day of the same number, or on the month's last day where there is none (Civil Code art. 202). */
export type DayUnit = 'calendar-days' | 'working-days' | 'months'

export interface DeadlineRule {
  count: number
  unit: DayUnit
  /** What happens when the last day is a day of rest; a limit in working days cannot end on one. */
  restDay: 'keep' | 'next-working-day' | 'not-applicable'
  /** Received on a day of rest: counts as received on the next working day. Default as-is. */
  receipt?: 'as-is' | 'next-working-day'
  /** Runs on from the nominal last day. Approved after the limit has passed it has no effect; longer than `max` is an error. */
  extension?: { count: number; unit?: DayUnit; approvedOn: string; max?: number } | null
}

/** Half open: `from` is not counted, `until` is counted again; null: still paused. Dates, or moments in ISO 8601. */
export interface Pause {
  from: string
  until: string | null
}

export interface DeadlineInput {
  /** The moment of receipt or acceptance. */
  start: string | Date
  rule: DeadlineRule
  pauses?: readonly Pause[]
  /** Day on which missing papers came: the limit runs anew from here, this day not counted. */
  restartOn?: string | null
}

/** `due` is the last day (YYYY-MM-DD). While paused there is none, but so many days remain. */
export type Deadline = { due: string; nominal: string; remaining?: undefined } | { due: null; remaining: number }

/** No limit of ours runs this long: a wrong table or pause must not loop. */
const MAX_DAYS = 3700

const dayOf = (value: string | Date): string => {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) throw new DomainError('deadline_invalid', 400, '日期不对,没法计算期限。')
  return shanghaiDate(at)
}

function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

const daysUntil = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/**
 * @throws DomainError calendar_missing when a day has to be judged whose year's arrangement is not published;
 *   extension_too_long; deadline_invalid
 */
export function computeDeadline(input: DeadlineInput, calendar: WorkCalendar): Deadline {
  const { rule } = input
  if (!Number.isInteger(rule.count) || rule.count < 1)
    throw new DomainError('deadline_invalid', 400, '期限天数不对,没法计算。')
  const { extension } = rule
  if (extension && extension.max !== undefined && extension.count > extension.max)
    throw new DomainError('extension_too_long', 400, `延长不能超过${extension.max}日。`)
  const pauses = (input.pauses ?? []).map(({ from, until }) => ({ from: dayOf(from), until: until && dayOf(until) }))
  const isWorkday = (day: string): boolean => {
    if (!calendar.knows(Number(day.slice(0, 4))))
      throw new DomainError('calendar_missing', 409, `${day.slice(0, 4)}年的放假安排还没有公布,期限暂时算不出来。`)
    return calendar.isWorkday(day)
  }
  const pausedAt = (day: string): { until: string | null } | undefined =>
    pauses.find(({ from, until }) => day >= from && (until === null || day < until))

  /** Counts on from `from`; gives the day reached, or how many were left when an open pause began. */
  const count = (from: string, days: number, unit: DayUnit): { day: string } | { left: number } => {
    let day = from
    let left = days
    for (let steps = 0; left > 0; steps += 1) {
      if (steps > MAX_DAYS) throw new DomainError('deadline_invalid', 400, '期限太长,没法计算。')
      day = addDays(day, 1)
      const pause = pausedAt(day)
      if (pause) {
        if (pause.until === null) return { left }
        continue
      }
      if (unit === 'calendar-days' || isWorkday(day)) left -= 1
    }
    return { day }
  }
  const settle = (day: string): string => {
    if (rule.restDay !== 'next-working-day') return day
    let settled = day
    while (!isWorkday(settled) || pausedAt(settled)?.until) settled = addDays(settled, 1)
    return settled
  }

  let start = dayOf(input.restartOn ?? input.start)
  if (rule.receipt === 'next-working-day') while (!isWorkday(start)) start = addDays(start, 1)
  // Once it is known how many days the months have, a pause adds its days as for any other limit.
  const inDays = (from: string, many: number, unit: DayUnit): [string, number, DayUnit] =>
    unit === 'months' ? [from, daysUntil(from, addMonths(from, many)), 'calendar-days'] : [from, many, unit]
  const first = count(...inDays(start, rule.count, rule.unit))
  if ('left' in first) {
    const more = extension && (extension.unit ?? rule.unit) === rule.unit ? extension.count : 0
    return { due: null, remaining: first.left + more }
  }
  const due = extension && dayOf(extension.approvedOn) <= settle(first.day) ? null : settle(first.day)
  if (due !== null || !extension) return { due: due ?? settle(first.day), nominal: first.day }
  const second = count(...inDays(first.day, extension.count, extension.unit ?? rule.unit))
  if ('left' in second) return { due: null, remaining: second.left }
  return { due: settle(second.day), nominal: second.day }
}
