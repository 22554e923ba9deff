import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { calendarFromFile, computeDeadline, publishedCalendar, readLocalRules } from '../../src/cases/index.ts'
import { PROCEDURES } from '../../src/cases/procedures/index.ts'
import { dueFields, dueOf, extendTerm, pauseTerms, resumeTerms, startTerms } from '../../src/cases/procedures/terms.ts'
import { CASE_KINDS } from '../../src/cases/schema.ts'
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

  const rows = CASE_KINDS.flatMap((kind) => PROCEDURES[kind].deadlines.map((row) => ({ kind, row, id: row.id })))
  it.each(rows)(
    '$kind, $id: every day of receipt has a last day that is no day of rest and never earlier than the day before’s',
    ({ row }) => {
      let before = ''
      for (const start of starts) {
        const startedAt = new Date(`${start}T15:00:00+08:00`)
        const { due, provisional } = dueOf(row.rule, { startedAt }, calendar)
        expect(provisional).toBeUndefined()
        expect(due! >= (row.rule.unit === 'hours' ? start : next(start))).toBe(true)
        if (row.rule.restDay !== 'keep' && row.rule.unit !== 'hours') expect(calendar.isWorkday(due!), due!).toBe(true)
        expect(due! >= before, start).toBe(true)
        before = due!
      }
    },
  )

  it.each(rows.filter(({ row }) => row.extension))(
    '$kind, $id: longer when approved in time, by no more than the rules allow, and once',
    ({ kind, row }) => {
      for (const start of starts.filter((_, index) => index % 5 === 0)) {
        const startedAt = new Date(`${start}T15:00:00+08:00`)
        const facts = { named: true, urgent: false, reviewRound: 0 }
        const terms = startTerms(PROCEDURES[kind], row.from, startedAt, calendar, facts).filter(
          ({ id }) => id === row.id,
        )
        const { due, deadlines } = extendTerm(
          PROCEDURES[kind],
          new Date(`${next(start, 3)}T00:00:00Z`),
          calendar,
          terms,
        )
        expect(due! > terms[0]!.due!).toBe(true)
        expect(() => extendTerm(PROCEDURES[kind], startedAt, calendar, deadlines)).toThrow(
          expect.objectContaining({ shown: '这个期限已经延长过一次了。' }) as Error,
        )
        const late = new Date(`${next(terms[0]!.due!)}T00:00:00+08:00`)
        expect(() => extendTerm(PROCEDURES[kind], late, calendar, terms)).toThrow(
          expect.objectContaining({ shown: '期限已经过了,不能再延长。' }) as Error,
        )
      }
    },
  )

  it('a pause gives back exactly its days, and a limit that rests is on nobody’s list', () => {
    const procedure = PROCEDURES.petition
    const facts = { named: true, urgent: false, reviewRound: 0 }
    for (const start of starts.filter((_, index) => index % 5 === 0)) {
      const at = (day: string): Date => new Date(`${day}T10:00:00+08:00`)
      const running = startTerms(procedure, 'accepted', at(start), calendar, facts)
      const paused = pauseTerms(procedure, at(next(start, 10)), calendar, running)
      expect(dueFields(paused)).toMatchObject({ nextDue: null, dueKey: '9999-12-31' })
      const [resumed] = resumeTerms(procedure, at(next(start, 17)), calendar, paused, false)
      const nominal = next(start, 67)
      const settled = Array.from({ length: 12 }, (_, days) => next(nominal, days)).find((day) =>
        calendar.isWorkday(day),
      )
      expect(resumed!.due).toBe(settled)
      const [restarted] = resumeTerms(procedure, at(next(start, 17)), calendar, paused, true)
      expect(restarted!.due! > resumed!.due!).toBe(true)
    }
  })

  it('a month ends on the same day of the next, or on its last', () => {
    const rule = { count: 1, unit: 'months', restDay: 'keep' } as const
    for (const [start, end] of [
      ['2024-01-31', '2024-02-29'],
      ['2025-01-31', '2025-02-28'],
      ['2025-12-15', '2026-01-15'],
      ['2025-02-28', '2025-03-28'],
    ] as const)
      expect(computeDeadline({ start, rule }, calendar).due).toBe(end)
  })
})

describe('the rules of a place', () => {
  it('make limits shorter, say so, and bring holidays that the library does not have', () => {
    const { procedures, calendar } = readLocalRules({
      limits: { petition: { handle: { count: 45, basis: '镇政府承诺' } } },
      calendar: { daysOff: { 2031: [['2031-01-01', '2031-01-03']] }, makeUpWorkdays: { 2031: ['2031-01-05'] } },
    })
    const row = procedures.petition.deadlines.find(({ id }) => id === 'handle')!
    expect(row).toMatchObject({ rule: { count: 45 }, basis: expect.stringMatching(/镇政府承诺.*第34条/) as string })
    expect([calendar.knows(2031), calendar.knows(2025), calendar.knows(2032)]).toEqual([true, true, false])
    expect(['2031-01-02', '2031-01-05', '2025-10-11'].map((day) => calendar.isWorkday(day))).toEqual([
      false,
      true,
      true,
    ])
  })

  it.each([
    [{ limits: { petition: { handle: { count: 90 } } } }, '只能比规定的60短'],
    [{ limits: { petition: { other: { count: 5 } } } }, '没有这个期限'],
    [{ limits: { rumour: { handle: { count: 5 } } } }, 'limits'],
    [{ limit: {} }, 'limit'],
  ])('are refused when they are wrong: %j', (raw, told) => {
    expect(() => readLocalRules(raw)).toThrow(
      expect.objectContaining({ shown: expect.stringContaining(told) as string }) as Error,
    )
  })
})
