/** The sample township in a database of the test's own, and its files read independently of the code under test. */
import { readFile } from 'node:fs/promises'
import { parse as parseCsv } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import { parse as parseYaml } from 'yaml'
import { createPublicationsHere } from '../../scripts/support/publications-here.ts'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import { testServers } from '../support/servers.ts'

export const TODAY = new Date('2026-11-23T02:00:00Z')
export const KNOWLEDGE = 'knowledge'

export async function loadSample(mongoUri = testServers().mongoUri): Promise<PublicationsHere> {
  const here = await createPublicationsHere(mongoUri)
  await here.organisation.load(parseYaml(await readFile(`${KNOWLEDGE}/township.yaml`, 'utf8')))
  await here.publications.start?.()
  await here.publications.importTownship(KNOWLEDGE)
  for (const { id } of (await here.organisation.get()).villages)
    await here.publications.importVillage(id, `${KNOWLEDGE}/villages/${id}`)
  return here
}

export interface Line {
  date: string
  category: string
  summary: string
  income: number
  expense: number
  balance: number
  project: string
}

/** All lines of a village's workbooks in 分, read with plain code. */
export async function readLines(village: string): Promise<Line[]> {
  const lines: Line[] = []
  for (const year of ['2025', '2026']) {
    for (const { data } of await readXlsx(`${KNOWLEDGE}/villages/${village}/ledger-${year}.xlsx`)) {
      const head = data.findIndex((row) => row.includes('日期'))
      const at = (name: string): number => data[head]!.indexOf(name)
      for (const row of data.slice(head + 1)) {
        if (!row[at('科目')]) continue
        const fen = (name: string): number => Math.round(Number(String(row[at(name)] ?? 0).replaceAll(',', '')) * 100)
        const raw = row[at('日期')]
        const date =
          raw instanceof Date
            ? raw.toISOString().slice(0, 10)
            : String(raw).replace(
                /^(\d{4})\D(\d{1,2})\D(\d{1,2}).*$/,
                (_all, y: string, m: string, d: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
              )
        lines.push({
          date,
          category: String(row[at('科目')]),
          summary: String(row[at('摘要')]),
          income: fen('收入'),
          expense: fen('支出'),
          balance: fen('余额'),
          project: String(row[at('项目')] ?? ''),
        })
      }
    }
  }
  return lines
}

/** Rows of one sheet by heading; title rows above the headings are passed over. */
export async function readSheet(file: string, sheet: string): Promise<Record<string, unknown>[]> {
  const { data } = (await readXlsx(`${KNOWLEDGE}/villages/${file}`)).find((each) => each.sheet === sheet)!
  const head = data.findIndex((row) => row.filter((cell) => cell !== null).length > 3)
  return data
    .slice(head + 1)
    .map((row) => Object.fromEntries(row.map((cell, index) => [String(data[head]![index]), cell])))
}

export async function readCsv(file: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(`${KNOWLEDGE}/villages/${file}`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('gbk').decode(bytes)
  }
  return parseCsv(text.replace(/^\uFEFF/, ''), { columns: true })
}

/** 分 → 86,400元 written without the code under test. */
export function written(fen: number): string {
  const [whole, rest] = (fen / 100).toFixed(2).split('.')
  return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${rest === '00' ? '' : `.${rest}`}元`
}
