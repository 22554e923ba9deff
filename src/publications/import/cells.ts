/** One cell → a value: dates and money in every usual way of writing. null = empty; undefined = cannot be read. */
import type { CellValue } from './read-table.ts'

const EMPTY = /^[\s\-—–//无]*$/

export function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value).normalize('NFKC').trim()
}

/** 元 as written (1,234.5 · ¥1234 · 3.5万 · 1234元) → 分. */
export function cellMoney(value: CellValue | undefined): number | null | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * 100) : undefined
  const text = cellText(value)
  if (EMPTY.test(text)) return null
  const match = /^[¥¥]?\s*([-+]?[\d,]+(?:\.\d+)?)\s*(万)?\s*元?$/.exec(text)
  if (!match?.[1]) return undefined
  return Math.round(Number(match[1].replaceAll(',', '')) * (match[2] ? 1_000_000 : 100))
}

/** A number, percent sign and thousands marks allowed: 85% → 85. A workbook's 0.85 in a percent column stays 0.85. */
export function cellNumber(value: CellValue | undefined): number | null | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const text = cellText(value)
  if (EMPTY.test(text)) return null
  const match = /^([-+]?[\d,]+(?:\.\d+)?)\s*[%%]?\s*[\u4e00-\u9fff]{0,2}$/.exec(text)
  return match?.[1] ? Number(match[1].replaceAll(',', '')) : undefined
}

/** 2025-03-05 · 2025/3/5 · 2025.3.5 · 2025年3月5日 · 20250305 · a workbook's date → YYYY-MM-DD. */
export function cellDate(value: CellValue | undefined): string | null | undefined {
  if (typeof value === 'number' && value > 20_000 && value < 80_000) {
    return new Date(Math.round((value - 25_569) * 86_400_000)).toISOString().slice(0, 10)
  }
  const text = cellText(value)
  if (EMPTY.test(text)) return null
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (!match) return undefined
  const [, year, month, day] = match.map(Number)
  const at = new Date(Date.UTC(year!, month! - 1, day))
  return at.getUTCMonth() === month! - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined
}

/** 2025-03 · 2025年3月 · 2025/3 · 202503 · a date of that month → YYYY-MM. */
export function cellMonth(value: CellValue | undefined): string | null | undefined {
  const text = cellText(value)
  if (EMPTY.test(text)) return null
  const match = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月].*)?$/.exec(text) ?? /^(\d{4})(\d{2})$/.exec(text)
  const month = Number(match?.[2])
  return match?.[1] && month >= 1 && month <= 12 ? `${match[1]}-${String(month).padStart(2, '0')}` : undefined
}

/** 甲、乙;丙 → three names. */
export function splitList(text: string): string[] {
  return text
    .split(/[、;;,,|/\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
