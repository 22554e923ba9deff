/** What of a workbook's styles changes the meaning of a number: is it a date, is it written in red. */
import type { Readable } from 'node:stream'
import { parseXml } from './parse-xml.ts'

export interface CellStyle {
  date: boolean
  red: boolean
}

/** Formats that every spreadsheet knows by number; those from 27 are the East Asian dates. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** A format of days or months; texts in quotes, colours and conditions in brackets are left out, and times alone are no dates. */
const isDateFormat = (code: string): boolean =>
  /[yd年日]|m{3,}|m[^:]*月/i.test(
    code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, (part) => (/年|月|日/.test(part) ? part : '')),
  )

const isRed = ({ rgb = '', indexed = '' }: Record<string, string>): boolean =>
  /^(FF)?(FF0000|C00000)$/i.test(rgb) || indexed === '10' || indexed === '2'

/** @returns one style for each number that a cell may carry in its `s` */
export async function readStyles(stream: Readable): Promise<CellStyle[]> {
  const styles: CellStyle[] = []
  const formats = new Map<number, boolean>()
  const redFonts: boolean[] = []
  const path: string[] = []
  await parseXml(stream, {
    open(name, attributes) {
      const parent = path.at(-1)
      if (name === 'numFmt' && attributes.numFmtId)
        formats.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      if (name === 'font' && parent === 'fonts') redFonts.push(false)
      if (name === 'color' && parent === 'font' && path.at(-2) === 'fonts' && isRed(attributes))
        redFonts[redFonts.length - 1] = true
      if (name === 'xf' && parent === 'cellXfs') {
        const format = Number(attributes.numFmtId ?? 0)
        styles.push({
          date: formats.get(format) ?? DATE_FORMATS.has(format),
          red: redFonts[Number(attributes.fontId ?? 0)] ?? false,
        })
      }
      path.push(name)
    },
    close: () => void path.pop(),
  })
  return styles
}
