/** Which months of a village's ledger are published, and how a question's period meets them. */
import type { Period } from '../../conversation/index.ts'
import type { Bounds } from '../periods.ts'
import { joinMonths, monthsOf, periodBounds, periodLabel } from '../periods.ts'
import type { StoredPublication } from '../records.ts'
import type { Store } from '../store.ts'

export interface LedgerScope extends Bounds {
  label: string
  publications: StoredPublication[]
  /** Months asked for that have passed and are not published. */
  missing: string[]
  /** Asked for time before the first published month. */
  before: boolean
  /** First and last published month; empty when nothing is. */
  first: string
  last: string
}

/**
 * @param period null: the latest published year
 * @param today YYYY-MM-DD; the running month is not due yet
 */
export async function ledgerScope(
  store: Store,
  villageId: string,
  period: Bounds | null,
  today: string,
  latest: 'year' | 'month' = 'year',
): Promise<LedgerScope> {
  const all = (await store.publications(villageId, 'ledger')).filter(({ from }) => from !== '')
  const months = [...new Set(all.flatMap(monthsOf))].sort()
  const first = months[0] ?? ''
  const last = months.at(-1) ?? ''
  const asked = period ?? defaultPeriod(last, latest)
  const wanted = asked.from ? monthsOf(asked) : []
  const publications = all.filter(({ from, to }) => from <= asked.to && to >= asked.from)
  const published = new Set(months)
  const missing = wanted.filter(
    (month) => !published.has(month) && month < today.slice(0, 7) && (first === '' || month >= first),
  )
  const bounds = { from: asked.from, to: asked.to }
  return {
    ...bounds,
    label: labelOf(period, bounds, last),
    publications,
    missing,
    before: first !== '' && wanted.some((month) => month < first),
    first,
    last,
  }
}

function defaultPeriod(last: string, latest: 'year' | 'month'): Bounds {
  if (last === '') return { from: '', to: '' }
  return latest === 'month' ? periodBounds(last) : { from: `${last.slice(0, 4)}-01-01`, to: periodBounds(last).to }
}

function labelOf(period: Bounds | Period | null, bounds: Bounds, last: string): string {
  if (last === '') return ''
  if (period && 'label' in period && period.label) return period.label
  return periodLabel(bounds)
}

/** 2026年8月至10月 */
export const monthsLabel = (months: readonly string[]): string => joinMonths(months).map(periodLabel).join('、')

/** For an address: 2025, 2025-03 or 2025-03-01~2025-08-31. */
export function periodQuery({ from, to }: Bounds): string {
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4)
  const month = periodBounds(from.slice(0, 7))
  if (month.from === from && month.to === to) return from.slice(0, 7)
  return `${from}~${to}`
}
