/** Where the headings of a sheet stand, and which column is which: in any order, under their usual names, on one row or on two. */
import { cellText } from './cells.ts'
import type { CellValue, RawTable } from './raw-table.ts'
import type { TableShape } from './column.ts'

export interface Headings {
  /** Index of the first row below them. */
  from: number
  /** Key of the shape → index of the column. */
  positions: Map<string, number>
  /** Accounts kept by hand write the date in two columns, 月 and 日. */
  monthDay: { month: number; day: number } | null
  /** Year that the title, the headings, the sheet or the file names. */
  year: number | undefined
  /** Headings that no column of the shape goes by. */
  unused: string[]
}

/** Title rows above the headings are passed over, but not more than these. */
const HEADING_WITHIN = 12

/** @returns `missing`: headings that were needed and not found in the row that came nearest */
export function findHeadings(table: RawTable, shape: TableShape): Headings | { missing: string[] } {
  const required = Object.entries(shape).filter(([, column]) => column.required)
  let best = required.map(([, { names }]) => names[0] ?? '')
  for (let at = 0; at < Math.min(table.rows.length, HEADING_WITHIN); at++) {
    for (const depth of [1, 2]) {
      const names = namesAt(table, at, depth)
      const monthDay = depth === 2 || names.length > 0 ? monthAndDay(names) : null
      const positions = new Map<string, number>()
      for (const [key, column] of Object.entries(shape)) {
        const position = findColumn(names, column.names)
        if (position !== undefined) positions.set(key, position)
      }
      const dateKey = Object.entries(shape).find(([, { type }]) => type === 'date')?.[0]
      const missing = required.filter(([key]) => !positions.has(key) && !(key === dateKey && monthDay))
      if (missing.length === 0) {
        const from = at + Math.max(depth, deepest(table, at))
        const used = new Set([...positions.values(), ...(monthDay ? [monthDay.month, monthDay.day] : [])])
        const unused = names.flatMap((all, index) => (used.has(index) || !all[0] ? [] : [all[0]]))
        return {
          from,
          positions,
          monthDay: dateKey && !positions.has(dateKey) ? monthDay : null,
          year: yearOf(table, from),
          unused,
        }
      }
      if (missing.length < best.length)
        best = missing.map(
          ([
            ,
            {
              names: [first],
            },
          ]) => first ?? '',
        )
    }
  }
  return { missing: best }
}

/** Each column's names on these rows: its own, and for two rows also upper and lower together (收入 over 金额). */
function namesAt({ rows, merged = [] }: RawTable, at: number, depth: number): string[][] {
  const upper = rows[at] ?? []
  const lower = depth === 2 ? (rows[at + 1] ?? []) : []
  const width = Math.max(upper.length, lower.length)
  return Array.from({ length: width }, (_, column) => {
    const area = merged.find(({ top, left, right }) => top === at && left <= column && column <= right)
    const above = plainHeading(upper[column] ?? (area ? upper[area.left] : null))
    const below = plainHeading(lower[column])
    return [...new Set(depth === 1 ? [above] : [below, above, above + below])].filter((name) => name !== '')
  })
}

/** The usual name goes before the others, whichever column stands first. */
function findColumn(names: readonly string[][], wanted: readonly string[]): number | undefined {
  for (const name of wanted) {
    const position = names.findIndex((all) => all.includes(plainHeading(name)))
    if (position >= 0) return position
  }
  return undefined
}

function monthAndDay(names: readonly string[][]): Headings['monthDay'] {
  const month = names.findIndex((all) => all.includes('月'))
  const day = names.findIndex((all) => all.includes('日'))
  return month >= 0 && day >= 0 ? { month, day } : null
}

/** How many rows the headings take where one of them is merged downwards. */
function deepest({ merged = [] }: RawTable, at: number): number {
  return Math.max(1, ...merged.filter(({ top }) => top === at).map(({ bottom }) => bottom - at + 1))
}

function yearOf({ file, sheet, rows }: RawTable, from: number): number | undefined {
  const above = rows.slice(0, from).flat().map(cellText)
  for (const text of [...above, sheet, file]) {
    const year = /(?<!\d)(20\d{2})\s*年/.exec(text)?.[1] ?? /(?<!\d)(20\d{2})(?!\d)/.exec(text)?.[1]
    if (year) return Number(year)
  }
  return undefined
}

/** 金额(元) and 金 额 are 金额. */
export function plainHeading(cell: CellValue | undefined): string {
  return cellText(cell)
    .replaceAll(/[((].*?[))]/g, '')
    .replaceAll(/[\s::*%]/g, '')
}
