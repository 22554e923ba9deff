/** A place in a file that cannot be taken as it is. */
import { cellText } from './cells.ts'
import type { CellValue, RawTable } from './raw-table.ts'

export interface Fault {
  sheet: string
  /** From 1; 0 when the whole sheet is meant. */
  row: number
  /** As a spreadsheet calls it, D7; empty when the whole row or sheet is meant. */
  cell: string
  heading: string
  /** What stands there. */
  written: string
  /** The whole message, with file and row. */
  line: string
}

export const columnFault = (
  { sheet }: RawTable,
  row: number,
  cell: string,
  heading: string,
  value: CellValue | undefined,
  line: string,
): Fault => ({ sheet, row, cell, heading, written: cellText(value).slice(0, 60), line })

/** A fault that has no cell of its own. */
export const fault = (line: string, row = 0, heading = ''): Fault => ({
  sheet: '',
  row,
  cell: '',
  heading,
  written: '',
  line,
})
