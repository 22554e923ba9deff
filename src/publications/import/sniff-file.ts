/** What a file is by its first bytes, not by its name. What is no table is refused with a word on what to do instead. */
import { refusedFile } from './limits.ts'
import { importReplies as say } from './replies.ts'

const startsWith = (bytes: Buffer, ...values: number[]): boolean => values.every((value, at) => bytes[at] === value)

const isZip = (bytes: Buffer): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)
/** Compound file: old XLS and DOC, and every workbook with a password. */
const isCompound = (bytes: Buffer): boolean => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)
/** The name of the stream that holds an encrypted package, as compound files write names. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

const PICTURES: readonly number[][] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x42, 0x4d],
]

/**
 * @param file name as shown to people
 * @returns how it is to be read
 * @throws DomainError import_invalid: encrypted, an old or foreign format, a picture, not text
 */
export function sniffFile(file: string, bytes: Buffer): 'workbook' | 'text' {
  if (bytes.length === 0) throw refusedFile(say.emptyFile(file))
  if (isZip(bytes)) return 'workbook'
  if (isCompound(bytes)) throw refusedFile(bytes.includes(ENCRYPTED) ? say.encrypted(file) : say.oldWorkbook(file))
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw refusedFile(say.pdf(file))
  if (PICTURES.some((magic) => startsWith(bytes, ...magic))) throw refusedFile(say.picture(file))
  if (/\.(xlsx|xlsm|xls)$/i.test(file) && !/\.csv$/i.test(file)) {
    const start = bytes.subarray(0, 512).toString('latin1').toLowerCase()
    throw refusedFile(/<(html|table|!doctype|\?xml)/.test(start) ? say.webPage(file) : say.notAWorkbook(file))
  }
  // Text holds no zero bytes, unless it is UTF-16, which begins with its mark.
  if (!isUtf16(bytes) && bytes.subarray(0, 65_536).includes(0)) throw refusedFile(say.notATable(file))
  return 'text'
}

export const isUtf16 = (bytes: Buffer): boolean =>
  bytes.length % 2 === 0 && (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))
