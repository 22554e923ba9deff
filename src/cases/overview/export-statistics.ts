/** The figures as a workbook, to be passed on: small cells are hidden in it whoever exports it. */
import writeExcelFile from 'write-excel-file/node'
import { console as words } from '../replies.ts'
import type { FigureRow, Statistics } from './schema.ts'

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)}%`)

/** @returns the bytes of an XLSX file with a sheet each by kind, place and month */
export async function exportStatistics(figures: Statistics): Promise<Buffer> {
  const { sheets, columns, hiddenCell, smallCells } = words.statistics
  const sheet = (name: string, rows: readonly FigureRow[]) => ({
    sheet: name,
    columns: [{ width: 16 }, ...columns.slice(1).map(() => ({ width: 14 }))],
    stickyRowsCount: 1,
    data: [
      columns.map((value) => ({ value, fontWeight: 'bold' as const })),
      ...[...rows, figures.all].map((row) => [
        { value: row.title },
        row.total === null ? { value: hiddenCell } : { value: row.total, type: Number },
        row.days === null ? { value: '' } : { value: Math.round(row.days * 10) / 10, type: Number },
        { value: percent(row.content) },
        { value: percent(row.onTime) },
      ]),
      [{ value: smallCells(figures.year) }],
    ],
  })
  return writeExcelFile([
    sheet(sheets.kind, figures.byKind),
    sheet(sheets.place, figures.byPlace),
    sheet(sheets.month, figures.byMonth),
  ]).toBuffer()
}
