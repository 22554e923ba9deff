/** The records behind an answer that somebody questions: each line as it was published, with version and hash. */
import type { AnsweredFigure } from '../conversation/index.ts'
import { recordUrl } from './answers/cite.ts'
import { yuan } from './format.ts'
import type { RecordData, RecordKind, StoredPublication, StoredRecord } from './records.ts'
import type { Store } from './store.ts'

/** One published line. */
export interface QuestionedLine {
  recordId: string
  /** YYYY-MM-DD, YYYY-MM or empty. */
  date: string
  title: string
  /** As the page shows it, 86,400元; empty where the record has no amount. */
  amount: string
  /** Path on the public site where the line stands. */
  url: string
  publicationId: string
}

export interface QuestionedPublication {
  id: string
  class: StoredPublication['class']
  item: string
  period: string
  /** YYYY-MM-DD. */
  publishedAt: string
  version: number
  hash: string
}

export interface QuestionedRecords {
  lines: QuestionedLine[]
  publications: QuestionedPublication[]
}

/** @returns what was published when it was answered, though a later version may have replaced it since */
export async function findQuestioned(store: Store, answered: AnsweredFigure): Promise<QuestionedRecords> {
  const [records, publications] = await Promise.all([
    store.asPublished(answered.publicationIds, answered.recordIds),
    Promise.all(answered.publicationIds.map(async (id) => store.publication(id))),
  ])
  return {
    lines: records
      .map(toLine)
      .sort((a, b) => (a.date === b.date ? (a.recordId < b.recordId ? -1 : 1) : a.date < b.date ? -1 : 1)),
    publications: publications.flatMap((one) => (one ? [toPublication(one)] : [])),
  }
}

function toPublication(publication: StoredPublication): QuestionedPublication {
  const { _id: id, class: kind, item, period, publishedAt, version, hash } = publication
  return { id, class: kind, item, period, publishedAt, version, hash }
}

function toLine({ recordId, kind, villageId, date, data, publicationId }: StoredRecord): QuestionedLine {
  const { title, fen, at } = factsOf(kind, data)
  const [path, anchor] = recordUrl(kind, villageId, recordId, data).split('#')
  // The page of the month holds the line, whatever the page shows by itself.
  const month = (kind === 'ledger' || kind === 'bank') && date ? `?period=${date.slice(0, 7)}` : ''
  return {
    recordId,
    date: at ?? date,
    title,
    amount: fen === null ? '' : yuan(fen),
    url: `${path}${month}${anchor ? `#${anchor}` : ''}`,
    publicationId,
  }
}

interface LineFacts {
  title: string
  /** 分. */
  fen: number | null
  at?: string
}

const plainFacts = (title: string, fen: number | null = null, at?: string): LineFacts => ({
  title,
  fen,
  ...(at !== undefined && { at }),
})

const FACTS: { [K in RecordKind]?: (data: RecordData[K]) => LineFacts } = {
  ledger: ({ category, summary, income, expense }) => plainFacts(`${category} ${summary}`, expense || income),
  bank: ({ month, closing }) => plainFacts(month, closing, month),
  debt: ({ type, party, reason, amount }) => plainFacts([type, party, reason].filter(Boolean).join(' '), amount),
  project: ({ name, contractPrice, budget }) => plainFacts(name, contractPrice ?? budget),
  contract: ({ subject, party, yearly, total, signedOn }) =>
    plainFacts(`${subject} ${party}`, yearly ?? total, signedOn),
  asset: ({ name, cost, yearly }) => plainFacts(name, yearly ?? cost),
  resource: ({ name, received }) => plainFacts(name, received),
  subsidy: ({ name, standard }) => plainFacts(`${name} ${standard}`),
  batch: ({ name, period, amount, paidOn }) => plainFacts(`${name} ${period}`, amount, paidOn),
  'list-row': ({ householder, basis, amount }) => plainFacts(`${householder} ${basis}`, amount),
  resolution: ({ topic, date }) => plainFacts(topic, null, date),
  conference: ({ title, date }) => plainFacts(title, null, date),
  party: ({ title, date }) => plainFacts(title, null, date),
  roster: ({ name, post }) => plainFacts(`${post} ${name}`),
  power: ({ name }) => plainFacts(name),
  negative: ({ title }) => plainFacts(title),
  responsibility: ({ post }) => plainFacts(post),
  document: ({ title }) => plainFacts(title),
}

function factsOf(kind: RecordKind, data: RecordData[RecordKind]): LineFacts {
  // Each kind's data goes to its own row of the table.
  const facts = FACTS[kind] as ((one: RecordData[RecordKind]) => LineFacts) | undefined
  return facts?.(data) ?? { title: '', fen: null }
}
