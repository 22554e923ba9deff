/** Workbooks as they come: the sample's read as another library reads them; odd ones survived, bad ones refused in bounded memory. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import readXlsx from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/infrastructure/errors.ts'
import { cellText } from '../../../src/publications/import/cells.ts'
import type { CellValue } from '../../../src/publications/import/raw-table.ts'
import { readTables } from '../../../src/publications/import/read-table.ts'
import { makeWorkbook, makeZip, toRows } from './make-zip.ts'

async function refusal(file: string, bytes: Buffer): Promise<string> {
  try {
    await readTables(file, bytes)
    return 'taken'
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'import_invalid') throw error
    return String((error.details as string[])[0])
  }
}

const firstRow = async (rows: string, more: Partial<Parameters<typeof makeWorkbook>[0]> = {}): Promise<CellValue[]> =>
  (await readTables('a.xlsx', makeWorkbook({ rows, ...more })))[0]!.rows[0]!

describe('the sample workbooks', async () => {
  const folder = 'knowledge/villages'
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.xlsx'))

  test.each(files)('%s reads as by another library', async (file) => {
    const path = join(folder, file)
    const ours = await readTables(file, await readFile(path))
    const theirs = await readXlsx(path)
    expect(ours.map(({ sheet }) => sheet)).toEqual(theirs.map(({ sheet }) => sheet))
    const plain = (rows: readonly (readonly unknown[])[]): string[] =>
      rows
        .map((row) =>
          row
            .map((cell) => cellText(cell as CellValue))
            .join('|')
            .replace(/\|+$/, ''),
        )
        .filter((row) => row !== '')
    ours.forEach((table, index) => expect(plain(table.rows)).toEqual(plain(theirs[index]!.data)))
  })
})

describe('cells', () => {
  test('texts in several formats are joined, readings above characters left out, entities read', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>修</t></r><r><t>路</t></r></is></c></row>'
    const strings = '<sst><si><r><t>张&amp;李</t></r><r><t>庄</t></r><rPh><t>zhang</t></rPh></si></sst>'
    const bytes = makeZip([
      {
        name: 'xl/workbook.xml',
        content: '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="x"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="x" Target="/xl/worksheets/s.xml"/></Relationships>',
      },
      { name: 'xl/worksheets/s.xml', content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
      { name: 'xl/sharedStrings.xml', content: strings },
    ])
    expect((await readTables('a.xlsx', bytes))[0]!.rows).toEqual([['张&李庄', null, '修路']])
  })

  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="166" formatCode="#,##0.00;[Red]-#,##0.00"/></numFmts>' +
    '<fonts><font/><font><color rgb="FFFF0000"/></font></fonts>' +
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="165" fontId="0"/><xf numFmtId="166" fontId="0"/><xf numFmtId="4" fontId="1"/></cellXfs></styleSheet>'

  test('a number in a format of dates is a date, one in a format of money is none, red type is noticed', async () => {
    const rows = `<row r="1">${[0, 1, 2, 3, 4].map((style) => `<c r="${'ABCDE'[style]}1" s="${style}"><v>45721</v></c>`).join('')}</row>`
    const [table] = await readTables('a.xlsx', makeWorkbook({ rows, styles }))
    expect(table!.rows[0]!.map((cell) => cellText(cell))).toEqual([
      '45721',
      '2025-03-05',
      '2025-03-05',
      '45721',
      '45721',
    ])
    expect([...table!.red!]).toEqual(['0,4'])
  })

  test('dates counted from 1904', async () => {
    const workbook =
      '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>'
    const cells = await firstRow('<row r="1"><c r="A1" s="1"><v>44259</v></c></row>', { styles, workbook })
    expect(cellText(cells[0])).toBe('2025-03-05')
  })

  test('of a formula the saved result is taken; without one, or with an error, the cell says so', async () => {
    const cells = await firstRow(
      '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>12.5</v></c><c r="B1"><f>HYPERLINK("http://x")</f></c><c r="C1" t="e"><f>A9/0</f><v>#DIV/0!</v></c><c r="D1" t="str"><f>"甲"</f><v>甲</v></c></row>',
    )
    expect(cells).toEqual([
      12.5,
      { broken: 'formula', written: '=HYPERLINK("http://x")' },
      { broken: 'error', written: '#DIV/0!' },
      '甲',
    ])
  })

  test('hidden sheets are left out', async () => {
    const workbook = '<workbook xmlns:r="r"><sheets><sheet name="表" state="hidden" r:id="rId1"/></sheets></workbook>'
    expect(await readTables('a.xlsx', makeWorkbook({ rows: toRows([['a']]), workbook }))).toEqual([])
  })

  test('rows that are formatted and empty to the last one of the sheet do not count', async () => {
    const rows = `${toRows([['a']])}<row r="1048576"><c r="A1048576" s="1"/></row>`
    expect((await readTables('a.xlsx', makeWorkbook({ rows })))[0]!.rows).toHaveLength(1)
  })
})

describe('refused, with a reason', () => {
  const cell = '<c t="inlineStr"><is><t>a</t></is></c>'
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)])
  test.each<[string, string, () => Buffer, RegExp]>([
    ['nothing in it', 'a.xlsx', () => Buffer.alloc(0), /是空的/],
    ['a picture', 'a.xlsx', () => Buffer.from('89504e470d0a1a0a', 'hex'), /是图片/],
    ['a PDF', 'a.csv', () => Buffer.from('%PDF-1.7 …'), /是PDF/],
    ['an old workbook', 'a.xls', () => compound, /老格式.*另存为/],
    [
      'a workbook with a password',
      'a.xlsx',
      () => Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]),
      /加了密码/,
    ],
    [
      'a zip with a password',
      'a.xlsx',
      () => makeZip([{ name: 'xl/workbook.xml', content: 'x', encrypted: true }]),
      /加了密码/,
    ],
    ['a web page', 'a.xls', () => Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), /其实是网页/],
    ['text that calls itself a workbook', 'a.xlsx', () => Buffer.from('日期,金额\n'), /不是能打开的XLSX/],
    ['bytes that call themselves CSV', 'a.csv', () => Buffer.from([1, 0, 2, 0, 3]), /不是能读的表格/],
    ['a Word document', 'a.xlsx', () => makeZip([{ name: 'word/document.xml', content: '<a/>' }]), /是Word文档/],
    ['another zip', 'a.xlsx', () => makeZip([{ name: 'a.txt', content: 'a' }]), /不是能打开的XLSX/],
    [
      'macros',
      'a.xlsm',
      () => makeWorkbook({ rows: toRows([['a']]), more: [{ name: 'xl/vbaProject.bin', content: 'x' }] }),
      /带有宏/,
    ],
    [
      'macros under another name of file',
      'a.xlsx',
      () => makeWorkbook({ rows: '', more: [{ name: 'xl/vbaProject.bin', content: 'x' }] }),
      /带有宏/,
    ],
    ['a million rows', 'a.xlsx', () => makeWorkbook({ rows: `<row>${cell}</row>`.repeat(1_000_000) }), /超过10万行/],
    [
      'a cell in the last row',
      'a.xlsx',
      () => makeWorkbook({ rows: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' }),
      /超过10万行/,
    ],
    ['too many columns', 'a.xlsx', () => makeWorkbook({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }), /列太多/],
    [
      'a document type with entities',
      'a.xlsx',
      () =>
        makeWorkbook({
          rows: '',
          workbook: '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>',
        }),
      /不是能打开的XLSX/,
    ],
    ['broken XML', 'a.xlsx', () => makeWorkbook({ rows: '<row><c>' }), /不是能打开的XLSX/],
    [
      'a cell without a place',
      'a.xlsx',
      () => makeWorkbook({ rows: '<row><c r="x"><v>1</v></c></row>' }),
      /不是能打开的XLSX/,
    ],
    [
      'a zip cut in the middle',
      'a.xlsx',
      () => makeWorkbook({ rows: toRows([['a']]) }).subarray(0, 300),
      /不是能打开的XLSX/,
    ],
    [
      'too many parts',
      'a.xlsx',
      () => makeZip(Array.from({ length: 2001 }, (_, index) => ({ name: `xl/${index}`, content: '' }))),
      /东西太多/,
    ],
    ['a million lines of CSV', 'a.csv', () => Buffer.from('a,b\n'.repeat(1_000_000)), /超过10万行/],
    ['a file beyond 20 MB', 'a.csv', () => Buffer.alloc(21 * 1024 * 1024, 'a'), /超过20MB/],
  ])('%s', async (_what, file, make, reason) => {
    expect(await refusal(file, make())).toMatch(reason)
  })

  test('one long text in very many cells', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, row) => `<row r="${row + 1}"><c r="A${row + 1}" t="s"><v>0</v></c></row>`,
    ).join('')
    expect(await refusal('a.xlsx', makeWorkbook({ rows, strings: ['长'.repeat(32_000)] }))).toMatch(/内容太多/)
  })

  test('zip bombs, honest and lying about their size, without the memory that they ask for', async () => {
    const bomb = `<row>${' '.repeat(120 * 1024 * 1024)}</row>`
    const honest = makeWorkbook({ rows: bomb })
    const liar = makeZip([
      {
        name: 'xl/workbook.xml',
        content: '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="x"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="x" Target="worksheets/s.xml"/></Relationships>',
      },
      { name: 'xl/worksheets/s.xml', content: bomb, claims: 1000 },
    ])
    expect(honest.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().rss
    expect(await refusal('a.xlsx', honest)).toMatch(/解开以后太大/)
    expect(await refusal('a.xlsx', liar)).toMatch(/不是能打开的XLSX/)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })
})
