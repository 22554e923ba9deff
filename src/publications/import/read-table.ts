/** Files as townships hand them over → rows of cells: XLSX with any number of sheets, CSV in UTF-8 (with or without BOM) or GBK. */
import { parse } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import { DomainError } from '../../infrastructure/errors.ts'
import { importReplies } from './replies.ts'

export type CellValue = string | number | boolean | Date | null

export interface RawTable {
  file: string
  /** Empty for CSV. */
  sheet: string
  rows: CellValue[][]
}

const MAX_BYTES = 20 * 1024 * 1024
const MAX_ROWS = 100_000

/**
 * @param file name as shown to people; its ending decides how it is read
 * @throws DomainError import_invalid when it cannot be read, is larger than 20 MB or longer than 100,000 rows
 */
export async function readTables(file: string, bytes: Buffer): Promise<RawTable[]> {
  if (bytes.length > MAX_BYTES) throw unreadable(importReplies.tooLarge(file))
  const tables = await (/\.xlsx$/i.test(file) ? readWorkbook(file, bytes) : readCsv(file, bytes))
  if (tables.some(({ rows }) => rows.length > MAX_ROWS)) throw unreadable(importReplies.tooManyRows(file))
  return tables
}

async function readWorkbook(file: string, bytes: Buffer): Promise<RawTable[]> {
  try {
    const sheets = await readXlsx(bytes)
    return sheets.map(({ sheet, data }) => ({ file, sheet, rows: data as CellValue[][] }))
  } catch {
    throw unreadable(importReplies.notAWorkbook(file))
  }
}

function readCsv(file: string, bytes: Buffer): RawTable[] {
  try {
    const rows = parse(decodeText(bytes), {
      relax_column_count: true,
      skip_empty_lines: false,
      relax_quotes: true,
    }) as string[][]
    return [{ file, sheet: '', rows }]
  } catch {
    throw unreadable(importReplies.notATable(file))
  }
}

/** UTF-8 when the bytes are valid UTF-8, else GB18030 (which holds GBK and GB2312). A byte order mark is dropped. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function unreadable(line: string): DomainError {
  return new DomainError('import_invalid', 400, importReplies.refused(1), [line])
}
