/** Which publication each record belongs to: by what is published (事项) and for which period. What belongs to none is a draft. */
import { createHash } from 'node:crypto'
import type { PublicationClass, RecordKind } from '../records.ts'
import { periodBounds } from '../periods.ts'
import type { DraftRecord } from './draft.ts'

/** 事项 as villages write it → the records it publishes. The first that matches counts. */
const ITEMS: { matches: RegExp; kinds: RecordKind[] }[] = [
  { matches: /发布会/, kinds: ['conference'] },
  { matches: /银行|存款|余额/, kinds: ['bank'] },
  { matches: /债权|债务|往来/, kinds: ['debt'] },
  { matches: /党|支部|三会一课|廉政|警示|道德讲堂|普法/, kinds: ['party'] },
  { matches: /名册|班子|分工|花名册|干部名单|联系方式|村务监督委员会|网格|办公时间|成员/, kinds: ['roster'] },
  { matches: /决议|一事一议|四议两公开|村民会议|代表会|村规民约|换届/, kinds: ['resolution'] },
  { matches: /工程|项目/, kinds: ['project'] },
  { matches: /合同|租金|承包费|发包/, kinds: ['contract'] },
  { matches: /三资|资产|资源/, kinds: ['asset', 'resource'] },
  { matches: /标准/, kinds: ['subsidy'] },
  { matches: /补贴|补助|低保|生活保障|特困|救助|津贴|救灾|奖补|优抚|五保|慰问/, kinds: ['batch', 'list-row'] },
  { matches: /收支|财务|账目|流水/, kinds: ['ledger'] },
]

const CLASSES: [RegExp, PublicationClass][] = [
  [/党务|party/, 'party'],
  [/财务|finance/, 'finance'],
  [/三资|资产|assets/, 'assets'],
  [/清单|lists/, 'lists'],
]

export interface PublicationRow {
  class: string
  item: string
  period: string
  dueAt: string
  publishedAt: string
  checkedBy: string
  way: string
  version: number | null
  note: string
}

export interface DraftPublication extends Omit<PublicationRow, 'class' | 'version'> {
  class: PublicationClass
  version: number
  kinds: RecordKind[]
  from: string
  to: string
  records: DraftRecord[]
  hash: string
}

export const classOf = (written: string): PublicationClass =>
  CLASSES.find(([matches]) => matches.test(written))?.[1] ?? 'affairs'

export function kindsOf(item: string): RecordKind[] {
  return ITEMS.find(({ matches }) => matches.test(item))?.kinds ?? []
}

/**
 * @param rows lines of publications.csv; several for one kind and period may be published one after another
 * @returns one publication a line, and one draft for each kind whose records no published line covers
 */
export function assignRecords(rows: readonly PublicationRow[], records: readonly DraftRecord[]): DraftPublication[] {
  const publications = rows.map((row): DraftPublication => {
    const { from, to } = periodBounds(row.period)
    return {
      ...row,
      class: classOf(row.class),
      version: row.version ?? 1,
      kinds: kindsOf(row.item),
      from,
      to,
      records: [],
      hash: '',
    }
  })
  const drafts = new Map<RecordKind, DraftPublication>()
  for (const record of records) {
    const home = homeOf(record, publications)
    if (home) home.records.push(record)
    else {
      const waiting = drafts.get(record.kind) ?? emptyDraft(record.kind)
      waiting.records.push(record)
      drafts.set(record.kind, waiting)
    }
  }
  const all = [...publications, ...drafts.values()]
  for (const publication of all) publication.hash = hashRecords(publication.records)
  return all
}

/** Kinds that stand until they change: their latest publication holds them all. */
const STANDING = new Set<RecordKind>(['roster', 'asset', 'resource', 'subsidy', 'contract', 'project', 'debt'])

function homeOf(record: DraftRecord, publications: readonly DraftPublication[]): DraftPublication | undefined {
  const fitting = publications.filter(({ kinds }) => kinds.includes(record.kind))
  const named = fitting.filter(
    ({ period, note }) =>
      record.recordId.length > 2 && (period.includes(record.recordId) || note.includes(record.recordId)),
  )
  if (named.length > 0) return latest(named)
  if (record.kind === 'batch' || record.kind === 'list-row') {
    const batch = (record.data as { batch: string }).batch
    const ofBatch = fitting.filter(({ period, note, item }) =>
      [period, note, item].some((written) => written.includes(batch)),
    )
    if (ofBatch.length > 0) return latest(ofBatch)
  }
  if (STANDING.has(record.kind)) return latest(fitting.filter(({ publishedAt }) => publishedAt !== ''))
  const covering = fitting.filter(
    ({ from, to }) => from !== '' && record.date !== '' && from <= record.date && record.date <= to,
  )
  const undated = fitting.filter(({ from }) => from === '')
  const narrowest = covering.sort((a, b) => length(a) - length(b))[0]
  if (narrowest) return latest(covering.filter((each) => length(each) === length(narrowest)))
  return latest(undated)
}

const length = ({ from, to }: DraftPublication): number => Date.parse(to) - Date.parse(from)

function latest(publications: readonly DraftPublication[]): DraftPublication | undefined {
  return [...publications].sort((a, b) => b.version - a.version || b.publishedAt.localeCompare(a.publishedAt))[0]
}

function emptyDraft(kind: RecordKind): DraftPublication {
  return {
    class: 'affairs',
    item: `draft:${kind}`,
    period: '',
    dueAt: '',
    publishedAt: '',
    checkedBy: '',
    way: '',
    version: 1,
    note: '',
    kinds: [kind],
    from: '',
    to: '',
    records: [],
    hash: '',
  }
}

interface Hashed {
  kind: string
  recordId: string
  data: unknown
}

/** SHA-256 over the records' lines: the same content gives the same hash wherever it is computed. */
export const hashRecords = (records: readonly Hashed[]): string =>
  createHash('sha256').update(canonicalLines(records)).digest('hex')

/** A line of JSON for each record, in the order of their ids, keys sorted: what the hash is of, so that sha256sum gives it. */
export function canonicalLines(records: readonly Hashed[]): string {
  const sorted = [...records].sort((a, b) => `${a.kind}#${a.recordId}`.localeCompare(`${b.kind}#${b.recordId}`, 'en'))
  return sorted.map(({ kind, recordId, data }) => `${canonical({ kind, recordId, data })}\n`).join('')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
