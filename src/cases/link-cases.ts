/** The same matter filed by several: linked, never merged. Each keeps its receipt and its own conversation. */
import type { ClientSession, Types } from 'mongoose'
import type { CaseContext } from './context.ts'
import { sameMatter } from './likeness.ts'
import type { QuestionedAnswer, StoredCase } from './model.ts'
import { sameQuestioned } from './questioned.ts'
import { OPEN_STATES } from './schema.ts'
import type { CaseKind } from './schema.ts'
import { openSeal } from './seals.ts'
import { systemEntry } from './take-step.ts'

/** Looked back at most so many days, and so many cases. */
const DAYS_BACK = 180
const LOOKED_AT = 200

/** Open cases of the same kind and village that tell the same, the newest first. */
export async function findAlike(
  context: CaseContext,
  input: {
    kind: CaseKind
    villageId: string | null
    text: string
    questioned?: QuestionedAnswer
    accused: readonly string[]
    now: Date
  },
): Promise<StoredCase[]> {
  const since = new Date(input.now.getTime() - DAYS_BACK * 86_400_000)
  const candidates = await context.collections.cases
    .find(
      { kind: input.kind, villageId: input.villageId, filedAt: { $gte: since }, state: { $in: [...OPEN_STATES] } },
      { promoteBuffers: true },
    )
    .sort({ filedAt: -1 })
    .limit(LOOKED_AT)
    .toArray()
  return candidates.filter((stored) => {
    const seal = openSeal(context.vault, stored)
    const content = seal.openContent(stored.content)
    if (!(sameQuestioned(content.questioned, input.questioned) ?? sameMatter(content.text, input.text))) return false
    // Accusations of different people are different matters, however alike the words.
    const { accused } = seal.openRouting(stored.routing)
    return input.accused.length === 0 || accused.length === 0 || accused.some((id) => input.accused.includes(id))
  })
}

/** The id that a new case joins: that of the first one that told it. */
export const clusterOf = (alike: readonly StoredCase[]): Types.ObjectId | null => {
  const [first] = alike.toSorted((a, b) => a.filedAt.getTime() - b.filedAt.getTime())
  return first ? (first.cluster ?? first._id) : null
}

/** The first one learns that it is no longer alone. */
export async function linkFirst(
  context: CaseContext,
  session: ClientSession,
  cluster: Types.ObjectId,
  at: Date,
): Promise<void> {
  const first = await context.collections.cases.updateOne(
    { _id: cluster, cluster: { $exists: false } },
    { $set: { cluster } },
    { session },
  )
  if (first.modifiedCount === 1)
    await context.collections.entries.insertOne(systemEntry(cluster, 'linked', at), { session })
  context.tellSoon(cluster.toHexString(), 'linked')
}
