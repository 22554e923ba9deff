/** What a place promises beyond the rules, and a year's holidays before the library has them: one file, read at start. */
import { z } from 'zod'
import { DomainError } from '../../infrastructure/errors.ts'
import { CASE_KINDS } from '../schema.ts'
import { calendarFromFile, publishedCalendar } from './calendar.ts'
import type { WorkCalendar } from './calendar.ts'
import { PROCEDURES } from './index.ts'
import type { DeadlineTerm, Procedures } from './index.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const Year = z.string().regex(/^\d{4}$/)

/** limits: kind → limit's id → days (or hours) of its own unit. calendar: as in the State Council's notice, by year. */
const LocalRules = z.strictObject({
  limits: z
    .partialRecord(
      z.enum(CASE_KINDS),
      z.record(z.string(), z.strictObject({ count: z.number().int().min(1), basis: z.string().optional() })),
    )
    .default({}),
  calendar: z
    .strictObject({
      daysOff: z.record(Year, z.array(z.tuple([Day, Day]))),
      makeUpWorkdays: z.record(Year, z.array(Day)).default({}),
    })
    .optional(),
})

/** @throws DomainError local_rules_invalid, naming the places; a limit may be made shorter, never longer than the rules allow */
export function readLocalRules(raw: unknown): { calendar: WorkCalendar; procedures: Procedures } {
  const parsed = LocalRules.safeParse(raw ?? {})
  if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const { limits, calendar } = parsed.data
  const wrong: string[] = []
  const procedures = Object.fromEntries(
    CASE_KINDS.map((kind) => {
      const own = limits[kind] ?? {}
      const { deadlines } = PROCEDURES[kind]
      for (const id of Object.keys(own))
        if (!deadlines.some((row) => row.id === id)) wrong.push(`limits.${kind}.${id}: 没有这个期限`)
      const changed = deadlines.map((row): DeadlineTerm => {
        const promise = own[row.id]
        if (!promise) return row
        if (promise.count > row.rule.count) wrong.push(`limits.${kind}.${row.id}: 只能比规定的${row.rule.count}短`)
        const basis = `本地承诺期限${promise.basis ? `(${promise.basis})` : ''},不超过${row.basis}`
        return { ...row, rule: { ...row.rule, count: promise.count }, basis }
      })
      return [kind, { ...PROCEDURES[kind], deadlines: changed }]
    }),
  ) as unknown as Procedures
  if (wrong.length > 0) throw invalid(wrong)
  return {
    calendar: calendar ? overlaid(calendarFromFile(calendar), publishedCalendar()) : publishedCalendar(),
    procedures,
  }
}

/** Years of the file are the file's; all others the library's. */
function overlaid(file: WorkCalendar, library: WorkCalendar): WorkCalendar {
  return {
    knows: (year) => file.knows(year) || library.knows(year),
    isWorkday: (date) => (file.knows(Number(date.slice(0, 4))) ? file : library).isWorkday(date),
  }
}

const invalid = (places: string[]): DomainError =>
  new DomainError('local_rules_invalid', 400, `本地规则文件有误:${places.join(';')}`)
