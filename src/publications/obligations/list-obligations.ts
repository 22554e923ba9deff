/** A village's calendar of publication: what was due and when it came, what is late, what is due next. */
import { periodBounds, periodLabel } from '../periods.ts'
import type { PublicationClass, RecordKind, StoredPublication } from '../records.ts'
import { OBLIGATIONS } from './rules.ts'
import type { ObligationRule } from './rules.ts'

export type ObligationState = 'in-time' | 'late' | 'overdue' | 'soon' | 'coming'

export interface Obligation {
  item: string
  class: PublicationClass
  kinds: readonly RecordKind[]
  /** 2026-08, 2026Q3, 2026, a batch; empty where there is none. */
  period: string
  dueAt: string
  state: ObligationState
  /** First published on; empty while it is not. */
  publishedAt: string
  /** After the due date; of what is not published, until today. */
  lateDays: number
}

export type History = Pick<
  StoredPublication,
  'item' | 'class' | 'kinds' | 'period' | 'from' | 'to' | 'dueAt' | 'publishedAt' | 'state'
>

/** Due within so many days is said beforehand. */
export const SOON_DAYS = 7

const DAY_MS = 86_400_000
const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/**
 * @param history all versions that the village has published, and what it has announced
 * @param today YYYY-MM-DD in Asia/Shanghai; periods that have not begun are left out
 * @returns by due date, newest first. A rule holds from the first period that the village has published of it: what was
 *   before the village joined is nobody's debt.
 */
export function listObligations(history: readonly History[], today: string): Obligation[] {
  const ruled = OBLIGATIONS.flatMap((rule) => byRule(rule, history, today))
  const periodic = new Set(OBLIGATIONS.flatMap(({ kinds }) => kinds))
  const events = new Map<string, History[]>()
  for (const each of history) {
    if (each.dueAt === '' || each.kinds.some((kind) => periodic.has(kind))) continue
    const key = `${each.item}|${each.period}`
    events.set(key, [...(events.get(key) ?? []), each])
  }
  const single = [...events.values()].map((versions) => {
    const { item, class: of, kinds, period } = versions[0]!
    return judge({ item, class: of, kinds, period }, versions, earliest(versions.map(({ dueAt }) => dueAt)), today)
  })
  return [...ruled, ...single].sort((a, b) => b.dueAt.localeCompare(a.dueAt) || a.item.localeCompare(b.item, 'zh'))
}

function byRule(rule: ObligationRule, history: readonly History[], today: string): Obligation[] {
  const own = history.filter(({ kinds, from }) => from !== '' && kinds.some((kind) => rule.kinds.includes(kind)))
  const published = own.filter(({ publishedAt }) => publishedAt !== '')
  const since = published.map(({ from }) => from).sort()[0]
  if (!since) return []
  const newest = published.sort((a, b) => b.from.localeCompare(a.from))[0]!
  const obligations: Obligation[] = []
  for (let period = periodOf(rule.every, since); period.from <= today; period = periodOf(rule.every, next(period.to))) {
    const covering = own.filter(({ from, to }) => from <= period.to && to >= period.from)
    const announced = covering.find(({ dueAt, from, to }) => dueAt !== '' && from >= period.from && to <= period.to)
    const named = {
      item: covering[0]?.item ?? newest.item,
      class: newest.class,
      kinds: rule.kinds,
      period: period.name,
    }
    obligations.push(judge(named, covering, announced?.dueAt ?? dueOf(rule, period), today))
  }
  return obligations
}

function judge(
  about: Pick<Obligation, 'item' | 'class' | 'kinds' | 'period'>,
  versions: readonly History[],
  dueAt: string,
  today: string,
): Obligation {
  const publishedAt = earliest(versions.map((version) => version.publishedAt))
  const lateDays = Math.max(0, daysFrom(dueAt, publishedAt || today))
  const state = publishedAt
    ? lateDays > 0
      ? 'late'
      : 'in-time'
    : lateDays > 0
      ? 'overdue'
      : daysFrom(today, dueAt) <= SOON_DAYS
        ? 'soon'
        : 'coming'
  return { ...about, dueAt, state, publishedAt, lateDays }
}

const earliest = (dates: readonly string[]): string => dates.filter((date) => date !== '').sort()[0] ?? ''

interface Period {
  name: string
  from: string
  to: string
}

/** The period of this length that holds the day. */
function periodOf(every: ObligationRule['every'], day: string): Period {
  const year = day.slice(0, 4)
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3)
  const name = every === 'month' ? day.slice(0, 7) : every === 'quarter' ? `${year}Q${quarter}` : year
  return { name, ...periodBounds(name) }
}

const next = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

function dueOf({ every, month, day }: ObligationRule, period: Period): string {
  const on = (of: string): string => `${of}-${String(day).padStart(2, '0')}`
  return every === 'year'
    ? on(`${period.name}-${String(month ?? 12).padStart(2, '0')}`)
    : on(next(period.to).slice(0, 7))
}

export interface OnTime {
  /** Due in the last twelve months. */
  due: number
  inTime: number
  late: number
  overdue: number
  /** Whole percent; null when nothing was due. */
  percent: number | null
}

/** How much of what fell due within a year before today came in time. */
export function onTimeOf(obligations: readonly Obligation[], today: string): OnTime {
  const since = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  const due = obligations.filter(({ dueAt, state }) => dueAt > since && (dueAt <= today || state === 'in-time'))
  const settled = due.filter(({ state }) => state !== 'soon' && state !== 'coming')
  const count = (state: ObligationState): number => settled.filter((each) => each.state === state).length
  const inTime = count('in-time')
  return {
    due: settled.length,
    inTime,
    late: count('late'),
    overdue: count('overdue'),
    percent: settled.length === 0 ? null : Math.floor((inTime / settled.length) * 100),
  }
}

export const periodText = (period: string): string => periodLabel(periodBounds(period)) || period
