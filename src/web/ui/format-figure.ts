/**
 * Writes a figure beside a bar, short enough for a phone: from 10,000 on in 万 with two decimals, from 1,000 on whole.
 * Exact figures stand in tables and facts; they come as text and are not rounded here.
 * @param unit appended as it is (元, 亩, 户 …)
 */
export function formatFigure(value: number, unit = ''): string {
  if (!Number.isFinite(value)) return '—'
  const size = Math.abs(value)
  if (size >= 10_000) return `${formatNumber(value / 10_000, 2)}万${unit}`
  return `${formatNumber(value, size >= 1_000 ? 0 : 2)}${unit}`
}

function formatNumber(value: number, decimals: number): string {
  return value.toLocaleString('zh-CN', { maximumFractionDigits: decimals })
}

/** 2026-03 → 2026年3月; anything else stays. */
export function formatLabel(label: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(label) ?? []
  return month ? `${year}年${Number(month)}月` : label
}
