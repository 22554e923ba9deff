/** An XLSX file → its visible sheets. */
import { DomainError } from '../../../infrastructure/errors.ts'
import { MAX_SHEETS, refusedFile } from '../limits.ts'
import type { RawTable } from '../raw-table.ts'
import { importReplies as say } from '../replies.ts'
import { openPackage } from './open-package.ts'
import type { Package } from './open-package.ts'
import { parseXml } from './parse-xml.ts'
import { readSheet } from './read-sheet.ts'
import { readStrings } from './read-strings.ts'
import { readStyles } from './read-styles.ts'

interface Contents {
  sheets: { name: string; relation: string }[]
  from1904: boolean
}

/** @throws DomainError import_invalid with one line that says why it is not taken */
export async function readWorkbook(file: string, bytes: Buffer): Promise<RawTable[]> {
  const parts = await openPackage(file, bytes)
  try {
    refuseForeign(file, parts)
    const { sheets, from1904 } = await readContents(parts)
    if (sheets.length > MAX_SHEETS) throw refusedFile(say.tooManySheets(file))
    const targets = await readRelations(parts)
    const strings = parts.has(STRINGS) ? await readStrings(file, await parts.open(STRINGS)) : []
    const styles = parts.has(STYLES) ? await readStyles(await parts.open(STYLES)) : []
    const counted = { rows: 0, cells: 0, characters: 0 }
    const tables: RawTable[] = []
    for (const { name, relation } of sheets) {
      const target = targets.get(relation)
      // A sheet of charts has no cells.
      if (!target || !/worksheets\//.test(target)) continue
      const stream = await parts.open(target)
      tables.push(await readSheet(stream, { file, sheet: name, strings, styles, from1904, counted }))
    }
    return tables
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw refusedFile(say.notAWorkbook(file))
  } finally {
    parts.close()
  }
}

const WORKBOOK = 'xl/workbook.xml'
const STRINGS = 'xl/sharedStrings.xml'
const STYLES = 'xl/styles.xml'

function refuseForeign(file: string, parts: Package): void {
  if (parts.names().some((name) => /vbaProject|macrosheets?\//i.test(name))) throw refusedFile(say.macros(file))
  if (parts.has('word/document.xml')) throw refusedFile(say.wordDocument(file))
  if (!parts.has(WORKBOOK)) throw refusedFile(say.notAWorkbook(file))
}

async function readContents(parts: Package): Promise<Contents> {
  const contents: Contents = { sheets: [], from1904: false }
  await parseXml(await parts.open(WORKBOOK), {
    open(name, attributes) {
      if (name === 'workbookPr') contents.from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      // What is hidden was not shown to whoever signed the sheet.
      if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible')
        contents.sheets.push({ name: attributes.name ?? '', relation: relationOf(attributes) })
    },
  })
  return contents
}

/** The attribute is r:id, where r is whatever the writer chose to call that namespace. */
const relationOf = (attributes: Record<string, string>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''

/** Relation id → path of the part. */
async function readRelations(parts: Package): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await parseXml(await parts.open('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target)
        targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return targets
}
