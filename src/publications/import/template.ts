/** An empty workbook of a kind: the headings, one line that shows how to write, and a sheet that says what each column takes. */
import writeExcelFile from 'write-excel-file/node'
import { KINDS } from './kinds.ts'
import type { ImportKind } from './kinds.ts'
import { templateReplies as say } from './replies.ts'
import type { Column, TableShape } from './column.ts'

const made = new Map<ImportKind, Promise<Buffer>>()

/** @returns the bytes of an XLSX file; filled in and handed back it is read by the same kind. Made once a process. */
export async function makeTemplate(kind: ImportKind): Promise<Buffer> {
  const known = made.get(kind) ?? writeTemplate(kind)
  made.set(kind, known)
  return known
}

async function writeTemplate(kind: ImportKind): Promise<Buffer> {
  const { sheets } = KINDS[kind]
  const bold = { fontWeight: 'bold' as const, backgroundColor: '#E4EEFA', wrap: true }
  return writeExcelFile([
    ...sheets.map(({ name, shape }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: columnsOf(shape).map(({ names }) => ({ width: Math.max(12, (names[0] ?? '').length * 2 + 4) })),
      data: [columnsOf(shape).map(({ names }) => ({ value: names[0] ?? '', ...bold }))],
    })),
    {
      sheet: say.help,
      columns: [{ width: 18 }, { width: 10 }, { width: 34 }, { width: 40 }],
      data: [
        say.helpColumns.map((value) => ({ value, ...bold })),
        ...sheets.flatMap(({ shape }) => columnsOf(shape).map(helpRow)),
        ...say.advice.map((value) => [{ value }]),
      ],
    },
  ]).toBuffer()
}

const columnsOf = (shape: TableShape): Column[] => Object.values(shape)

function helpRow({ names, type, required }: Column): { value: string }[] {
  return [names[0] ?? '', required ? say.required : '', say.types[type], names.slice(1).join('、')].map((value) => ({
    value,
  }))
}
