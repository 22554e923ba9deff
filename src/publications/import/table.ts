/** A sheet with headings somewhere near its top → typed rows. Headings stand in any order and under their usual names. */
import { cellDate, cellMoney, cellMonth, cellNumber, cellText, splitList } from './cells.ts'
import type { CellValue, RawTable } from './read-table.ts'
import { importReplies } from './replies.ts'

type ColumnType = 'text' | 'money' | 'date' | 'loose-date' | 'month' | 'number' | 'list'

export interface Column {
  /** Usual headings, the first is shown in errors. */
  names: readonly string[]
  type: ColumnType
  /** An empty cell is an error, and the column must be there. */
  required?: boolean
}

export type TableShape = Record<string, Column>

interface ValueOf {
  text: string
  money: number | null
  date: string
  'loose-date': string
  month: string
  number: number | null
  list: string[]
}

export type RowOf<S extends TableShape> = { [K in keyof S]: ValueOf[S[K]['type']] }

export interface Rows<S extends TableShape> {
  rows: { row: number; value: RowOf<S> }[]
  errors: string[]
}

/** Title and merged rows above the headings are passed over, but not more than these. */
const HEADING_WITHIN = 12

/** @returns typed rows with their row number in the file, and every cell that could not be read, as a line for the clerk */
export function readRows<S extends TableShape>(table: RawTable, shape: S): Rows<S> {
  const where = table.sheet ? `${table.file}(${table.sheet})` : table.file
  const found = findHeadings(table.rows, shape)
  if ('missing' in found) return { rows: [], errors: [importReplies.headingMissing(where, found.missing)] }
  const errors: string[] = []
  const rows: { row: number; value: RowOf<S> }[] = []
  for (let index = found.at + 1; index < table.rows.length; index++) {
    const cells = table.rows[index] ?? []
    if (cells.every((cell) => cellText(cell) === '') || isFooter(cells)) continue
    const value: Record<string, unknown> = {}
    for (const [key, column] of Object.entries(shape)) {
      const position = found.positions.get(key)
      const cell = position === undefined ? null : cells[position]
      const read = readCell(cell, column.type)
      const empty = read === null || read === ''
      if (read === undefined || (column.required && empty)) {
        const expected = importReplies.expected[expectedOf(column.type)]
        errors.push(importReplies.cell(where, index + 1, column.names[0] ?? key, cellText(cell), expected))
      }
      value[key] = read ?? emptyOf(column.type)
    }
    rows.push({ row: index + 1, value: value as RowOf<S> })
  }
  return { rows, errors }
}

function findHeadings(
  rows: CellValue[][],
  shape: TableShape,
): { at: number; positions: Map<string, number> } | { missing: string[] } {
  const required = Object.entries(shape).filter(([, column]) => column.required)
  let best: string[] = required.map(([, { names }]) => names[0] ?? '')
  for (let at = 0; at < Math.min(rows.length, HEADING_WITHIN); at++) {
    const headings = (rows[at] ?? []).map(plainHeading)
    const positions = new Map<string, number>()
    for (const [key, { names }] of Object.entries(shape)) {
      const position = names.map((name) => headings.indexOf(plainHeading(name))).find((found) => found >= 0)
      if (position !== undefined) positions.set(key, position)
    }
    const missing = required.filter(([key]) => !positions.has(key)).map(([, { names }]) => names[0] ?? '')
    if (missing.length === 0) return { at, positions }
    if (missing.length < best.length) best = missing
  }
  return { missing: best }
}

/** 金额(元) and 金 额 are 金额. */
function plainHeading(cell: CellValue | undefined): string {
  return cellText(cell)
    .replaceAll(/[((].*?[))]/g, '')
    .replaceAll(/[\s::*%]/g, '')
}

/** A last line 合计 belongs to nobody's records. */
function isFooter(cells: CellValue[]): boolean {
  const first = cells.map(cellText).find((text) => text !== '') ?? ''
  return /^(合计|总计|小计|本页合计|制表|制表人|审核|备注:|说明:)/.test(first.replaceAll(' ', ''))
}

function readCell(cell: CellValue | undefined, type: ColumnType): unknown {
  switch (type) {
    case 'text':
      return cellText(cell)
    case 'list':
      return splitList(cellText(cell))
    case 'money':
      return cellMoney(cell)
    case 'number':
      return cellNumber(cell)
    case 'date':
      return cellDate(cell)
    case 'month':
      return cellMonth(cell)
    case 'loose-date':
      return cellDate(cell) ?? cellText(cell)
  }
}

function emptyOf(type: ColumnType): unknown {
  if (type === 'money' || type === 'number') return null
  return type === 'list' ? [] : ''
}

function expectedOf(type: ColumnType): keyof typeof importReplies.expected {
  if (type === 'list' || type === 'loose-date') return 'text'
  return type
}
