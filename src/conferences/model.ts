/** Open questions as they are stored: the words with numbers masked, how often, and sealed links to who waits for the answer. */
import type { Collection, Connection, Types } from 'mongoose'

export type QuestionReason = 'not-published' | 'not-found' | 'not-understood' | 'for-conference' | 'badly-rated'

export interface StoredQuestion {
  _id: Types.ObjectId
  villageId: string | null
  /** Hash of village and normalised words: the same question again only counts. */
  key: string
  question: string
  intent: string
  reason: QuestionReason
  count: number
  /** conference: to be answered at the next press conference. */
  state: 'open' | 'conference' | 'answered' | 'dismissed'
  /** It was looked for another that asks the same. */
  grouped?: boolean
  /** How else it was asked, the newest last. */
  wordings?: string[]
  /** YYYY-MM-DD, Asia/Shanghai. */
  due: string | null
  firstAt: Date
  lastAt: Date
  answer?: { text: string; accountId: string; byName: string; at: Date }
  dismissal?: { text: string; accountId: string; byName: string; at: Date }
}

/** Who asked: to be told the answer, and for nothing else. Deleted when told. */
export interface StoredAsker {
  _id: Types.ObjectId
  questionId: Types.ObjectId
  /** Keyed hash of the contact. */
  contactKey: string
  /** Contact id, sealed. */
  sealed: Buffer
  at: Date
}

export interface QuestionCollections {
  questions: Collection<StoredQuestion>
  askers: Collection<StoredAsker>
}

export function questionCollections(connection: Connection): QuestionCollections {
  return {
    questions: connection.collection<StoredQuestion>('open_questions'),
    askers: connection.collection<StoredAsker>('open_question_askers'),
  }
}

export async function prepareQuestions(connection: Connection): Promise<void> {
  const { questions, askers } = questionCollections(connection)
  await Promise.all([
    // One open question for the same words; answered ones may be asked again.
    questions.createIndex({ key: 1 }, { unique: true, partialFilterExpression: { state: 'open' } }),
    questions.createIndex({ state: 1, lastAt: -1, _id: -1 }),
    questions.createIndex({ state: 1, villageId: 1, lastAt: -1 }),
    askers.createIndex({ questionId: 1, contactKey: 1 }, { unique: true }),
  ])
}
