/** A record in words: what it is called, and its fields as a table shows them. */
import { shapes } from '../import/shapes.ts'
import type { Column, TableShape } from '../import/column.ts'
import { clip, yuan } from '../format.ts'
import type { RecordKind } from '../records.ts'
import { submissionReplies as say } from './replies.ts'

interface KindWords {
  shape: TableShape
  /** Fields that name the record. */
  title: readonly string[]
  /** Tells the same thing in two files apart from another where the record's id is only its place; default the id. */
  key?: readonly string[]
}

/** Kinds that come out of a table; the others are imported as texts. */
const WORDS: Partial<Record<RecordKind, KindWords>> = {
  ledger: { shape: shapes.ledger, title: ['date', 'summary'] },
  bank: { shape: shapes.bank, title: ['month'] },
  debt: { shape: shapes.debts, title: ['party', 'reason'], key: ['type', 'party', 'reason', 'date'] },
  project: { shape: shapes.projects, title: ['name'] },
  contract: { shape: shapes.contracts, title: ['subject', 'party'] },
  asset: { shape: shapes.assets, title: ['name'] },
  resource: { shape: shapes.resources, title: ['name'] },
  subsidy: { shape: shapes.standards, title: ['name'] },
  batch: { shape: shapes.batches, title: ['name', 'period'] },
  'list-row': { shape: shapes.list, title: ['householder', 'group'], key: ['batch', 'householder', 'group'] },
  resolution: { shape: shapes.resolutions, title: ['topic'] },
  roster: { shape: shapes.roster, title: ['name', 'post'] },
}

export interface Told {
  kind: RecordKind
  recordId: string
  data: unknown
}

const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const dataOf = ({ data }: Told): Record<string, unknown> => data as Record<string, unknown>

export function titleOf(record: Told): string {
  const data = dataOf(record)
  const words = WORDS[record.kind]?.title.map((key) => plain(data[key])).filter((word) => word !== '') ?? []
  return clip(words.join(' ') || record.recordId, 60)
}

/** Equal for the same thing in two versions; several equal ones of a version are numbered. */
export function keysOfRecords<T extends Told>(records: readonly T[]): Map<string, T> {
  const keyed = new Map<string, T>()
  for (const record of records) {
    const fields = WORDS[record.kind]?.key
    const data = dataOf(record)
    const stem = `${record.kind}#${fields ? fields.map((key) => plain(data[key])).join('|') : record.recordId}`
    let key = stem
    for (let number = 2; fields && keyed.has(key); number++) key = `${stem}#${number}`
    keyed.set(key, record)
  }
  return keyed
}

/** Fields with their headings, in the order of the table. */
export function fieldsOf(record: Told): { label: string; text: string }[] {
  const data = dataOf(record)
  const columns = Object.entries(WORDS[record.kind]?.shape ?? {}).map(([key, column]: [string, Column]) => ({
    label: column.names[0] ?? key,
    // A line of accounts has the one or the other.
    text: record.kind === 'ledger' && column.type === 'money' && data[key] === 0 ? '' : textOf(data[key], column.type),
  }))
  if (record.kind !== 'project') return columns
  return [...columns, ...say.projectParts.map(({ key, label }) => ({ label, text: partsText(data[key]) }))]
}

function textOf(value: unknown, type: Column['type'] | 'nested'): string {
  if (value === null || value === undefined) return ''
  if (type === 'money' && typeof value === 'number') return yuan(value)
  return Array.isArray(value) ? value.map(String).join('、') : String(value as string | number | boolean)
}

function partsText(value: unknown): string {
  if (!Array.isArray(value)) return ''
  return value
    .map((part: Record<string, unknown>) =>
      Object.entries(part)
        .map(([key, each]) =>
          textOf(each === true ? say.won : each === false ? '' : each, MONEY.has(key) ? 'money' : 'text'),
        )
        .filter((text) => text !== '')
        .join(' '),
    )
    .join(';')
}

const MONEY = new Set(['price', 'amount'])
