/** What is stored of a case. In the clear: only what lists need and what points at nobody. Everything else is sealed with the case's own key. */
import type { Collection, Connection, Types } from 'mongoose'
import type { CaseKind, CaseState, HelpMode } from './schema.ts'
import type { QuestionedRecords } from '../publications/index.ts'
import type { CaseLevel } from './routing/levels.ts'

/** Reads along the words of a search, the newest case first. */
export const WORDS_INDEX = { words: 1, filedAt: -1, _id: -1 } as const

export interface StoredDeadline {
  id: string
  /** YYYY-MM-DD, Asia/Shanghai; null while it cannot be computed. */
  due: string | null
  /** The year's holidays are not published yet: settled when they are. */
  provisional?: true
  /** The moment, for limits in hours. */
  dueAt?: Date
  /** Was made longer, once: by the table's days, approved on that day. */
  extended?: true
  extension?: { count: number; approvedOn: string }
  /** Days that do not count. */
  pauses?: { from: string; until: string | null }[]
  /** Missing papers came on that day: the limit runs anew from it. */
  restartOn?: string
  startedAt: Date
  doneAt?: Date
  /** The handler was reminded; somebody above was told that it is late. */
  remindedAt?: Date
  escalatedAt?: Date
}

export interface StoredRating {
  score: 1 | 2 | 3
  at: Date
}

export type CaseSource = 'channel' | 'phone' | 'letter' | 'visit' | 'follow-up'

/** assist: sees and notes; co-handle: takes the steps of who handles it. */
export interface StoredHelper {
  accountId: string
  mode: HelpMode
  /** YYYY-MM-DD, Asia/Shanghai: until when help is asked for. */
  due: string
  /** Unit that had the case: when it moves on, the help has ended. */
  unit: string
}

export interface StoredFollowUp {
  day: number
  on: string
  askedAt?: Date
  answer?: 'no' | 'yes'
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
  /** Data key, wrapped by the instance's key. */
  dataKey: Buffer
  /** CaseContent, sealed. */
  content: Buffer
  /** RoutingFacts, sealed: who is complained about is nobody's business but the handler's. */
  routing: Buffer
  /** Officials and shared accounts that must not find it. Holds everybody below the level too, so that it points at nobody. */
  mayNotSee: string[]
  /** Keyed hashes of pairs of characters, for searches; a case filed before there was an index has none yet. */
  words?: number[]
  /** Account that handles it. */
  assignee: string | null
  assignedAt?: Date
  /** The assignee has opened it. */
  assigneeReadAt?: Date
  /** Asked to help, by who handles it; what has ended is told by the timeline. */
  helpers?: StoredHelper[]
  /** Units above that watch it since it is late. */
  watchers: string[]
  /** How often it has been asked to be looked at again: 1 复查, 2 复核. */
  reviewRound: number
  source: CaseSource
  /** Those that tell the same matter bear the id of the first of them. */
  cluster?: Types.ObjectId
  joint?: { people: number; representatives: number }
  /** Why the limit rests. */
  pause?: { code: string; at: Date; state: CaseState }
  extensionAskedAt?: Date
  disposition?: { code: string; at: Date }
  /** Asked after a named tip has closed: does somebody make your life hard? */
  followUps?: StoredFollowUp[]
  /** Earliest day that has a follow-up to ask, YYYY-MM-DD. */
  nextFollowUp?: string | null
  deadlines: StoredDeadline[]
  /** Sorts the work list, near to far: YYYY-MM-DDThh:mm in Asia/Shanghai, T24:00 for whole days, 9999 for none. */
  dueKey: string
  /** Earliest open due date, for the work list; null when none is open. */
  nextDue: string | null
  outcome?: { code: string; text: Buffer; at: Date }
  rating?: StoredRating
  ratingAskedAt?: Date
  /** SHA-256 of what was filed, so that the receipt proves it unchanged. */
  filedHash: string
  /** Signature over time and hash, and the keyed hash of its link. */
  receipt?: StoredReceipt
  /** Kept as a line in figures; its key, words and reporter are gone. */
  erasedAt?: Date
  version: number
  filedAt: Date
  updatedAt: Date
}

/** The villager's own words and what was understood of them. */
export interface CaseContent {
  text: string
  facts: { label: string; value: string }[]
  fileIds: { id: string; mediaType: string | null; sha256?: string }[]
  questioned?: QuestionedAnswer
  /** Goes into the hash of what was filed, so that sentences cannot be tried out against it. */
  salt?: string
}

/** A figure that was answered and is doubted: what was asked, what was said, and the published lines it rests on. */
export interface QuestionedAnswer extends QuestionedRecords {
  question: string
  answer: string
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
  followUpAskedAt?: Date
  at: Date
}

export interface ReporterIdentity {
  /** Empty when it came by phone, letter or visit. */
  contactId: string
  named: boolean
  /** As the villager wrote it: name and how to be reached. */
  name?: string
  /** Who speaks for a group. */
  representatives?: string[]
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
  'disputed',
  'extension-asked',
  'extension-declined',
  'paused',
  'resumed',
  'disposed',
  'rerouted',
  'recused',
  'climbed',
  'linked',
  'reminded',
  'escalated',
  'returned',
  'pressed',
  'followed-up',
  'help-asked',
  'help-ended',
] as const
export type CaseEvent = (typeof CASE_EVENTS)[number]

/** Wrong receipt codes of one contact. */
export interface StoredGuesses {
  /** Keyed hash of the contact. */
  _id: string
  count: number
  since: Date
}

/** What the desk knows of a handler besides the account: away when, and where to be reminded. */
export interface StoredHandler {
  /** Account id. */
  _id: string
  /** Inclusive, YYYY-MM-DD. */
  away?: { from: string; until: string }
  /** Contact of the handler's own phone. */
  contactId?: string
  /** Keyed hash of the code that pairs the phone, and until when it may be used. */
  pairing?: { codeHash: string; until: Date }
  /** SavedFilters, sealed. */
  filters?: Buffer
}

/** A routing that somebody put right: what the words were like (keyed hashes of pairs of characters), and where it belongs. */
export interface StoredLesson {
  /** The case. */
  _id: Types.ObjectId
  marks: string[]
  department: string
  at: Date
}

export interface CaseCollections {
  cases: Collection<StoredCase>
  reporters: Collection<StoredReporter>
  entries: Collection<StoredEntry>
  guesses: Collection<StoredGuesses>
  handlers: Collection<StoredHandler>
  lessons: Collection<StoredLesson>
}

export function caseCollections(connection: Connection): CaseCollections {
  return {
    cases: connection.collection<StoredCase>('cases'),
    reporters: connection.collection<StoredReporter>('case_reporters'),
    entries: connection.collection<StoredEntry>('case_entries'),
    guesses: connection.collection<StoredGuesses>('case_guesses'),
    handlers: connection.collection<StoredHandler>('case_handlers'),
    lessons: connection.collection<StoredLesson>('case_lessons'),
  }
}

/** The order of the work list; the same direction as its indexes. */
export const BY_DEADLINE = { dueKey: 1, _id: -1 } as const

export async function prepareCases(connection: Connection): Promise<void> {
  const { cases, reporters, entries, guesses, handlers } = caseCollections(connection)
  // Cases of before there was a work list by deadline.
  await cases.updateMany({ dueKey: { $exists: false } }, [
    {
      $set: {
        dueKey: { $cond: [{ $gt: ['$nextDue', null] }, { $concat: ['$nextDue', 'T24:00'] }, '9999-12-31'] },
        watchers: { $ifNull: ['$watchers', []] },
        reviewRound: { $ifNull: ['$reviewRound', 0] },
        source: { $ifNull: ['$source', 'channel'] },
      },
    },
  ])
  await Promise.all([
    cases.createIndex({ codeHash: 1 }, { unique: true }),
    cases.createIndex({ kind: 1, unit: 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex({ kind: 1, level: 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex({ assignee: 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex({ 'helpers.accountId': 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex({ watchers: 1, ...BY_DEADLINE }),
    cases.createIndex({ state: 1, ...BY_DEADLINE }),
    cases.createIndex({ unit: 1, villageId: 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex({ level: 1, villageId: 1, state: 1, ...BY_DEADLINE }),
    cases.createIndex(WORDS_INDEX),
    cases.createIndex({ updatedAt: -1 }),
    cases.createIndex({ kind: 1, villageId: 1, filedAt: -1 }),
    cases.createIndex({ cluster: 1 }, { sparse: true }),
    cases.createIndex({ nextFollowUp: 1 }, { sparse: true }),
    cases.createIndex({ 'receipt.tokenHash': 1 }, { sparse: true }),
    cases.createIndex({ 'deadlines.provisional': 1 }, { sparse: true }),
    reporters.createIndex({ contactKey: 1, at: -1 }),
    entries.createIndex({ caseId: 1, at: 1 }),
    guesses.createIndex({ since: 1 }, { expireAfterSeconds: 24 * 3600 }),
    handlers.createIndex({ 'pairing.codeHash': 1 }, { sparse: true }),
  ])
}
