/** Tables as village accountants keep them → rows, or the cell that cannot be read. */
import { describe, expect, test } from 'vitest'
import { IMPORT_KINDS, KINDS } from '../../../src/publications/import/kinds.ts'
import type { ImportKind } from '../../../src/publications/import/kinds.ts'
import { maskPersonal } from '../../../src/publications/import/mask-personal.ts'
import { readPasted, readTables } from '../../../src/publications/import/read-table.ts'
import type { Read } from '../../../src/publications/import/read-finance.ts'
import { makeTemplate } from '../../../src/publications/import/template.ts'

import { makeWorkbook, toRows } from './make-zip.ts'
import type { SheetParts } from './make-zip.ts'

const readSheet = async (
  kind: ImportKind,
  rows: readonly (readonly (string | number | null)[])[],
  more: Partial<SheetParts> = {},
): Promise<Read> => KINDS[kind].read(await readTables('账.xlsx', makeWorkbook({ rows: toRows(rows), ...more })))

const lines = ({ errors }: Read): string[] => errors.map(({ line }) => line)
const data = ({ records }: Read): Record<string, unknown>[] => records.map((record) => record.data as never)
const HEAD = ['日期', '凭证号', '科目', '摘要', '收入', '支出', '余额']

describe('ledgers as they are kept', () => {
  test('a title, a unit line, headings in another order and by other names, a page total, signatures', async () => {
    const read = await readSheet('ledger', [
      ['张家庄村2025年3月收支明细表'],
      ['编制单位:张家庄村', null, null, '单位:元'],
      ['摘  要', '记账日期', '付方', '收方', '会计科目', '凭证编号', '结存'],
      ['打扫卫生', '3月5日', '1,200.00', null, '公益支出/环境卫生', '记-1', '8,800.00'],
      ['鱼塘承包费', '3.6', null, '1.2万', '发包及上交收入', '记-2', '20,800.00'],
      ['本月合计', null, '1,200.00', '12,000.00'],
      [null, null, null, '合  计', null, null, null],
      ['审核人:刘某', null, '制表:张某'],
    ])
    expect(lines(read)).toEqual([])
    expect(read.notes).toEqual([])
    expect(data(read)).toMatchObject([
      { date: '2025-03-05', expense: 120_000, income: 0, balance: 880_000, voucher: '记-1' },
      { date: '2025-03-06', expense: 0, income: 1_200_000, balance: 2_080_000 },
    ])
  })

  test('headings on two rows, month and day in two columns that are written once', async () => {
    const read = await readSheet(
      'ledger',
      [
        ['收支明细账'],
        ['2025年', null, '凭证号', '科目', '摘要', '金额', null, '余额'],
        ['月', '日', null, null, null, '收入', '支出', null],
        [3, 5, '1', '办公费', '买纸', null, 20, 980],
        [null, null, '2', '办公费', '买笔', null, 30, 950],
        [null, 8, '3', '办公费', '买墨', null, 50, 900],
        [4, 1, '1', '租赁收入', '房租', 100, null, 1000],
      ],
      { merges: ['A1:H1', 'A2:B2', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:G2', 'H2:H3'] },
    )
    expect(lines(read)).toEqual([])
    expect(data(read).map(({ date, income, expense }) => [date, income, expense])).toEqual([
      ['2025-03-05', 0, 2000],
      ['2025-03-05', 0, 3000],
      ['2025-03-08', 0, 5000],
      ['2025-04-01', 10_000, 0],
    ])
  })

  test('a merged cell counts for all its rows, an amount in it only once', async () => {
    const read = await readSheet(
      'ledger',
      [HEAD, ['2025-03-05', '1', '办公费', '买纸', null, 20, null], [null, null, null, '买笔', null, null, 950]],
      { merges: ['A2:A3', 'B2:B3', 'C2:C3', 'F2:F3'] },
    )
    expect(lines(read)).toEqual([])
    expect(data(read)).toMatchObject([
      { date: '2025-03-05', category: '办公费', summary: '买纸', expense: 2000 },
      { date: '2025-03-05', category: '办公费', summary: '买笔', expense: 0 },
    ])
  })

  test('each month on a sheet of its own; a sheet of something else is passed over, and that is told', async () => {
    const bytes = await (
      await import('write-excel-file/node')
    )
      .default([
        {
          sheet: '3月',
          data: [HEAD, ['2025-03-05', '1', '办公费', '纸', '', 20, '']].map((row) => row.map((value) => ({ value }))),
        },
        {
          sheet: '4月',
          data: [HEAD, ['2025-04-05', '1', '办公费', '笔', '', 30, '']].map((row) => row.map((value) => ({ value }))),
        },
        { sheet: '通讯录', data: [[{ value: '姓名' }]] },
      ] as never)
      .toBuffer()
    const read = KINDS.ledger.read(await readTables('账.xlsx', bytes))
    expect(data(read).map(({ date }) => date)).toEqual(['2025-03-05', '2025-04-05'])
    expect(read.notes.join()).toContain('通讯录')
  })

  test('what does not add up is told, and is not in the way', async () => {
    const read = await readSheet('ledger', [
      HEAD,
      ['2025-03-05', '1', '办公费', '买纸', null, 20, 980],
      ['2025-03-06', '2', '办公费', '买笔', null, 30, 960],
      ['合计', null, null, null, null, 60, null],
    ])
    expect(lines(read)).toEqual([])
    expect(read.notes).toEqual([
      expect.stringMatching(/第4行合计对不上:“支出”各行加起来是50,合计写的是60/),
      expect.stringMatching(/第3行余额对不上.*是950,这里写的是960/),
    ])
  })

  test('red type is told: is it less?', async () => {
    const styles =
      '<styleSheet><fonts><font/><font><color rgb="FFFF0000"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    const rows =
      toRows([HEAD]) +
      '<row r="2"><c r="A2"><v>45721</v></c><c r="B2"><v>1</v></c><c r="C2" t="inlineStr"><is><t>办公费</t></is></c><c r="D2" t="inlineStr"><is><t>退纸</t></is></c><c r="F2" s="1"><v>20</v></c></row>'
    const read = KINDS.ledger.read(await readTables('账.xlsx', makeWorkbook({ rows, styles })))
    expect(data(read)).toMatchObject([{ date: '2025-03-05', expense: 2000, voucher: '1' }])
    expect(read.notes).toEqual([expect.stringMatching(/第2行“支出”是红字,写的是正数/)])
  })
})

describe('errors at the cell', () => {
  const row = (change: Record<number, string | number | null>): (string | number | null)[] =>
    ['2025-03-05', '1', '办公费', '买纸', null, 20, null].map((value, index) =>
      index in change ? change[index]! : value,
    )

  test.each<[string, Record<number, string | number | null>, string, string]>([
    ['an amount in words', { 5: '叁千' }, 'F2', '账.xlsx(表)第2行“支出”写的是“叁千”,看不懂,请写成数字(如1234.50)。'],
    [
      'a day that does not exist',
      { 0: '2025-02-30' },
      'A2',
      '账.xlsx(表)第2行“日期”写的是“2025-02-30”,看不懂,请写成日期(如2025-03-05)。',
    ],
    [
      'a date without its year',
      { 0: '3月5日' },
      'A2',
      '账.xlsx(表)第2行“日期”写的是“3月5日”,看不懂,请写成日期(如2025-03-05)。',
    ],
    ['nothing where something is needed', { 3: null }, 'D2', '账.xlsx(表)第2行“摘要”是空的,请填文字。'],
    ['neither income nor expense', { 5: null }, '', '账.xlsx(表)第2行收入和支出都是空的,请填一个。'],
    [
      'text that a spreadsheet would run',
      { 3: '=HYPERLINK("http://x","看")' },
      'D2',
      '账.xlsx(表)第2行“摘要”是公式“=HYPERLINK("http://x","看")”,里面没有算好的数,请改成数字或文字。',
    ],
  ])('%s', async (_what, change, cell, line) => {
    const read = await readSheet('ledger', [HEAD, row(change)])
    expect(lines(read)).toEqual([line])
    expect(read.errors[0]).toMatchObject({ cell, row: 2, sheet: '表' })
  })

  test('headings that are not there are named', async () => {
    expect(
      lines(
        await readSheet('ledger', [
          ['日期', '摘要'],
          ['a', 'b'],
        ]),
      ),
    ).toEqual(['账.xlsx(表):找不到表头,缺少“凭证号”“科目”这几列。'])
  })

  test('after very many faults the rest is not read', async () => {
    const read = await readSheet('ledger', [HEAD, ...Array.from({ length: 2000 }, () => row({ 5: '叁千' }))])
    expect(read.errors.length).toBeLessThan(310)
  })
})

describe('pasted', () => {
  const rows = [
    ['月份', '期初', '收入', '支出', '期末'],
    ['2025-03', '1,000.00', '200', '100', '1,100.00'],
  ]
  test.each([
    ['out of a spreadsheet', rows.map((row) => row.join('\t')).join('\n')],
    ['with lines drawn', `| ${rows[0]!.join(' | ')} |\n|---|---|---|---|---|\n| ${rows[1]!.join(' | ')} |`],
    ['out of a chat', rows.map((row) => row.map((cell) => cell.replaceAll(',', '')).join('   ')).join('\r\n')],
    ['as CSV with semicolons', rows.map((row) => row.join(';')).join('\n')],
  ])('%s', (_what, text) => {
    const read = KINDS.bank.read([readPasted(text)])
    expect(lines(read)).toEqual([])
    expect(data(read)).toEqual([
      { month: '2025-03', opening: 100_000, income: 20_000, expense: 10_000, closing: 110_000 },
    ])
  })

  test('a file in UTF-16, as a spreadsheet saves text', async () => {
    const text = rows.map((row) => row.join('\t')).join('\r\n')
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    expect(data(KINDS.bank.read(await readTables('a.txt', bytes)))).toHaveLength(1)
  })
})

describe('numbers of people', () => {
  // 110101199003070134 has the right check character, 110101199003070130 a wrong one; no such persons are meant.
  test.each<[string, string]>([
    ['张某 110101199003070134', '张某 1101**********0134'],
    ['110101199003070130', '1101**********0130'],
    ['身份证:110101900307013', '身份证:1101*******7013'],
    ['电话13800000001转', '电话138****0001转'],
    ['138 0000 0001', '138****0001'],
    ['138-0000-0001、13900000002', '138****0001、139****0002'],
    ['一卡通 6223191234567890123', '一卡通 6223***********0123'],
    ['6228480402564890018', '6228***********0018'],
    ['账号:905011223344', '账号:9050****3344'],
    ['0539-5550201', '0539-5550201'],
    ['记-202503-001', '记-202503-001'],
    ['2025-03-05 1234567.89', '2025-03-05 1234567.89'],
    ['合同20250305001', '合同20250305001'],
  ])('%s', (written, masked) => expect(maskPersonal(written).text).toBe(masked))

  test('are taken out of what is read, and each is told with its place', async () => {
    const read = await readSheet('ledger', [
      [...HEAD, '收款方'],
      ['2025-03-05', '1', '办公费', '付王某6228480402564890018', null, 20, null, '王某13800000001'],
    ])
    expect(JSON.stringify(read.records)).not.toMatch(/62284804025|13800000001/)
    expect(read.masked).toEqual([
      { what: 'card', shown: '6228***********0018', sheet: '表', row: 2, heading: '摘要' },
      { what: 'phone', shown: '138****0001', sheet: '表', row: 2, heading: '收款方' },
    ])
  })

  test('a column of identity numbers is not imported at all; an office telephone stays', async () => {
    const read = await readSheet('roster', [
      ['类别', '姓名', '职务', '身份证号', '办公电话'],
      ['两委', '张某', '主任', '110101199003070134', '13800000001'],
    ])
    expect(JSON.stringify(read.records)).not.toContain('11010119900307')
    expect(read.notes.join()).toContain('“身份证号”这几列用不着')
    expect(data(read)).toMatchObject([{ phone: '13800000001' }])
  })
})

describe('templates', () => {
  test.each(IMPORT_KINDS.map((kind) => [kind] as const))('%s: handed back filled in, it is read', async (kind) => {
    const tables = await readTables('模板.xlsx', await makeTemplate(kind))
    expect(tables.map(({ sheet }) => sheet)).toEqual([...KINDS[kind].sheets.map(({ name }) => name), '怎么填'])
    for (const [index, { shape }] of KINDS[kind].sheets.entries()) {
      const values = {
        text: '字',
        list: '甲',
        money: 1,
        number: 1,
        date: '2025-03-05',
        'loose-date': '2025-03-05',
        month: '2025-03',
      }
      tables[index]!.rows.push(Object.values(shape).map(({ type }) => values[type]))
    }
    const read = KINDS[kind].read(tables)
    expect(lines(read)).toEqual([])
    expect(read.records.length).toBeGreaterThan(0)
    expect(read.notes).toEqual([])
  })
})
