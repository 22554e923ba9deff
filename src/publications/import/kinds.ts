/** What can be imported a file at a time: which sheets it has, how it is read, under which publication it comes. */
import type { PublicationClass, RecordKind } from '../records.ts'
import {
  join,
  readAssetTable,
  readAssets,
  readBatches,
  readContracts,
  readLists,
  readResourceTable,
  readRoster,
  readStandards,
} from './read-assets.ts'
import { findHeadings } from './find-headings.ts'
import { importReplies, templateReplies } from './replies.ts'
import { readBank, readDebts, readLedger } from './read-finance.ts'
import type { Read } from './read-finance.ts'
import { readMinutes } from './read-minutes.ts'
import { readProjects } from './read-projects.ts'
import { readResolutionTable } from './read-village-texts.ts'
import type { RawTable } from './raw-table.ts'
import { shapes } from './shapes.ts'
import type { TableShape } from './column.ts'

export const IMPORT_KINDS = [
  'ledger',
  'bank',
  'debts',
  'contracts',
  'projects',
  'assets',
  'resources',
  'standards',
  'batches',
  'lists',
  'resolutions',
  'roster',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface KindRule {
  /** As the console and the templates call it. */
  title: string
  class: PublicationClass
  /** 事项 where the village has published none of this kind yet. */
  item: string
  records: readonly RecordKind[]
  /** Sheets of the template, the first one is needed; other sheets of a workbook are passed over. */
  sheets: readonly { name: string; shape: TableShape }[]
  read(tables: readonly RawTable[]): Read
  /** Reads the same out of a Word or Markdown document. */
  readDocument?(file: string, bytes: Buffer): Promise<Read>
  /**
   * How records fall into publications: by the month or the year of their date, by batch, or all in the one that stands
   * until the next.
   */
  falls: 'month' | 'year' | 'batch' | 'standing'
  /** What the published one has and the file does not: a month's accounts are replaced whole, a register is added to. */
  missing: 'remove' | 'keep'
}

/** Sheets that say nothing (Sheet2, Sheet3) stand in most workbooks, and the template's page of advice. */
const filled = (tables: readonly RawTable[]): RawTable[] =>
  tables.filter(({ rows, sheet }) => rows.length > 0 && sheet !== templateReplies.help)

/** All sheets of a workbook that have these headings, as one table; the others are passed over, and that is told. */
const each =
  (shape: TableShape, read: (tables: readonly RawTable[]) => Read) =>
  (tables: readonly RawTable[]): Read => {
    const own = filled(tables)
    const fitting = own.filter((table) => !('missing' in findHeadings(table, shape)))
    if (fitting.length === 0) return read(own.slice(0, 1))
    const others = own.filter((table) => !fitting.includes(table)).map(({ sheet }) => sheet)
    const result = read(fitting)
    if (others.length > 0) result.notes.push(importReplies.notes.passedOver(others))
    return result
  }

const first =
  (read: (table: RawTable) => Read, name: string) =>
  (tables: readonly RawTable[]): Read => {
    const own = filled(tables)
    const table = own.find(({ sheet }) => sheet.includes(name)) ?? own[0] ?? tables[0]
    return table ? read(table) : join()
  }

export const KINDS: Readonly<Record<ImportKind, KindRule>> = {
  ledger: {
    title: '收支明细账',
    class: 'finance',
    item: '月度收支明细',
    records: ['ledger'],
    sheets: [{ name: '收支明细', shape: shapes.ledger }],
    read: each(shapes.ledger, readLedger),
    falls: 'month',
    missing: 'remove',
  },
  bank: {
    title: '银行存款',
    class: 'finance',
    item: '银行存款余额',
    records: ['bank'],
    sheets: [{ name: '银行存款', shape: shapes.bank }],
    read: each(shapes.bank, (tables) => join(...tables.map(readBank))),
    falls: 'month',
    missing: 'remove',
  },
  debts: {
    title: '债权债务',
    class: 'finance',
    item: '债权债务',
    records: ['debt'],
    sheets: [{ name: '债权债务', shape: shapes.debts }],
    read: first(readDebts, '债'),
    falls: 'standing',
    missing: 'remove',
  },
  contracts: {
    title: '合同',
    class: 'assets',
    item: '合同及租金收缴',
    records: ['contract'],
    sheets: [{ name: '合同', shape: shapes.contracts }],
    read: first(readContracts, '合同'),
    falls: 'standing',
    missing: 'keep',
  },
  projects: {
    title: '工程项目',
    class: 'affairs',
    item: '工程项目实施情况',
    records: ['project'],
    sheets: [
      { name: '项目', shape: shapes.projects },
      { name: '投标', shape: shapes.bids },
      { name: '付款', shape: shapes.payments },
      { name: '进度', shape: shapes.progress },
    ],
    read: (tables) => readProjects(tables[0]?.file ?? '', filled(tables)),
    falls: 'standing',
    missing: 'keep',
  },
  assets: {
    title: '资产(可带资源)',
    class: 'assets',
    item: '资产资源登记',
    records: ['asset', 'resource'],
    sheets: [
      { name: '资产', shape: shapes.assets },
      { name: '资源', shape: shapes.resources },
    ],
    read: (tables) =>
      tables.length > 1 ? readAssets(tables[0]?.file ?? '', filled(tables)) : first(readAssetTable, '资产')(tables),
    falls: 'standing',
    missing: 'keep',
  },
  resources: {
    title: '资源',
    class: 'assets',
    item: '资产资源登记',
    records: ['resource'],
    sheets: [{ name: '资源', shape: shapes.resources }],
    read: first(readResourceTable, '资源'),
    falls: 'standing',
    missing: 'keep',
  },
  standards: {
    title: '惠民补贴标准',
    class: 'affairs',
    item: '惠民补贴标准',
    records: ['subsidy'],
    sheets: [{ name: '标准', shape: shapes.standards }],
    read: first(readStandards, '标准'),
    falls: 'standing',
    missing: 'keep',
  },
  batches: {
    title: '补贴发放(批次和名单)',
    class: 'affairs',
    item: '补贴发放',
    records: ['batch', 'list-row'],
    sheets: [
      { name: '批次', shape: shapes.batches },
      { name: '名单', shape: shapes.list },
    ],
    read(tables) {
      const own = filled(tables)
      const batches = own.find(({ sheet }) => sheet.includes('批次')) ?? own[0]
      const lists = own.find((table) => table.sheet.includes('名单') && table !== batches)
      const batch = batches ? readBatches(batches) : join()
      const known = new Set(batch.records.map(({ recordId }) => recordId))
      return lists ? join(batch, readLists(lists, known)) : batch
    },
    falls: 'batch',
    missing: 'remove',
  },
  lists: {
    title: '补贴名单',
    class: 'affairs',
    item: '补贴发放',
    records: ['list-row'],
    sheets: [{ name: '名单', shape: shapes.list }],
    read: first((table) => readLists(table, null), '名单'),
    falls: 'batch',
    missing: 'remove',
  },
  resolutions: {
    title: '会议决议',
    class: 'affairs',
    item: '村民会议和代表会议决议',
    records: ['resolution'],
    sheets: [{ name: '决议', shape: shapes.resolutions }],
    read: first(readResolutionTable, '决议'),
    readDocument: readMinutes,
    falls: 'year',
    missing: 'keep',
  },
  roster: {
    title: '村干部名册',
    class: 'affairs',
    item: '村干部名册和办公时间',
    records: ['roster'],
    sheets: [{ name: '名册', shape: shapes.roster }],
    read: first(readRoster, '名册'),
    falls: 'standing',
    missing: 'keep',
  },
}
