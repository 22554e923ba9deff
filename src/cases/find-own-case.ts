/** Which case a villager speaks of: by the receipt code, by what the conversation last spoke of, or their only one. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { CaseContext } from './context.ts'
import type { StoredCase } from './model.ts'
import { findReceiptCode } from './receipt-code.ts'

/** Wrong codes that one contact may try in an hour. */
export const GUESSES = 5
/** … and that may come from one address: a library or a village office shares one, so that it is not locked by one guest. */
export const GUESSES_FROM_ADDRESS = 30
const GUESS_MS = 3_600_000

export type OwnCase =
  | { found: StoredCase; commit?: (session: ClientSession) => Promise<void> }
  | { missing: 'none' | 'several' | 'mistyped' | 'locked' }
  | { missing: 'unknown'; left: number; commit: (session: ClientSession) => Promise<void> }

/** @param contextCaseId case that this contact has shown the code of, or filed, in this conversation */
export async function findOwnCase(
  context: CaseContext,
  input: { contactId: string; origin?: string | undefined; text: string; contextCaseId?: string; now: Date },
): Promise<OwnCase> {
  const { cases, reporters, guesses } = context.collections
  const contactKey = context.contactKey(input.contactId)
  const code = findReceiptCode(input.text)
  if (code) {
    const tries = await recentGuesses(context, contactKey, input.origin, input.now)
    if (tries.some(({ count, most }) => count >= most)) return { missing: 'locked' }
    // A slip of the finger tells nothing about which codes exist: it does not count.
    if (!('code' in code)) return { missing: 'mistyped' }
    const found = await cases.findOne({ codeHash: context.codeHash(code.code) }, { promoteBuffers: true })
    if (found) return { found }
    return {
      missing: 'unknown',
      left: GUESSES - 1 - (tries[0]?.count ?? 0),
      commit: async (session) => {
        for (const { _id, count, since } of tries)
          await guesses.updateOne({ _id }, { $set: { count: count + 1, since } }, { upsert: true, session })
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

/** Wrong codes of the last hour, of this contact and of the address that it writes from. */
async function recentGuesses(
  { collections: { guesses } }: CaseContext,
  contactKey: string,
  origin: string | undefined,
  now: Date,
): Promise<{ _id: string; count: number; since: Date; most: number }[]> {
  const keys = [
    { _id: contactKey, most: GUESSES },
    ...(origin ? [{ _id: `origin:${origin}`, most: GUESSES_FROM_ADDRESS }] : []),
  ]
  const found = await guesses.find({ _id: { $in: keys.map(({ _id }) => _id) } }).toArray()
  return keys.map((key) => {
    const tried = found.find(({ _id }) => _id === key._id)
    const fresh = tried && now.getTime() - tried.since.getTime() < GUESS_MS ? tried : null
    return { ...key, count: fresh?.count ?? 0, since: fresh?.since ?? now }
  })
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
