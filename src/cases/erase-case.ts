/** Erasing a case: its key is destroyed, and with it every word, wherever a copy of the cipher text may lie. Figures stay. */
import type { Types } from 'mongoose'
import { eraseMessages } from '../channels/index.ts'
import type { CaseContext } from './context.ts'
import type { StoredCase } from './model.ts'
import { DECIDED, RETENTION_YEARS } from './retention.ts'
import { CASE_KINDS } from './schema.ts'
import { openSeal } from './seals.ts'

const NOTHING = Buffer.alloc(0)
const BATCH = 200
/** What was said before the receipt, and after the last step, belongs to it too. */
const DIALOGUE_MS = 24 * 3_600_000

/** @throws nothing when it was erased already */
export async function eraseCase(context: CaseContext, stored: StoredCase, actor: string): Promise<void> {
  if (stored.erasedAt) return
  const { cases, entries, reporters } = context.collections
  const { _id } = stored
  await context.transaction(async (session) => {
    const files = await filesOf(context, stored)
    const reporter = await reporters.findOne({ _id }, { session, promoteBuffers: true })
    const contactId = reporter && openSeal(context.vault, stored).openReporter(reporter.sealed).contactId
    const written = await cases.updateOne(
      { _id, version: stored.version },
      {
        $set: {
          dataKey: NOTHING,
          content: NOTHING,
          routing: NOTHING,
          words: [],
          // Unique, and the hash of no code.
          codeHash: `erased:${_id.toHexString()}`,
          erasedAt: context.clock.now(),
        },
        $unset: { 'outcome.text': '' },
        $inc: { version: 1 },
      },
      { session },
    )
    // Somebody took it up at this very moment: then it is not to go.
    if (written.matchedCount !== 1) return
    await entries.updateMany({ caseId: _id }, { $unset: { sealed: '' } }, { session })
    if (contactId) {
      const since = new Date(stored.filedAt.getTime() - DIALOGUE_MS)
      const until = new Date(stored.updatedAt.getTime() + DIALOGUE_MS)
      await eraseMessages(context.connection, { contactId, since, until }, session)
    }
    await reporters.deleteOne({ _id }, { session })
    await context.files.remove(files, session)
    await context.audit({ event: 'case.erased', actor, subject: _id.toHexString() }, session)
  })
}

async function filesOf(context: CaseContext, stored: StoredCase): Promise<string[]> {
  const seal = openSeal(context.vault, stored)
  const entries = await context.collections.entries.find({ caseId: stored._id }, { promoteBuffers: true }).toArray()
  return [
    ...seal.openContent(stored.content).fileIds,
    ...entries.flatMap((entry) => seal.openBody(entry).fileIds ?? []),
  ].map(({ id }) => id)
}

/** Erases what is decided and older than its kind is kept. @returns ids of what was erased */
export async function eraseExpired(context: CaseContext): Promise<Types.ObjectId[]> {
  const erased: Types.ObjectId[] = []
  for (const kind of CASE_KINDS) {
    const before = new Date(context.clock.now())
    before.setUTCFullYear(before.getUTCFullYear() - RETENTION_YEARS[kind])
    const expired = await context.collections.cases
      .find(
        { kind, state: { $in: [...DECIDED] }, updatedAt: { $lt: before }, erasedAt: { $exists: false } },
        { promoteBuffers: true },
      )
      .sort({ updatedAt: 1 })
      .limit(BATCH)
      .toArray()
    for (const stored of expired) {
      await eraseCase(context, stored, 'system')
      erased.push(stored._id)
    }
  }
  return erased
}
