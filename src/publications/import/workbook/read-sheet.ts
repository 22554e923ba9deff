/** One sheet of a workbook → its rows. Read as a stream; ends as soon as it is longer than a file may be. */
import type { Readable } from 'node:stream'
import { MAX_CELL, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, refusedFile } from '../limits.ts'
import type { CellValue, MergedArea, RawTable } from '../raw-table.ts'
import { importReplies as say } from '../replies.ts'
import { parseXml } from './parse-xml.ts'
import type { CellStyle } from './read-styles.ts'

export interface SheetContext {
  file: string
  sheet: string
  strings: readonly string[]
  styles: readonly CellStyle[]
  /** Dates of this workbook are counted from 1904, as old Macs did. */
  from1904: boolean
  /** Of the whole workbook, counted up while reading. */
  counted: { rows: number; cells: number; characters: number }
}

/** Days from 1899-12-30, from where spreadsheets count, to 1970-01-01. */
const EPOCH = 25_569
const DAYS_TO_1904 = 1462

interface OpenCell {
  row: number
  column: number
  type: string
  style: CellStyle | undefined
  value: string
  text: string
  formula: string | null
}

/** @throws DomainError import_invalid when it is too long; Error when it is not well formed */
export async function readSheet(stream: Readable, context: SheetContext): Promise<RawTable> {
  const { file, sheet, counted } = context
  const rows: CellValue[][] = []
  const merged: MergedArea[] = []
  const red = new Set<string>()
  let formulas = 0
  let nextRow = 0
  let nextColumn = 0
  let cell: OpenCell | null = null
  let collecting: 'value' | 'text' | 'formula' | null = null
  let inReading = false

  const put = (open: OpenCell): void => {
    const value = valueOf(open, context)
    if (value === null || value === '') return
    if (open.column >= MAX_COLUMNS) throw refusedFile(say.tooManyColumns(file))
    counted.cells += 1
    // One long text may stand in a million cells: what counts is what the cells say, not what the file weighs.
    counted.characters += typeof value === 'string' ? value.length : 0
    if (counted.rows + open.row >= MAX_ROWS) throw refusedFile(say.tooManyRows(file))
    if (counted.cells > MAX_CELLS || counted.characters > MAX_CHARACTERS) throw refusedFile(say.tooManyCells(file))
    while (rows.length <= open.row) rows.push([])
    const row = rows[open.row]!
    while (row.length < open.column) row.push(null)
    row[open.column] = value
    if (open.formula !== null) formulas += 1
    if (open.style?.red && typeof value === 'number') red.add(`${open.row},${open.column}`)
  }

  await parseXml(stream, {
    open(name, attributes) {
      if (name === 'row') {
        nextRow = attributes.r ? Number(attributes.r) - 1 : nextRow
        nextColumn = 0
      } else if (name === 'c') {
        const place = attributes.r ? placeOf(attributes.r) : { row: nextRow, column: nextColumn }
        cell = {
          ...place,
          type: attributes.t ?? 'n',
          style: context.styles[Number(attributes.s ?? 0)],
          value: '',
          text: '',
          formula: null,
        }
        nextColumn = place.column + 1
      } else if (name === 'v') collecting = 'value'
      else if (name === 't') collecting = inReading ? null : 'text'
      else if (name === 'rPh') inReading = true
      else if (name === 'f') {
        collecting = 'formula'
        if (cell) cell.formula = ''
      } else if (name === 'mergeCell' && attributes.ref && merged.length < MAX_MERGED) {
        const [from, to] = attributes.ref.split(':')
        const first = placeOf(from ?? '')
        const last = placeOf(to ?? from ?? '')
        merged.push({ top: first.row, left: first.column, bottom: last.row, right: last.column })
      }
    },
    text(part) {
      if (!cell || !collecting) return
      const so = cell[collecting] ?? ''
      if (so.length < MAX_CELL) cell[collecting] = so + part
    },
    close(name) {
      if (name === 'c') {
        if (cell) put(cell)
        cell = null
      } else if (name === 'row') nextRow += 1
      else if (name === 'rPh') inReading = false
      else if (name === 'v' || name === 't' || name === 'f') collecting = null
    },
  })
  counted.rows += rows.length
  return { file, sheet, rows, merged, formulas, red }
}

/** C7 → row 6, column 2. */
function placeOf(reference: string): { row: number; column: number } {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!match?.[1]) throw new Error('a cell without its place')
  let column = 0
  for (const letter of match[1]) column = column * 26 + letter.charCodeAt(0) - 64
  return { row: Number(match[2]) - 1, column: column - 1 }
}

function valueOf(open: OpenCell, { strings, from1904 }: SheetContext): CellValue {
  const { type, value, text, formula, style } = open
  if (type === 'e') return { broken: 'error', written: value }
  // A formula is never computed here: what the spreadsheet last saved as its result is what people saw.
  if (formula !== null && value === '' && text === '')
    return type === 'str' ? '' : { broken: 'formula', written: `=${formula}`.slice(0, 30) }
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'inlineStr') return text
  if (type === 'str' || type === 'd') return value
  if (type === 'b') return value === '1'
  if (value === '') return null
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  const days = number + (from1904 ? DAYS_TO_1904 : 0)
  if (style?.date && days >= 1 && days < 110_000) return new Date(Math.round((days - EPOCH) * 86_400_000))
  return number
}
