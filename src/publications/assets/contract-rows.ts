/** Facts of a contract in pairs, for cards and pages. */
import { yuan } from '../format.ts'
import { chineseDate } from '../periods.ts'
import type { Contract } from '../records.ts'
import { assetReplies } from './replies.ts'

const money = (fen: number | null): string => (fen === null ? '' : yuan(fen))

/** Without those that were not published. */
export function contractRows(contract: Contract): { label: string; value: string }[] {
  const { labels } = assetReplies
  return [
    { label: labels.party, value: contract.party },
    { label: labels.yearly, value: money(contract.yearly) },
    { label: labels.to, value: chineseDate(contract.to) },
    { label: labels.received, value: money(contract.received) },
    { label: labels.outstanding, value: money(contract.outstanding) },
    { label: labels.total, value: money(contract.total) },
    { label: labels.status, value: contract.status },
    { label: labels.from, value: chineseDate(contract.from) },
    { label: labels.signedOn, value: chineseDate(contract.signedOn) },
    { label: labels.category, value: contract.category },
    { label: labels.payment, value: contract.payment },
    { label: labels.plan, value: contract.plan },
    { label: labels.procedure, value: contract.procedure },
    { label: labels.counsel, value: contract.counsel },
    { label: labels.exchange, value: contract.exchange },
    { label: labels.note, value: contract.note },
  ].filter(({ value }) => value !== '')
}

/** Whole days from one date to another, negative when it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
