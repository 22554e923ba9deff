/** Ledger, bank months, debts: rows → records. */
import type { DraftRecord } from './draft.ts'
import { draft } from './draft.ts'
import { fault } from './fault.ts'
import { yuanNumber } from '../format.ts'
import type { RawTable } from './raw-table.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows, whereOf } from './table.ts'
import type { Remarks } from './table.ts'

export interface Read extends Remarks {
  records: DraftRecord[]
}

/** Lines without a voucher number, or several lines of one voucher, are told apart by their order on that day. */
export function readLedger(tables: readonly RawTable[]): Read {
  const read: Read = { records: [], errors: [], notes: [], masked: [] }
  const seen = new Map<string, number>()
  const inMonth = new Map<string, number>()
  for (const table of tables) {
    const where = whereOf(table)
    const { rows, ...remarks } = readRows(table, shapes.ledger)
    remark(read, remarks)
    const faulty = new Set(remarks.errors.map(({ row }) => row))
    let before: number | null = null
    for (const { row, value } of rows) {
      // What is wrong in it has been told; what follows from that would only confuse.
      if (faulty.has(row)) continue
      if (value.income === null && value.expense === null && value.balance === null) {
        read.errors.push({ ...fault(importReplies.noAmount(where, row), row, '支出'), sheet: table.sheet })
        continue
      }
      const should: number | null = before === null ? null : before + (value.income ?? 0) - (value.expense ?? 0)
      if (should !== null && value.balance !== null && should !== value.balance && read.notes.length < MAX_NOTES)
        read.notes.push(importReplies.notes.balance(where, row, yuanNumber(should), yuanNumber(value.balance)))
      before = value.balance
      const stem = `${value.date}-${value.voucher || value.category}`.replaceAll(/[\s#/?]+/g, '')
      const order = (seen.get(stem) ?? 0) + 1
      seen.set(stem, order)
      const month = value.date.slice(0, 7)
      const place = (inMonth.get(month) ?? 0) + 1
      inMonth.set(month, place)
      const line = { ...value, income: value.income ?? 0, expense: value.expense ?? 0, order: place }
      read.records.push(
        draft('ledger', `l-${stem}${order > 1 ? `-${order}` : ''}`, line, {
          date: value.date,
          text: [value.category, value.summary, value.project, value.payee],
          facets: [`category:${value.category}`, ...(value.project ? [`project:${value.project}`] : [])],
        }),
      )
    }
  }
  return read
}

/** More would not be read. */
const MAX_NOTES = 30

/** Adds what one table has to say. */
export function remark(read: Remarks, { errors, notes, masked }: Remarks): void {
  read.errors.push(...errors)
  read.notes.push(...notes)
  read.masked.push(...masked)
}

export function readBank(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.bank)
  return {
    ...remarks,
    records: rows.map(({ value }) =>
      draft(
        'bank',
        `bank-${value.month}`,
        {
          ...value,
          opening: value.opening ?? 0,
          income: value.income ?? 0,
          expense: value.expense ?? 0,
          closing: value.closing ?? 0,
        },
        { date: `${value.month}-01`, text: [] },
      ),
    ),
  }
}

export function readDebts(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.debts)
  return {
    ...remarks,
    records: rows.map(({ value }, index) =>
      draft(
        'debt',
        `debt-${value.date}-${index + 1}`,
        { ...value, amount: value.amount ?? 0 },
        { date: value.date, text: [value.type, value.party, value.reason] },
      ),
    ),
  }
}
