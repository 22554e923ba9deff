/** Projects with their bids, payments and progress: four sheets of one workbook → one record a project. */
import { draft } from './draft.ts'
import { fault } from './fault.ts'
import type { Read } from './read-finance.ts'
import type { RawTable } from './raw-table.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows, whereOf } from './table.ts'

export function readProjects(file: string, tables: readonly RawTable[]): Read {
  const sheet = (name: string): RawTable | undefined => tables.find((table) => table.sheet.includes(name))
  const main = sheet('项目') ?? tables[0]
  if (!main) return { records: [], errors: [fault(importReplies.sheetMissing(file, '项目'))], notes: [], masked: [] }
  const empty = { rows: [], errors: [], notes: [], masked: [] }
  const of = <T>(name: string, read: (table: RawTable) => T): T | typeof empty => {
    const table = sheet(name)
    return table && table !== main ? read(table) : empty
  }
  const projects = readRows(main, shapes.projects)
  const bids = of('投标', (table) => readRows(table, shapes.bids))
  const payments = of('付款', (table) => readRows(table, shapes.payments))
  const progress = of('进度', (table) => readRows(table, shapes.progress))
  const all = [projects, bids, payments, progress]
  const errors = all.flatMap((read) => read.errors)
  const codes = new Set<string>()
  const records = projects.rows.map(({ row, value }) => {
    if (value.code !== '' && codes.has(value.code))
      errors.push({
        ...fault(importReplies.duplicate(whereOf(main), row, '编号', value.code), row, '编号'),
        sheet: main.sheet,
      })
    codes.add(value.code)
    const mine = <R extends { value: { project: string } }>(rows: R[]): R['value'][] =>
      rows
        .filter((each) => each.value.project === value.code || each.value.project === value.name)
        .map((each) => each.value)
    const project = {
      ...value,
      percent: percent(value.percent),
      bids: mine(bids.rows).map(({ bidder, price, won }) => ({
        bidder,
        price: price ?? 0,
        won: /^(是|中标|√|1|true|y)/i.test(won),
      })),
      payments: mine(payments.rows).map(({ date, amount, voucher, note }) => ({
        date,
        amount: amount ?? 0,
        voucher,
        note,
      })),
      progress: mine(progress.rows)
        .map(({ date, percent: done, note }) => ({ date, percent: percent(done), note }))
        .sort((a, b) => a.date.localeCompare(b.date)),
    }
    return draft('project', value.code, project, {
      date: value.startedOn,
      text: [value.name, value.aliases, value.category, value.contractor],
    })
  })
  return { records, errors, notes: all.flatMap(({ notes }) => notes), masked: all.flatMap(({ masked }) => masked) }
}

/** A workbook's percent cell holds 0.85 for 85%. */
function percent(value: number | null): number | null {
  return value !== null && value > 0 && value < 1 ? Math.round(value * 1000) / 10 : value
}
