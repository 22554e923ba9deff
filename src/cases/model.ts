/** What is stored of a case. In the clear: only what lists need and what points at nobody. Everything else is sealed with the case's own key. */
import type { Collection, Connection, Types } from 'mongoose'
import type { CaseKind, CaseState } from './schema.ts'
import type { CaseLevel } from './routing/levels.ts'

export interface StoredDeadline {
  id: string
  /** YYYY-MM-DD, Asia/Shanghai; null while it cannot be computed. */
  due: string | null
  /** The year's holidays are not published yet: settled when they are. */
  provisional?: true
  /** Was made longer, once. */
  extended?: true
  startedAt: Date
  doneAt?: Date
}

export interface StoredRating {
  score: 1 | 2 | 3
  at: Date
}

/** Kept in the clear with the case: points at nobody. */
export interface StoredReceipt {
  /** Keyed hash of the link's token. */
  tokenHash: string
  key: string
  signature: string
}

export interface StoredCase {
  _id: Types.ObjectId
  /** Keyed hash of the receipt code. */
  codeHash: string
  kind: CaseKind
  villageId: string | null
  state: CaseState
  /** Unit responsible, and the level that it stands on. */
  unit: string
  level: CaseLevel
  department: string | null
  urgent: boolean
  /** Gave a name; the name itself is sealed with the reporter. */
  named: boolean
  /** Data key, wrapped by the ring; empty once it was destroyed. */
  dataKey: Buffer
  /** CaseContent, sealed. */
  content: Buffer
  /** RoutingFacts, sealed: who is complained about is nobody's business but the handler's. */
  routing: Buffer
  /** Officials and shared accounts that must not find it. Holds everybody below the level too, so that it points at nobody. */
  mayNotSee: string[]
  /** Account that handles it. */
  assignee: string | null
  deadlines: StoredDeadline[]
  /** Earliest open due date, for the work list; null when none is open. */
  nextDue: string | null
  outcome?: { code: string; text: Buffer; at: Date }
  rating?: StoredRating
  ratingAskedAt?: Date
  /** SHA-256 of what was filed, so that the receipt proves it unchanged. */
  filedHash: string
  /** Signature over time and hash, and the keyed hash of its link. */
  receipt?: StoredReceipt
  version: number
  filedAt: Date
  updatedAt: Date
  /** Kept as a line in figures; its key, words and reporter are gone. */
  erasedAt?: Date
}

/** The villager's own words and what was understood of them. */
export interface CaseContent {
  text: string
  facts: { label: string; value: string }[]
  fileIds: { id: string; mediaType: string | null; sha256?: string }[]
  /** Goes into the hash of what was filed, so that sentences cannot be tried out against it. */
  salt?: string
}

export interface RoutingFacts {
  accused: string[]
  concerned: string[]
  alsoNamed: string[]
  core: string[]
  mayHandle: string[]
  reasons: string[]
}

/** Who filed it. Apart from the case, so that nobody who reads cases reads this. */
export interface StoredReporter {
  /** The case. */
  _id: Types.ObjectId
  /** Keyed hash of the contact: finds one's own cases, tells nobody who. */
  contactKey: string
  /** ReporterIdentity, sealed with the case's data key. */
  sealed: Buffer
  open: boolean
  ratingAskedAt?: Date
  at: Date
}

export interface ReporterIdentity {
  contactId: string
  named: boolean
  /** As the villager wrote it: name and how to be reached. */
  name?: string
}

/** One line of a case: what happened, who did it, and what was said (sealed). */
export interface StoredEntry {
  _id: Types.ObjectId
  caseId: Types.ObjectId
  event: CaseEvent
  by: 'reporter' | 'account' | 'system'
  /** Account, when a handler did it. */
  accountId?: string
  at: Date
  /** EntryBody, sealed with the case's data key. */
  sealed?: Buffer
  /** Account or unit that it was given to. */
  to?: string
}

export interface EntryBody {
  text?: string
  fileIds?: { id: string; mediaType: string | null }[]
}

export const CASE_EVENTS = [
  'filed',
  'routed',
  'assigned',
  'accepted',
  'refused',
  'replied',
  'noted',
  'transferred',
  'extended',
  'closed',
  'reopened',
  'supplemented',
  'urged',
  'withdrawn',
  'rated',
  'review-asked',
] as const
export type CaseEvent = (typeof CASE_EVENTS)[number]

/** Wrong receipt codes of one contact. */
export interface StoredGuesses {
  /** Keyed hash of the contact. */
  _id: string
  count: number
  since: Date
}

export interface CaseCollections {
  cases: Collection<StoredCase>
  reporters: Collection<StoredReporter>
  entries: Collection<StoredEntry>
  guesses: Collection<StoredGuesses>
}

export function caseCollections(connection: Connection): CaseCollections {
  return {
    cases: connection.collection<StoredCase>('cases'),
    reporters: connection.collection<StoredReporter>('case_reporters'),
    entries: connection.collection<StoredEntry>('case_entries'),
    guesses: connection.collection<StoredGuesses>('case_guesses'),
  }
}

export async function prepareCases(connection: Connection): Promise<void> {
  const { cases, reporters, entries, guesses } = caseCollections(connection)
  await Promise.all([
    cases.createIndex({ codeHash: 1 }, { unique: true }),
    cases.createIndex({ unit: 1, updatedAt: -1 }),
    cases.createIndex({ level: 1, updatedAt: -1 }),
    cases.createIndex({ assignee: 1, nextDue: 1 }),
    cases.createIndex({ updatedAt: -1 }),
    cases.createIndex({ 'deadlines.provisional': 1 }, { sparse: true }),
    cases.createIndex({ 'receipt.tokenHash': 1 }, { sparse: true }),
    reporters.createIndex({ contactKey: 1, at: -1 }),
    entries.createIndex({ caseId: 1, at: 1 }),
    guesses.createIndex({ since: 1 }, { expireAfterSeconds: 24 * 3600 }),
  ])
}
