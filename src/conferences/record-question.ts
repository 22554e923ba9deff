/** Logs a question that was not answered. The same words again are counted, and whoever asked is told the answer once it exists. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import { normalise } from '../conversation/index.ts'
import { contentHash } from '../infrastructure/crypto.ts'
import type { ConferenceContext } from './context.ts'
import { maskNumbers } from './mask-numbers.ts'
import type { QuestionReason } from './model.ts'

export interface NewQuestion {
  villageId: string | null
  /** Null: nobody to be told. */
  contactId: string | null
  question: string
  reason: QuestionReason
  intent: string
  at: Date
}

const MAX_LENGTH = 300

/** Runs in the caller's transaction; may run more than once. */
export async function recordQuestion(
  context: ConferenceContext,
  session: ClientSession,
  entry: NewQuestion,
): Promise<void> {
  const { questions, askers } = context.collections
  const question = maskNumbers(normalise(entry.question)).slice(0, MAX_LENGTH)
  if (question === '') return
  const words = question.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const key = contentHash(`${entry.villageId ?? ''}\n${words}`).slice(0, 32)
  const stored = await questions.findOneAndUpdate(
    { key, state: 'open' },
    {
      $inc: { count: 1 },
      $set: { lastAt: entry.at },
      $setOnInsert: {
        _id: new Types.ObjectId(),
        villageId: entry.villageId,
        question,
        intent: entry.intent,
        reason: entry.reason,
        due: context.dueAfter(entry.at),
        firstAt: entry.at,
      },
    },
    { upsert: true, returnDocument: 'after', session },
  )
  if (!stored) return
  if (entry.contactId !== null) {
    const contactKey = context.vault.fingerprint('question-asker', entry.contactId)
    await askers.updateOne(
      { questionId: stored._id, contactKey },
      {
        $setOnInsert: {
          sealed: context.vault.seal(entry.contactId, `asker:${stored._id.toHexString()}`),
          at: entry.at,
        },
      },
      { upsert: true, session },
    )
  }
  context.tellSoon()
}
