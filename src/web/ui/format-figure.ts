/**
 * Writes a figure as villagers read it: thousands separated, at most two decimals, 万 from 100,000 元 when it stays exact to 10 元.
 * @param unit appended as it is (元, 亩, 户 …)
 */
export function formatFigure(value: number, unit = ''): string {
  if (!Number.isFinite(value)) return '—'
  const inTenThousands = Math.abs(value) >= 100_000 && unit === '元' && Math.abs(value) % 10 === 0
  if (inTenThousands) return `${formatNumber(value / 10_000, 3)}万${unit}`
  return `${formatNumber(value, 2)}${unit}`
}

/** 1,234.5: thousands separated, up to `decimals` decimals. */
export function formatNumber(value: number, decimals = 2): string {
  return value.toLocaleString('zh-CN', { maximumFractionDigits: decimals })
}

/** Money in 元 with two decimals when there are 分, none otherwise: 86,400 / 1,203.50. */
export function formatMoney(value: number): string {
  const decimals = Number.isInteger(value) ? 0 : 2
  return value.toLocaleString('zh-CN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}
