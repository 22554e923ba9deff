import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { calendarFromFile, computeDeadline, publishedCalendar } from '../../src/cases/index.ts'
import type { CalendarFile, DeadlineRule, WorkCalendar } from '../../src/cases/index.ts'

interface Case {
  id: string
  start: string
  rule: DeadlineRule
  pauses?: { from: string; until: string | null }[]
  restartOn?: string
  expected: string | null
  expectedRemaining?: number
  expectError?: string
}
const file = parse(readFileSync(new URL('fixtures/deadlines.yaml', import.meta.url), 'utf8')) as {
  calendar: CalendarFile
  cases: Case[]
}

describe('deadlines by the conventions', () => {
  const calendars: [string, WorkCalendar][] = [
    ['the file', calendarFromFile(file.calendar)],
    ['the library', publishedCalendar()],
  ]
  const evaluation = parse(readFileSync('test/evaluation/deadlines.yaml', 'utf8')) as typeof file
  it.each(evaluation.cases)('evaluation file: $id', ({ expected, expectedRemaining, expectError, ...input }) => {
    const calendar = calendarFromFile(evaluation.calendar)
    if (expectError) {
      expect(() => computeDeadline(input, calendar)).toThrow()
      return
    }
    const result = computeDeadline(input, calendar)
    expect(result.due).toBe(expected)
    if (expectedRemaining !== undefined) expect(result.remaining).toBe(expectedRemaining)
  })

  describe.each(calendars)('with the calendar of %s', (_name, calendar) => {
    it.each(file.cases)('$id', ({ expected, expectedRemaining, expectError, ...input }) => {
      if (expectError) {
        expect(() => computeDeadline(input, calendar)).toThrow()
        return
      }
      const result = computeDeadline(input, calendar)
      expect(result.due).toBe(expected)
      if (expectedRemaining !== undefined) expect(result.remaining).toBe(expectedRemaining)
    })
  })
})

/** Every day of ten years as a starting day. */
function* days(from: string, to: string): Generator<string> {
  const at = new Date(`${from}T00:00:00Z`)
  for (; at.toISOString().slice(0, 10) <= to; at.setUTCDate(at.getUTCDate() + 1)) yield at.toISOString().slice(0, 10)
}
const next = (day: string, count = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

describe('over ten years of calendars', () => {
  const calendar = publishedCalendar()
  const starts = [...days('2016-01-01', '2025-12-31')]

  it('a limit in working days ends on a working day with exactly that many between', () => {
    for (const start of starts) {
      const { due } = computeDeadline(
        { start, rule: { count: 10, unit: 'working-days', restDay: 'not-applicable' } },
        calendar,
      )
      expect(calendar.isWorkday(due!)).toBe(true)
      let counted = 0
      for (let day = next(start); day <= due!; day = next(day)) if (calendar.isWorkday(day)) counted += 1
      expect(counted).toBe(10)
    }
  })

  it('a limit in days moves from a day of rest to the next working day, and never earlier', () => {
    for (const start of starts) {
      const rule = { count: 15, unit: 'calendar-days' } as const
      const kept = computeDeadline({ start, rule: { ...rule, restDay: 'keep' } }, calendar).due!
      const moved = computeDeadline({ start, rule: { ...rule, restDay: 'next-working-day' } }, calendar).due!
      expect(kept).toBe(next(start, 15))
      expect(calendar.isWorkday(moved)).toBe(true)
      for (let day = kept; day < moved; day = next(day)) expect(calendar.isWorkday(day)).toBe(false)
    }
  })

  it('a pause of n days moves the end by at least n days, and later starts never end earlier', () => {
    let before = ''
    for (const start of starts) {
      const rule = { count: 30, unit: 'calendar-days', restDay: 'keep' } as const
      const pause = { from: next(start, 5), until: next(start, 12) }
      const paused = computeDeadline({ start, rule, pauses: [pause] }, calendar).due!
      expect(paused).toBe(next(start, 37))
      expect(paused >= before).toBe(true)
      before = paused
    }
  })
})
