import { describe, expect, it } from 'vitest'
import { formatFigure, formatLabel } from '../../../src/web/ui/format-figure.ts'
import { daysBetween, formatClock, formatDay, formatMoment } from '../../../src/web/ui/format-time.ts'

describe('figures', () => {
  it.each([
    [860_000, '元', '86万元'],
    [86_400, '元', '8.64万元'],
    [256_808.04, '元', '25.68万元'],
    [-300_000, '元', '-30万元'],
    [9_999.6, '元', '10,000元'],
    [1_364.59, '元', '1,365元'],
    [747.89, '元', '747.89元'],
    [0, '户', '0户'],
    [Number.NaN, '元', '—'],
  ])('%s %s', (value, unit, expected) => expect(formatFigure(value, unit)).toBe(expected))

  it('writes months as they are said', () => {
    expect(['2026-03', '3月', '2026-03-01'].map(formatLabel)).toEqual(['2026年3月', '3月', '2026-03-01'])
  })
})

describe('times are those of Asia/Shanghai', () => {
  const lateEvening = '2026-11-22T16:30:00.000Z'

  it('is the next day there', () => {
    expect([formatDay(lateEvening), formatClock(lateEvening)]).toEqual(['2026-11-23', '00:30'])
  })

  it.each([
    ['2026-11-23T06:05:00Z', '今天 14:05'],
    ['2026-11-22T01:30:00Z', '昨天 09:30'],
    ['2026-03-02T02:00:00Z', '3月2日 10:00'],
    ['2025-03-02T02:00:00Z', '2025年3月2日 10:00'],
  ])('%s is %s', (at, expected) => expect(formatMoment(at, new Date('2026-11-23T10:00:00Z'))).toBe(expected))

  it('counts calendar days, not hours', () => {
    expect(daysBetween('2026-11-23T15:59:00Z', '2026-11-23T16:01:00Z')).toBe(1)
    expect(daysBetween('2026-11-23', '2026-11-21')).toBe(-2)
  })
})
