/** Contracts, assets, resources, subsidies with their posted lists, and the roster: rows → records. */
import { draft } from './draft.ts'
import { fault } from './fault.ts'
import type { Fault } from './fault.ts'
import { remark } from './read-finance.ts'
import type { Read } from './read-finance.ts'
import type { RawTable } from './raw-table.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows, whereOf } from './table.ts'

const nothing = (): Read => ({ records: [], errors: [], notes: [], masked: [] })

export function readContracts(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.contracts)
  return {
    ...remarks,
    errors: [...remarks.errors, ...repeated(table, '合同编号', rows, ({ code }) => code)],
    records: rows.map(({ value }) =>
      draft('contract', value.code, value, {
        date: value.signedOn,
        text: [value.subject, value.aliases, value.category, value.party],
      }),
    ),
  }
}

export function readAssetTable(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.assets)
  return {
    ...remarks,
    errors: [...remarks.errors, ...repeated(table, '编号', rows, ({ code }) => code)],
    records: rows.map(({ value }) =>
      draft('asset', value.code, value, {
        date: value.boughtOn,
        text: [value.name, value.category, value.tenant, value.place],
      }),
    ),
  }
}

export function readResourceTable(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.resources)
  return {
    ...remarks,
    errors: [...remarks.errors, ...repeated(table, '编号', rows, ({ code }) => code)],
    records: rows.map(({ value }) =>
      draft('resource', value.code, value, { text: [value.name, value.type, value.holder] }),
    ),
  }
}

export function readAssets(file: string, tables: readonly RawTable[]): Read {
  const assets = tables.find(({ sheet }) => sheet.includes('资产')) ?? tables[0]
  const resources = tables.find((table) => table.sheet.includes('资源') && table !== assets)
  if (!assets) return { ...nothing(), errors: [fault(importReplies.sheetMissing(file, '资产'))] }
  return join(readAssetTable(assets), ...(resources ? [readResourceTable(resources)] : []))
}

export function readStandards(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.standards)
  return {
    ...remarks,
    records: rows.map(({ value }) =>
      draft('subsidy', `std-${value.name}`, value, {
        text: [value.name, value.aliases, value.target],
        facets: [`subsidy:${value.name}`],
      }),
    ),
  }
}

export function readBatches(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.batches)
  return {
    ...remarks,
    errors: [...remarks.errors, ...repeated(table, '批次号', rows, ({ batch }) => batch)],
    records: rows.map(({ value }) =>
      draft(
        'batch',
        value.batch,
        { ...value, amount: value.amount ?? 0 },
        { date: value.paidOn, text: [value.name, value.period], facets: [`subsidy:${value.name}`] },
      ),
    ),
  }
}

/** @param known batches that the list may belong to; null when they stand elsewhere */
export function readLists(table: RawTable, known: ReadonlySet<string> | null): Read {
  const { rows, ...remarks } = readRows(table, shapes.list)
  const read: Read = { ...remarks, records: [] }
  const order = new Map<string, number>()
  for (const { row, value } of rows) {
    if (known && !known.has(value.batch)) {
      const line = importReplies.wrongReference(whereOf(table), row, '批次号', value.batch, '批次')
      read.errors.push({ ...fault(line, row, '批次号'), sheet: table.sheet, written: value.batch })
    }
    const number = (order.get(value.batch) ?? 0) + 1
    order.set(value.batch, number)
    read.records.push(
      draft(
        'list-row',
        `${value.batch}-${String(number).padStart(3, '0')}`,
        { ...value, amount: value.amount ?? 0 },
        { text: [value.householder], facets: [`batch:${value.batch}`, `name:${value.householder}`] },
      ),
    )
  }
  return read
}

export function readSubsidies(file: string, tables: readonly RawTable[]): Read {
  const sheet = (name: string): RawTable | undefined => tables.find((table) => table.sheet.includes(name))
  const [standards, batches, lists] = [sheet('标准'), sheet('批次'), sheet('名单')]
  const missing = Object.entries({ 标准: standards, 批次: batches, 名单: lists }).filter(([, table]) => !table)
  const batch = batches ? readBatches(batches) : nothing()
  const known = batches ? new Set(batch.records.map(({ recordId }) => recordId)) : null
  return join(
    { ...nothing(), errors: missing.map(([name]) => fault(importReplies.sheetMissing(file, name))) },
    standards ? readStandards(standards) : nothing(),
    batch,
    lists ? readLists(lists, known) : nothing(),
  )
}

/** Several tables as one. */
export function join(...reads: readonly Read[]): Read {
  const all = nothing()
  for (const read of reads) {
    all.records = all.records.concat(read.records)
    remark(all, read)
  }
  return all
}

export function readRoster(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.roster)
  const seen = new Map<string, number>()
  return {
    ...remarks,
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
  table: RawTable,
  column: string,
  rows: readonly { row: number; value: V }[],
  key: (value: V) => string,
): Fault[] {
  const seen = new Set<string>()
  return rows.flatMap(({ row, value }) => {
    const is = key(value)
    if (is !== '' && seen.has(is)) {
      const line = importReplies.duplicate(whereOf(table), row, column, is)
      return [{ ...fault(line, row, column), sheet: table.sheet, written: is }]
    }
    seen.add(is)
    return []
  })
}
