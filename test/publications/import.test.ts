import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeXlsx from 'write-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import { cellDate, cellMoney, cellMonth } from '../../src/publications/import/cells.ts'
import { readTables } from '../../src/publications/import/read-table.ts'
import { shapes } from '../../src/publications/import/shapes.ts'
import { readRows } from '../../src/publications/import/table.ts'
import { DomainError } from '../../src/infrastructure/errors.ts'
import { KNOWLEDGE, loadSample } from './sample.ts'

let here: PublicationsHere
let folder: string

beforeAll(async () => {
  here = await loadSample()
  folder = await mkdtemp(join(tmpdir(), 'publications-'))
  await cp(`${KNOWLEDGE}/villages/zhangjiazhuang`, folder, { recursive: true })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await here.close()
})

/** Imports the folder with one file replaced, then puts it back. */
async function importWith(file: string, content: string | Buffer): Promise<string[]> {
  const before = await readFile(join(folder, file))
  await writeFile(join(folder, file), content)
  try {
    await here.publications.importVillage('zhangjiazhuang', folder)
    return []
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.details as string[]
  } finally {
    await writeFile(join(folder, file), before)
  }
}

describe('cells', () => {
  test.each<[unknown, number | null | undefined]>([
    [86400, 8_640_000],
    ['1,234.50', 123_450],
    ['1.2万', 1_200_000],
    ['¥1,234.50元整', 123_450],
    ['人民币 20 元', 2000],
    ['(20)', -2000],
    ['(1,234.50)', -123_450],
    ['-¥20', -2000],
    ['¥-20', -2000],
    ['负20', -2000],
    ['.5', 50],
    ['+500', 50_000],
    ['0.00', 0],
    ['-0', 0],
    ['1,23', undefined],
    ['1.2.3', undefined],
    ['叁千', undefined],
    ['20元5角', undefined],
    ['--20', undefined],
    ['(-20)', undefined],
    ['6228480402564890018', undefined],
    [6.2284804e18, undefined],
    [' ', null],
    ['无', null],
    ['/', null],
    ['86,400.50', 8_640_050],
    ['¥1,234', 123_400],
    ['3.5万', 3_500_000],
    ['1234元', 123_400],
    ['-20', -2000],
    ['', null],
    ['—', null],
    ['若干', undefined],
  ])('money %j', (written, fen) => expect(cellMoney(written as string)).toBe(fen))

  test.each<[unknown, string | null | undefined]>([
    ['2025-03-05', '2025-03-05'],
    ['2025/3/5', '2025-03-05'],
    ['2025.3.5', '2025-03-05'],
    ['2025年3月5日', '2025-03-05'],
    ['20250305', '2025-03-05'],
    [45721, '2025-03-05'],
    [45721.75, '2025-03-05'],
    ['25.3.5', '2025-03-05'],
    ['2025 年 3 月 5 日', '2025-03-05'],
    ['2025-3-5 10:20', '2025-03-05'],
    [20250305, '2025-03-05'],
    ['3月5日', undefined],
    [3.1, undefined],
    ['1025-03-05', undefined],
    [new Date('2025-03-05T00:00:00Z'), '2025-03-05'],
    ['2025-02-30', undefined],
    ['三月五号', undefined],
    ['', null],
  ])('date %j', (written, date) => expect(cellDate(written as string)).toBe(date))

  test.each<[string, string | undefined]>([
    ['3月5日', '2024-03-05'],
    ['3.10', '2024-03-10'],
    ['3/5', '2024-03-05'],
    ['2月30日', undefined],
    ['2025.3.5', '2025-03-05'],
  ])('date %j on a sheet of 2024', (written, date) => expect(cellDate(written, 2024)).toBe(date))

  test.each([
    ['2025年3月', '2025-03'],
    ['202503', '2025-03'],
    ['2025/3', '2025-03'],
  ])('month %j', (written, month) => expect(cellMonth(written)).toBe(month))
})

describe('tables', () => {
  test('headings in another order, under other names, below merged titles; a last line of sums is passed over', async () => {
    const csv =
      '张家庄债务表,,,,\n单位:元,,,,\n约定归还日期,金额(元), 对 方 ,原因,类别\n2026-01-01,"1,200",某公司,质保金,债务\n合计,1200,,,\n'
    const [table] = await readTables('debts.csv', Buffer.from(csv))
    const { rows, errors } = readRows(table!, shapes.debts)
    expect(errors).toEqual([])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      row: 4,
      value: { party: '某公司', amount: 120_000, reason: '质保金', type: '债务', due: '2026-01-01' },
    })
  })

  test('GBK and UTF-8 with a byte order mark read alike', async () => {
    // 月份,期初,收入,支出,期末 in GBK
    const gbk = Buffer.concat([
      Buffer.from('d4c2b7dd2cc6dab3f52ccad5c8eb2cd6a7b3f62cc6dac4a9', 'hex'),
      Buffer.from('\r\n2025-01,1,2,3,0\r\n'),
    ])
    const utf8 = Buffer.from('\uFEFF月份,期初,收入,支出,期末\n2025-01,1,2,3,0\n')
    for (const bytes of [gbk, utf8]) {
      const { rows, errors } = readRows((await readTables('bank.csv', bytes))[0]!, shapes.bank)
      expect(errors).toEqual([])
      expect(rows[0]?.value).toEqual({ month: '2025-01', opening: 100, income: 200, expense: 300, closing: 0 })
    }
  })

  test('a workbook with a title row keeps its row numbers', async () => {
    const sheet = [
      [{ value: '资产表' }],
      [{ value: '名称' }, { value: '资产编号' }, { value: '原值' }],
      [{ value: '水泵' }, { value: 'A1' }, { value: '很多' }],
    ]
    const bytes = await (writeXlsx(sheet as never) as unknown as { toBuffer(): Promise<Buffer> }).toBuffer()
    const { errors } = readRows((await readTables('assets.xlsx', bytes))[0]!, shapes.assets)
    expect(errors.map(({ line }) => line)).toEqual([
      expect.stringMatching(/^assets\.xlsx.*第3行“原值”写的是“很多”,看不懂,请写成数字\(如1234\.50\)。$/),
    ])
  })
})

describe('a bad file is refused whole, in words a clerk understands', () => {
  const bank = '月份,期初,收入,支出,期末\n'
  test.each<[string, string, string | Buffer, RegExp]>([
    [
      'a wrong amount',
      'bank.csv',
      `${bank}2025-01,1,2,三块,0\n`,
      /^bank\.csv第2行“支出”写的是“三块”,看不懂,请写成数字\(如1234\.50\)。$/,
    ],
    ['an empty cell', 'bank.csv', `${bank}2025-01,1,2,3,\n`, /^bank\.csv第2行“期末”是空的,请填数字\(如1234\.50\)。$/],
    ['a wrong month', 'bank.csv', `${bank}正月,1,2,3,0\n`, /第2行“月份”写的是“正月”,看不懂,请写成月份/],
    [
      'a missing column',
      'bank.csv',
      '月份,期初,收入\n2025-01,1,2\n',
      /^bank\.csv:找不到表头,缺少“支出”“期末”这几列。$/,
    ],
    ['a workbook that is none', 'ledger-2026.xlsx', 'not a workbook', /^ledger-2026\.xlsx:不是能打开的XLSX表格。$/],
    ['broken YAML', 'party.yaml', '支部:\n  - a\n b: [', /^party\.yaml第\d+行:格式不对/],
    [
      'a contract twice',
      'contracts.csv',
      '合同编号,标的,对方\nA,塘,甲\nA,地,乙\n',
      /^contracts\.csv第3行“合同编号”A与前面重复。$/,
    ],
  ])('%s', async (_what, file, content, line) => {
    const before = await here.connection.collection('records').countDocuments({ villageId: 'zhangjiazhuang' })
    const errors = await importWith(file, content)
    expect(errors).toEqual([expect.stringMatching(line)])
    expect(await here.connection.collection('records').countDocuments({ villageId: 'zhangjiazhuang' })).toBe(before)
  })

  test('all errors are told at once', async () => {
    expect(await importWith('bank.csv', `${bank}2025-01,a,b,c,d\n`)).toHaveLength(4)
  })
})

describe('importing again', () => {
  test('changes nothing when nothing changed', async () => {
    expect(await here.publications.importVillage('zhangjiazhuang', folder)).toMatchObject({ added: 0, changed: 0 })
  })

  test('gives a changed publication a new version; the old one stays readable, the others are untouched', async () => {
    const file = join(folder, 'bank.csv')
    const before = await readFile(file)
    const text = new TextDecoder(before.includes(0xc6) && !before.toString().includes('月') ? 'gbk' : 'utf-8').decode(
      before,
    )
    await writeFile(file, text.replace('2025-01,386420.50', '2025-01,386420.00'))
    expect(await here.publications.importVillage('zhangjiazhuang', folder)).toMatchObject({ added: 0, changed: 1 })
    await writeFile(file, before)
    const versions = await here.connection
      .collection<{ _id: string; version: number; state: string; hash: string; reason: string }>('publications')
      .find({ villageId: 'zhangjiazhuang', kinds: 'bank', period: '2025-01' })
      .sort({ version: 1 })
      .toArray()
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [1, 'superseded'],
      [2, 'published'],
    ])
    expect(versions[0]!.hash).not.toBe(versions[1]!.hash)
    expect(versions[1]!.reason).not.toBe('')
    expect(await here.connection.collection('records').countDocuments({ publicationId: versions[0]!._id })).toBe(1)
  })

  test('publishing a draft makes it answerable', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'publications-ljw-'))
    await cp(`${KNOWLEDGE}/villages/lijiawa`, copy, { recursive: true })
    const file = join(copy, 'publications.csv')
    const bytes = await readFile(file)
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      text = new TextDecoder('gbk').decode(bytes)
    }
    await writeFile(
      file,
      text.replace('月度收支明细,2026-08,2026-09-10,,,', '月度收支明细,2026-08,2026-09-10,2026-11-20,韩守信,公开栏'),
    )
    const { changed } = await here.publications.importVillage('lijiawa', copy)
    expect(changed).toBe(1)
    expect(JSON.stringify(await here.publications.page('/v/lijiawa/ledger?period=2026-08'))).toContain('r-l-2026-08')
    await rm(copy, { recursive: true, force: true })
  })
})
