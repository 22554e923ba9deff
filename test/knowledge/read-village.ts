/** A sample village's files as a clerk's spreadsheet shows them; apart from the importer on purpose. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { parse as parseYaml } from 'yaml'

export type Row = Record<string, string>

const folder = (village: string): string => `knowledge/villages/${village}`

/** 元 → 分, so that sums are exact; an empty cell is 0. */
export const cents = (value: string | undefined): number => Math.round(Number(value || 0) * 100)

export const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** Text and numbers as they stand in the cell; anything else is an empty cell. */
const cell = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** Rows below the headings, with the headings as keys; the headings are the first line that holds `first`. */
function tabulate(lines: readonly (readonly unknown[])[], first: string, where: string): Row[] {
  const at = lines.findIndex((line) => cell(line[0]) === first)
  if (at < 0) throw new Error(`${where}: no line begins with ${first}`)
  const headings = (lines[at] ?? []).map(cell)
  return lines
    .slice(at + 1)
    .filter((line) => line.some((each) => cell(each) !== ''))
    .map((line) => Object.fromEntries(headings.map((heading, column) => [heading, cell(line[column])])))
}

/** GB18030 when the bytes are no UTF-8; a byte order mark is dropped. */
export function readText(path: string): string {
  const bytes = readFileSync(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export function readTable(village: string, file: string, first: string): Row[] {
  const lines = parseCsv(readText(`${folder(village)}/${file}`), { relax_column_count: true }) as string[][]
  return tabulate(lines, first, file)
}

export async function readSheets(path: string): Promise<{ sheet: string; data: unknown[][] }[]> {
  return (await readWorkbook(readFileSync(path))) as { sheet: string; data: unknown[][] }[]
}

async function readSheet(village: string, file: string, sheet: string, first: string): Promise<Row[]> {
  const sheets = await readSheets(`${folder(village)}/${file}`)
  const found = sheets.find((each) => each.sheet === sheet)
  if (!found) throw new Error(`${village}/${file}: no sheet ${sheet}`)
  return tabulate(found.data, first, `${file} ${sheet}`)
}

export interface LedgerLine {
  date: string
  voucher: string
  category: string
  summary: string
  income: number
  expense: number
  balance: number
  handler: string
  witness: string
  payee: string
  method: string
  project: string
}

async function readLedger(village: string): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = []
  for (const year of ['2025', '2026']) {
    for (const { sheet, data } of await readSheets(`${folder(village)}/ledger-${year}.xlsx`)) {
      for (const row of tabulate(data, '日期', sheet)) {
        lines.push({
          date: (row['日期'] ?? '').replaceAll('.', '-'),
          voucher: row['凭证号'] ?? '',
          category: row['科目'] ?? '',
          summary: row['摘要'] ?? '',
          income: cents(row['收入']),
          expense: cents(row['支出']),
          balance: cents(row['余额']),
          handler: row['经手人'] ?? '',
          witness: row['证明人'] ?? '',
          payee: row['收款方'] ?? '',
          method: row['支付方式'] ?? '',
          project: row['项目'] ?? '',
        })
      }
    }
  }
  return lines
}

export interface Resolution {
  code: string
  date: string
  expected: number
  present: number
  for: number
  against: number
  abstained: number
}

function readResolutions(village: string): Resolution[] {
  const list = existsSync(`${folder(village)}/resolutions.yaml`)
    ? (parseYaml(readText(`${folder(village)}/resolutions.yaml`)) as { 决议: Record<string, unknown>[] }).决议
    : readdirSync(`${folder(village)}/resolutions`).map((name) => frontMatter(`${folder(village)}/resolutions/${name}`))
  return list.map((each) => ({
    code: String(each['编号']),
    date: String(each['日期']),
    expected: Number(each['应到']),
    present: Number(each['实到']),
    for: Number(each['赞成']),
    against: Number(each['反对']),
    abstained: Number(each['弃权']),
  }))
}

export function frontMatter(path: string): Record<string, unknown> {
  return parseYaml(readText(path).split(/^---$/m)[1] ?? '') as Record<string, unknown>
}

export interface Village {
  id: string
  ledger: LedgerLine[]
  bank: Row[]
  debts: Row[]
  projects: Row[]
  bids: Row[]
  payments: Row[]
  progress: Row[]
  contracts: Row[]
  assets: Row[]
  resources: Row[]
  standards: Row[]
  batches: Row[]
  list: Row[]
  resolutions: Resolution[]
  roster: Row[]
  publications: Row[]
  conferences: Record<string, unknown>[]
  party: Record<string, unknown>
}

export async function readVillage(id: string): Promise<Village> {
  return {
    id,
    ledger: await readLedger(id),
    bank: readTable(id, 'bank.csv', '月份'),
    debts: readTable(id, 'debts.csv', '类型'),
    projects: await readSheet(id, 'projects.xlsx', '项目', '编号'),
    bids: await readSheet(id, 'projects.xlsx', '投标', '项目编号'),
    payments: await readSheet(id, 'projects.xlsx', '付款', '项目编号'),
    progress: await readSheet(id, 'projects.xlsx', '进度', '项目编号'),
    contracts: readTable(id, 'contracts.csv', '合同编号'),
    assets: await readSheet(id, 'assets.xlsx', '资产', '编号'),
    resources: await readSheet(id, 'assets.xlsx', '资源', '编号'),
    standards: await readSheet(id, 'subsidies.xlsx', '标准', '名称'),
    batches: await readSheet(id, 'subsidies.xlsx', '批次', '批次号'),
    list: await readSheet(id, 'subsidies.xlsx', '名单', '批次号'),
    resolutions: readResolutions(id),
    roster: readTable(id, 'roster.csv', '类别'),
    publications: readTable(id, 'publications.csv', '类别'),
    conferences: (parseYaml(readText(`${folder(id)}/conference.yaml`)) as { 发布会: Record<string, unknown>[] }).发布会,
    party: parseYaml(readText(`${folder(id)}/party.yaml`)) as Record<string, unknown>,
  }
}
