/** What a sheet, a CSV file or a pasted table is before anything is understood of it: rows of cells. */

/** A cell that holds no value that could be taken: a formula that was never computed, or an error such as #REF!. */
export interface BrokenCell {
  broken: 'formula' | 'error'
  /** As it stands in the file, for the message. */
  written: string
}

export type CellValue = string | number | boolean | Date | BrokenCell | null

/** A merged area, both corners included, counted from 0. */
export interface MergedArea {
  top: number
  left: number
  bottom: number
  right: number
}

export interface RawTable {
  /** Name as shown to people. */
  file: string
  /** Empty for CSV and pasted tables. */
  sheet: string
  /** Index 0 is row 1 of the file. */
  rows: CellValue[][]
  merged?: MergedArea[]
  /** Cells whose value was computed by a formula; the value as it was last saved is taken. */
  formulas?: number
  /** Numbers in red type, as `row,column` counted from 0: in bookkeeping red stands for less. */
  red?: Set<string>
}

export const isBroken = (value: CellValue | undefined): value is BrokenCell =>
  typeof value === 'object' && value !== null && 'broken' in value

/** 0 → A, 26 → AA: how a spreadsheet calls its columns. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
