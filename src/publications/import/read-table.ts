/** Files as townships hand them over → rows of cells: XLSX with any number of sheets, CSV in UTF-8 (with or without BOM), UTF-16 or GBK, and what was copied out of a spreadsheet. */
import { parse } from 'csv-parse/sync'
import { MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, refusedFile } from './limits.ts'
import type { RawTable } from './raw-table.ts'
import { importReplies } from './replies.ts'
import { isUtf16, sniffFile } from './sniff-file.ts'
import { readWorkbook } from './workbook/read-workbook.ts'

/**
 * @param file name as shown to people; what it is, its first bytes say
 * @throws DomainError import_invalid with one line that says why it is not taken
 */
export async function readTables(file: string, bytes: Buffer): Promise<RawTable[]> {
  if (bytes.length > MAX_BYTES) throw refusedFile(importReplies.tooLarge(file))
  return sniffFile(file, bytes) === 'workbook' ? readWorkbook(file, bytes) : [readText(file, decodeText(bytes))]
}

/** A table that was copied out of a spreadsheet, a document or a chat and pasted. @throws as readTables */
export function readPasted(text: string): RawTable {
  const file = importReplies.pasted
  if (text.trim() === '') throw refusedFile(importReplies.emptyFile(file))
  if (text.length > MAX_BYTES / 2) throw refusedFile(importReplies.tooLarge(file))
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  // A table written with lines, as in Markdown.
  const ruled = lines.filter((line) => /^\s*\|.*\|\s*$/.test(line))
  if (ruled.length > 1) {
    const rows = ruled
      .filter((line) => !/^[\s|:-]+$/.test(line))
      .map((line) =>
        line
          .trim()
          .slice(1, -1)
          .split('|')
          .map((part) => part.trim()),
      )
    return bounded({ file, sheet: '', rows })
  }
  if (!/[\t,,;]/.test(text)) {
    // Columns set apart by spaces, as a chat leaves them.
    return bounded({ file, sheet: '', rows: lines.map((line) => line.trim().split(/\s{2,}|\u3000+/)) })
  }
  return readText(file, text)
}

function readText(file: string, text: string): RawTable {
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      relax_quotes: true,
      max_record_size: MAX_CELL * MAX_COLUMNS,
      to: MAX_ROWS + 1,
    }) as string[][]
    return bounded({ file, sheet: '', rows })
  } catch (error) {
    if (error instanceof Error && 'details' in error) throw error
    throw refusedFile(importReplies.notATable(file))
  }
}

function bounded(table: RawTable): RawTable {
  if (table.rows.length > MAX_ROWS) throw refusedFile(importReplies.tooManyRows(table.file))
  if (table.rows.some((row) => row.length > MAX_COLUMNS)) throw refusedFile(importReplies.tooManyColumns(table.file))
  return table
}

/** Whichever stands most often in the first lines; a comma where none does. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 4000).replaceAll(/"[^"]*"/g, '')
  const count = (mark: string): number => start.split(mark).length - 1
  return ['\t', ',', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',')
}

/** UTF-8 when the bytes are valid UTF-8, UTF-16 by its mark, else GB18030 (which holds GBK and GB2312). A byte order mark is dropped. */
export function decodeText(bytes: Buffer): string {
  if (isUtf16(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
