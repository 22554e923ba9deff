/** Which case a villager speaks of: by the receipt code, by what the conversation last spoke of, or their only one. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { CaseContext } from './context.ts'
import type { StoredCase } from './model.ts'
import { findReceiptCode } from './receipt-code.ts'

/** Wrong codes that one contact may try in an hour. */
export const GUESSES = 5
const GUESS_MS = 3_600_000

export type OwnCase =
  | { found: StoredCase; commit?: (session: ClientSession) => Promise<void> }
  | { missing: 'none' | 'several' | 'mistyped' | 'locked' }
  | { missing: 'unknown'; left: number; commit: (session: ClientSession) => Promise<void> }

/** @param contextCaseId case that this contact has shown the code of, or filed, in this conversation */
export async function findOwnCase(
  context: CaseContext,
  input: { contactId: string; text: string; contextCaseId?: string; now: Date },
): Promise<OwnCase> {
  const { cases, reporters, guesses } = context.collections
  const contactKey = context.contactKey(input.contactId)
  const code = findReceiptCode(input.text)
  if (code) {
    const tried = await guesses.findOne({ _id: contactKey })
    const fresh = tried && input.now.getTime() - tried.since.getTime() < GUESS_MS ? tried : null
    if (fresh && fresh.count >= GUESSES) return { missing: 'locked' }
    // A slip of the finger tells nothing about which codes exist: it does not count.
    if (!('code' in code)) return { missing: 'mistyped' }
    const found = await cases.findOne({ codeHash: context.codeHash(code.code) }, { promoteBuffers: true })
    if (found) return { found }
    const count = (fresh?.count ?? 0) + 1
    return {
      missing: 'unknown',
      left: GUESSES - count,
      commit: async (session) => {
        await guesses.updateOne(
          { _id: contactKey },
          { $set: { count, since: fresh?.since ?? input.now } },
          { upsert: true, session },
        )
      },
    }
  }
  if (input.contextCaseId && Types.ObjectId.isValid(input.contextCaseId)) {
    const found = await cases.findOne({ _id: new Types.ObjectId(input.contextCaseId) }, { promoteBuffers: true })
    if (found) return { found }
  }
  const own = await reporters.find({ contactKey }).sort({ at: -1 }).limit(2).toArray()
  if (own.length === 0) return { missing: 'none' }
  if (own.length > 1) return { missing: 'several' }
  const found = await cases.findOne({ _id: own[0]!._id }, { promoteBuffers: true })
  return found ? { found } : { missing: 'none' }
}

/** The case whose closing this contact was last asked to rate. */
export async function findUnrated(context: CaseContext, contactId: string): Promise<StoredCase | null> {
  const { cases, reporters } = context.collections
  const [asked] = await reporters
    .find({ contactKey: context.contactKey(contactId), ratingAskedAt: { $exists: true } })
    .sort({ ratingAskedAt: -1 })
    .limit(1)
    .toArray()
  return asked ? cases.findOne({ _id: asked._id, state: 'closed' }, { promoteBuffers: true }) : null
}
