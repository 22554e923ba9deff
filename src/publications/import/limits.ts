/** What a file may hold at most. A village's year of accounts has some thousand lines; whatever is far beyond that is a mistake or an attack. */
import { DomainError } from '../../infrastructure/errors.ts'
import { importReplies } from './replies.ts'

/** Bytes of the file as it comes. */
export const MAX_BYTES = 20 * 1024 * 1024
/** Bytes of a workbook when it is unpacked, all its parts together. */
export const MAX_UNPACKED = 100 * 1024 * 1024
/** Parts of a workbook: sheets, styles, pictures. */
export const MAX_PARTS = 2000
/** Rows up to the last one that holds anything, over all sheets. */
export const MAX_ROWS = 100_000
/** Cells that hold something, over all sheets. */
export const MAX_CELLS = 1_500_000
/** Characters in all cells together. */
export const MAX_CHARACTERS = 20_000_000
/** Columns up to the last that holds anything. */
export const MAX_COLUMNS = 256
export const MAX_SHEETS = 60
/** Merged areas of a sheet; the ones after these are not merged for us. */
export const MAX_MERGED = 2000
/** Characters in one cell. */
export const MAX_CELL = 32_767

/** A file that is not taken, with the reason for who sent it. */
export function refusedFile(line: string): DomainError {
  return new DomainError('import_invalid', 400, importReplies.refused(1), [line])
}
