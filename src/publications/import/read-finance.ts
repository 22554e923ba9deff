/** Ledger, bank months, debts: rows → records. */
import type { DraftRecord } from './draft.ts'
import { draft } from './draft.ts'
import type { RawTable } from './read-table.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows } from './table.ts'

export interface Read {
  records: DraftRecord[]
  errors: string[]
}

/** Lines without a voucher number, or several lines of one voucher, are told apart by their order on that day. */
export function readLedger(tables: readonly RawTable[]): Read {
  const errors: string[] = []
  const records: DraftRecord[] = []
  const seen = new Map<string, number>()
  const inMonth = new Map<string, number>()
  for (const table of tables) {
    const read = readRows(table, shapes.ledger)
    errors.push(...read.errors)
    for (const { row, value } of read.rows) {
      if (value.income === null && value.expense === null && value.balance === null) {
        errors.push(importReplies.cell(table.file, row, '支出', '', importReplies.expected.money))
        continue
      }
      const stem = `${value.date}-${value.voucher || value.category}`.replaceAll(/[\s#/?]+/g, '')
      const order = (seen.get(stem) ?? 0) + 1
      seen.set(stem, order)
      const month = value.date.slice(0, 7)
      const place = (inMonth.get(month) ?? 0) + 1
      inMonth.set(month, place)
      const line = { ...value, income: value.income ?? 0, expense: value.expense ?? 0, order: place }
      records.push(
        draft('ledger', `l-${stem}${order > 1 ? `-${order}` : ''}`, line, {
          date: value.date,
          text: [value.category, value.summary, value.project, value.payee],
          facets: [`category:${value.category}`, ...(value.project ? [`project:${value.project}`] : [])],
        }),
      )
    }
  }
  return { records, errors }
}

export function readBank(table: RawTable): Read {
  const { rows, errors } = readRows(table, shapes.bank)
  return {
    errors,
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
  const { rows, errors } = readRows(table, shapes.debts)
  return {
    errors,
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
