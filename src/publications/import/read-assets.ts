/** Contracts, assets, resources, subsidies with their posted lists, and the roster: rows → records. */
import { draft } from './draft.ts'
import type { DraftRecord } from './draft.ts'
import type { Read } from './read-finance.ts'
import type { RawTable } from './read-table.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows } from './table.ts'

export function readContracts(table: RawTable): Read {
  const { rows, errors } = readRows(table, shapes.contracts)
  return {
    errors: [...errors, ...repeated(table.file, '合同编号', rows, ({ code }) => code)],
    records: rows.map(({ value }) =>
      draft('contract', value.code, value, {
        date: value.signedOn,
        text: [value.subject, value.aliases, value.category, value.party],
      }),
    ),
  }
}

export function readAssets(file: string, tables: readonly RawTable[]): Read {
  const records: DraftRecord[] = []
  const errors: string[] = []
  const assets = tables.find(({ sheet }) => sheet.includes('资产')) ?? tables[0]
  const resources = tables.find((table) => table.sheet.includes('资源') && table !== assets)
  if (!assets) errors.push(importReplies.sheetMissing(file, '资产'))
  if (assets) {
    const read = readRows(assets, shapes.assets)
    errors.push(...read.errors)
    for (const { value } of read.rows) {
      records.push(
        draft('asset', value.code, value, {
          date: value.boughtOn,
          text: [value.name, value.category, value.tenant, value.place],
        }),
      )
    }
  }
  if (resources) {
    const read = readRows(resources, shapes.resources)
    errors.push(...read.errors)
    for (const { value } of read.rows)
      records.push(draft('resource', value.code, value, { text: [value.name, value.type, value.holder] }))
  }
  return { records, errors }
}

export function readSubsidies(file: string, tables: readonly RawTable[]): Read {
  const records: DraftRecord[] = []
  const errors: string[] = []
  const sheet = (name: string): RawTable | null => {
    const found = tables.find((table) => table.sheet.includes(name))
    if (!found) errors.push(importReplies.sheetMissing(file, name))
    return found ?? null
  }
  const standards = sheet('标准')
  const batches = sheet('批次')
  const lists = sheet('名单')
  if (standards) {
    const read = readRows(standards, shapes.standards)
    errors.push(...read.errors)
    for (const { value } of read.rows) {
      records.push(
        draft('subsidy', `std-${value.name}`, value, {
          text: [value.name, value.aliases, value.target],
          facets: [`subsidy:${value.name}`],
        }),
      )
    }
  }
  const known = new Set<string>()
  if (batches) {
    const read = readRows(batches, shapes.batches)
    errors.push(...read.errors, ...repeated(file, '批次号', read.rows, ({ batch }) => batch))
    for (const { value } of read.rows) {
      known.add(value.batch)
      records.push(
        draft(
          'batch',
          value.batch,
          { ...value, amount: value.amount ?? 0 },
          { date: value.paidOn, text: [value.name, value.period], facets: [`subsidy:${value.name}`] },
        ),
      )
    }
  }
  if (lists) {
    const read = readRows(lists, shapes.list)
    errors.push(...read.errors)
    const order = new Map<string, number>()
    for (const { row, value } of read.rows) {
      if (batches && !known.has(value.batch))
        errors.push(importReplies.cell(`${file}(${lists.sheet})`, row, '批次号', value.batch, '“批次”表里有的批次号'))
      const number = (order.get(value.batch) ?? 0) + 1
      order.set(value.batch, number)
      records.push(
        draft(
          'list-row',
          `${value.batch}-${String(number).padStart(3, '0')}`,
          { ...value, amount: value.amount ?? 0 },
          { text: [value.householder], facets: [`batch:${value.batch}`, `name:${value.householder}`] },
        ),
      )
    }
  }
  return { records, errors }
}

export function readRoster(table: RawTable): Read {
  const { rows, errors } = readRows(table, shapes.roster)
  const seen = new Map<string, number>()
  return {
    errors,
    records: rows.map(({ value }) => {
      const stem = `p-${value.category}-${value.name}`
      const order = (seen.get(stem) ?? 0) + 1
      seen.set(stem, order)
      return draft('roster', order > 1 ? `${stem}-${order}` : stem, value, {
        text: [value.name, value.aliases, value.category, value.post, value.duty, value.area],
        facets: [`name:${value.name}`],
      })
    }),
  }
}

function repeated<V>(
  file: string,
  column: string,
  rows: readonly { row: number; value: V }[],
  key: (value: V) => string,
): string[] {
  const seen = new Set<string>()
  return rows.flatMap(({ row, value }) => {
    const is = key(value)
    if (seen.has(is)) return [importReplies.duplicate(file, row, column, is)]
    seen.add(is)
    return []
  })
}
