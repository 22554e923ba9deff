/** Figures as villagers read them. */

/** 分 → 86,400元; 角 and 分 only where there are any. */
export function yuan(fen: number): string {
  return `${yuanNumber(fen)}元`
}

/** 分 → 86,400 or 86,400.50 */
export function yuanNumber(fen: number): string {
  return (fen % 100 === 0 ? WHOLE : WITH_CENTS).format(fen / 100)
}

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const WITH_CENTS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** 分 → 元 as a number, for charts. */
export const inYuan = (fen: number): number => fen / 100

export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10
}

/** At most `length` characters, with an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
