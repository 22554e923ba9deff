/** A sheet with headings somewhere near its top → typed rows. Headings stand in any order and under their usual names. */
import { cellDate, cellMoney, cellMonth, cellNumber, cellText, splitList } from './cells.ts'
import type { ColumnType, Column, TableShape } from './column.ts'
import { columnFault, fault } from './fault.ts'
import type { Fault } from './fault.ts'
import { findHeadings } from './find-headings.ts'
import type { Headings } from './find-headings.ts'
import { checkSums, isFooter } from './footers.ts'
import { maskPersonal } from './mask-personal.ts'
import type { Mask } from './mask-personal.ts'
import { columnLetters, isBroken } from './raw-table.ts'
import type { CellValue, MergedArea, RawTable } from './raw-table.ts'
import { importReplies } from './replies.ts'

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

/** A number of a person that was taken out of a cell. */
export interface MaskedCell extends Mask {
  sheet: string
  row: number
  heading: string
}

/** What reading a table has to say beside its rows. */
export interface Remarks {
  errors: Fault[]
  /** Told, and not in the way. */
  notes: string[]
  masked: MaskedCell[]
}

export interface Rows<S extends TableShape> extends Remarks {
  rows: { row: number; value: RowOf<S> }[]
}

/** Whoever has so many faults in a sheet has the wrong sheet; the rest is not read. */
const MAX_FAULTS = 300

export const whereOf = ({ file, sheet }: Pick<RawTable, 'file' | 'sheet'>): string =>
  sheet ? `${file}(${sheet})` : file

/** @returns typed rows with their row number in the file, and every cell that could not be read, as a line for the clerk */
export function readRows<S extends TableShape>(table: RawTable, shape: S): Rows<S> {
  const where = whereOf(table)
  const found = findHeadings(table, shape)
  const result: Rows<S> = { rows: [], errors: [], notes: [], masked: [] }
  if ('missing' in found) {
    const line = importReplies.headingMissing(where, found.missing)
    return { ...result, errors: [{ ...fault(line, 0, found.missing[0]), sheet: table.sheet }] }
  }
  if (table.formulas) result.notes.push(importReplies.notes.formulas(where, table.formulas))
  if (found.unused.length > 0) result.notes.push(importReplies.notes.unused(where, found.unused))
  const footers: { row: number; cells: CellValue[] }[] = []
  const carried = { month: '', day: '' }
  for (let index = found.from; index < table.rows.length && result.errors.length < MAX_FAULTS; index++) {
    const cells = table.rows[index] ?? []
    if (cells.every((cell) => cellText(cell) === '')) continue
    if (isFooter(cells)) {
      footers.push({ row: index + 1, cells })
      continue
    }
    const areas = (table.merged ?? []).filter(({ top, bottom }) => top < index && index <= bottom)
    const value: Record<string, unknown> = {}
    for (const [key, column] of Object.entries(shape)) {
      const position = found.positions.get(key)
      const cell =
        position === undefined
          ? column.type === 'date' && found.monthDay
            ? joinMonthDay(cells, found, carried)
            : null
          : cellAt(table, areas, index, position, column.type)
      const heading = column.names[0] ?? key
      const place = columnLetters(position ?? found.monthDay?.month ?? 0) + String(index + 1)
      const refuse = (line: string): void => {
        result.errors.push(columnFault(table, index + 1, place, heading, cell, line))
      }
      const read = readCell(cell, column.type, found.year)
      const empty = read === null || read === ''
      if (isBroken(cell)) {
        const tell = cell.broken === 'formula' ? importReplies.formula : importReplies.errorCell
        refuse(tell(where, index + 1, heading, cell.written))
      } else if (isFormula(cell, column.type)) {
        refuse(importReplies.formula(where, index + 1, heading, cellText(cell)))
      } else if (read === undefined || (column.required && empty)) {
        refuse(
          importReplies.cell(
            where,
            index + 1,
            heading,
            cellText(cell),
            importReplies.expected[expectedOf(column.type)],
          ),
        )
      }
      if (
        column.type === 'money' &&
        position !== undefined &&
        table.red?.has(`${index},${position}`) &&
        Number(cell) > 0
      )
        result.notes.push(importReplies.notes.red(where, index + 1, heading))
      value[key] = mask(read ?? emptyOf(column.type), column, (found) =>
        result.masked.push({ ...found, sheet: table.sheet, row: index + 1, heading }),
      )
    }
    result.rows.push({ row: index + 1, value: value as RowOf<S> })
  }
  // With a line that could not be read the sums are off anyway.
  if (result.errors.length === 0) result.notes.push(...checkSums(where, shape, found.positions, result.rows, footers))
  return result
}

/** A cell below the first of a merged area has the area's value; an amount is counted once and stands in the first only. */
function cellAt(
  { rows }: RawTable,
  areas: readonly MergedArea[],
  row: number,
  column: number,
  type: ColumnType,
): CellValue | undefined {
  const cell = rows[row]?.[column]
  if (areas.length === 0 || type === 'money' || type === 'number' || cellText(cell) !== '') return cell
  const area = areas.find(({ left, right }) => left <= column && column <= right)
  return area ? rows[area.top]?.[area.left] : cell
}

/** Two columns 月 and 日; what is left empty is as on the line above. */
function joinMonthDay(cells: CellValue[], { monthDay }: Headings, carried: { month: string; day: string }): string {
  const plain = (at: number): string => cellText(cells[at]).replace(/[月日号]$/, '')
  const month = plain(monthDay?.month ?? -1)
  const day = plain(monthDay?.day ?? -1)
  if (month !== '') Object.assign(carried, { month, day: '' })
  if (day !== '') carried.day = day
  return carried.month === '' || carried.day === '' ? '' : `${carried.month}月${carried.day}日`
}

/** Text that a spreadsheet would run when what we publish is opened in it. */
function isFormula(cell: CellValue | undefined, type: ColumnType): boolean {
  return (
    type === 'text' && typeof cell === 'string' && /^\s*(?:[==@]\s*[A-Za-z_+\-("']|[+-]\s*[A-Za-z_]+\s*\()/.test(cell)
  )
}

function mask(value: unknown, { code, openPhone }: Column, add: (found: Mask) => void): unknown {
  const one = (text: string): string => {
    const { text: masked, masks } = maskPersonal(text, code)
    if (openPhone && masks.every(({ what }) => what === 'phone')) return text
    masks.forEach(add)
    return masked
  }
  if (typeof value === 'string') return one(value)
  return Array.isArray(value) ? value.map((each: unknown) => (typeof each === 'string' ? one(each) : each)) : value
}

function readCell(cell: CellValue | undefined, type: ColumnType, year: number | undefined): unknown {
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
      return cellDate(cell, year)
    case 'month':
      return cellMonth(cell, year)
    case 'loose-date':
      return cellDate(cell, year) ?? cellText(cell)
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
