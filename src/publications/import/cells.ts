/** One cell → a value: dates and money in every usual way of writing. null = empty; undefined = cannot be read. */
import { isBroken } from './raw-table.ts'
import type { CellValue } from './raw-table.ts'

const EMPTY = /^[\s\-—–―~_//无]*$/

/** Beyond ten thousand million 元 it is no village's money, but a number that slipped into the wrong column. */
const MOST_FEN = 1e12

export function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (isBroken(value)) return value.written
  return String(value)
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\ufeff]/g, '')
    .trim()
}

/** Thousands in groups of three, or none at all: 1,23 may be a slip of 123 or of 1.23. */
const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?$/

/** 元 as written (1,234.5 · ¥1234 · 1.2万 · 1234元整 · (20) · -¥20 · 人民币20元) → 分. Brackets are a minus. */
export function cellMoney(value: CellValue | undefined): number | null | undefined {
  if (typeof value === 'number') return bounded(Math.round(value * 100))
  if (value instanceof Date || typeof value === 'boolean' || isBroken(value)) return undefined
  let text = cellText(value).replaceAll(/\s/g, '')
  if (EMPTY.test(text)) return null
  const inBrackets = /^\((.+)\)(元)?$/.exec(text)
  if (inBrackets?.[1]) text = inBrackets[1]
  const marks = /^(?:人民币|RMB|CNY)?([-+−负]?)(?:[¥¥](?=[\d.+-]))?([-+−]?)(.*?)(万|亿)?(?:元|圆)?(?:整|正)?$/i.exec(
    text,
  )
  const written = AMOUNT.exec(marks?.[3] ?? '')
  if (!marks || !written || (!written[1] && !written[2])) return undefined
  const minus = [inBrackets !== null, isMinus(marks[1]), isMinus(marks[2])].filter(Boolean).length
  // Two signs on one number are a slip.
  if (minus > 1) return undefined
  const unit = marks[4] === '万' ? 1_000_000 : marks[4] === '亿' ? 10_000_000_000 : 100
  const fen = Math.round(Number((written[1] ?? '0').replaceAll(',', '') + (written[2] ?? '')) * unit)
  return bounded(minus === 1 && fen !== 0 ? -fen : fen)
}

const isMinus = (mark: string | undefined): boolean => mark !== undefined && mark !== '' && mark !== '+'
const bounded = (fen: number): number | undefined =>
  Number.isFinite(fen) && Math.abs(fen) <= MOST_FEN ? fen : undefined

/** A number, percent sign and thousands marks allowed: 85% → 85. A workbook's 0.85 in a percent column stays 0.85. */
export function cellNumber(value: CellValue | undefined): number | null | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (isBroken(value)) return undefined
  const text = cellText(value)
  if (EMPTY.test(text)) return null
  const match = /^([-+]?[\d,]+(?:\.\d+)?)\s*[%%]?\s*[\u4e00-\u9fff]{0,2}$/.exec(text)
  return match?.[1] ? Number(match[1].replaceAll(',', '')) : undefined
}

/**
 * 2025-03-05 · 2025/3/5 · 2025.3.5 · 2025年3月5日 · 20250305 · 25.3.5 · a workbook's date or its serial → YYYY-MM-DD.
 * @param year of the sheet: 3月5日 · 3.5 · 3/5 are of it; without one they cannot be read
 */
export function cellDate(value: CellValue | undefined, year?: number): string | null | undefined {
  if (typeof value === 'number') {
    // Serials of 1982 to 2064; a number with a fraction is a time of that day, or 3.5 that meant 3月5日.
    if (value > 30_000 && value < 60_000)
      return new Date(Math.floor(value - 25_569) * 86_400_000).toISOString().slice(0, 10)
    if (value < 19_000_000 || !Number.isInteger(value)) return undefined
  }
  if (typeof value === 'boolean' || isBroken(value)) return undefined
  const text = cellText(value).replaceAll(/\s+(?=[-/.年月日])|(?<=[-/.年月日])\s+/g, '')
  if (EMPTY.test(text)) return null
  const full =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[\sT].*)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^['’](\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text) ??
    /^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text)
  if (full) {
    const [, written, month, day] = full.map(Number)
    return toDate(written! < 100 ? 2000 + written! : written!, month!, day!)
  }
  const short = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text)
  return short && year !== undefined ? toDate(year, Number(short[1]), Number(short[2])) : undefined
}

function toDate(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day))
  const real = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1949 && year <= 2099
  return real ? at.toISOString().slice(0, 10) : undefined
}

/**
 * 2025-03 · 2025年3月 · 2025/3 · 202503 · a date of that month → YYYY-MM.
 * @param year of the sheet: 3月 and 3月份 are of it
 */
export function cellMonth(value: CellValue | undefined, year?: number): string | null | undefined {
  if (isBroken(value)) return undefined
  if (typeof value === 'number' && value > 30_000 && value < 60_000) return cellDate(value)?.slice(0, 7)
  const text = cellText(value).replaceAll(/\s/g, '')
  if (EMPTY.test(text)) return null
  const match =
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月].*)?$/.exec(text) ??
    /^(\d{4})(\d{2})$/.exec(text) ??
    (year === undefined ? null : /^()(\d{1,2})月份?$/.exec(text))
  if (!match) return undefined
  const month = Number(match[2])
  return month >= 1 && month <= 12 ? `${match[1] || year}-${String(month).padStart(2, '0')}` : undefined
}

/** 甲、乙;丙 → three names. */
export function splitList(text: string): string[] {
  return text
    .split(/[、;;,,|/\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
