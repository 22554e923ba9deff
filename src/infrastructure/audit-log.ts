/** The audit log: who did or read what, appended only, each entry chained to the one before by its hash. Ids and codes, no contents. */
import type { ClientSession, Connection } from 'mongoose'
import { contentHash } from './crypto.ts'
import { groupCommit } from './group-commit.ts'
import { isDuplicateKey } from './mongo.ts'

export interface AuditFacts {
  /** Past tense, e.g. case.read, case.replied, identity.opened. */
  event: string
  /** Account id, contact id, or 'system'. */
  actor: string
  /** Id of what it was done to. */
  subject?: string
  /** Codes and ids only. */
  detail?: Record<string, string | number | boolean>
}

export interface AuditEntry extends AuditFacts {
  /** Place in the chain, from 1. */
  _id: number
  at: Date
  previous: string
  hash: string
}

export interface AuditAnchor {
  /** Day in Asia/Shanghai, YYYY-MM-DD. */
  _id: string
  /** Last entry of the chain when it was anchored, and its hash. */
  entry: number
  hash: string
  at: Date
  /** Ed25519 over anchorText, by the instance. */
  signature: string
}

export interface BrokenLink {
  /** Place of the first entry that does not hold. */
  brokenAt: number
  /** changed: its content was; missing: it is gone; unlinked: it does not follow from the one before; anchor: an anchor says otherwise. */
  how: 'changed' | 'missing' | 'unlinked' | 'anchor'
  /** Of the entry that does not hold, where there is one. */
  at?: Date
  event?: string
}

export interface AuditLog {
  append(facts: AuditFacts, session?: ClientSession): Promise<void>
  /** The first entry whose link does not hold, or null when all do. @param known anchors kept outside of the database */
  verify(known?: readonly Pick<AuditAnchor, 'entry' | 'hash'>[]): Promise<BrokenLink | null>
  /** How many entries there are. */
  count(): Promise<number>
}

export const GENESIS = '0'.repeat(64)
const PARALLEL_TRIES = 50

export const auditEntries = (connection: Connection) => connection.collection<AuditEntry>('audit')
export const auditAnchors = (connection: Connection) => connection.collection<AuditAnchor>('audit_anchors')

const linkOf = ({ _id, at, event, actor, subject, detail, previous }: Omit<AuditEntry, 'hash'>): string =>
  contentHash(JSON.stringify([_id, at.toISOString(), event, actor, subject ?? null, detail ?? null, previous]))

export function createAuditLog(connection: Connection, now: () => Date): AuditLog {
  const collection = auditEntries(connection)

  const appendAll = async (all: readonly AuditFacts[], session?: ClientSession): Promise<void> => {
    const [last] = await collection.find({}, { session }).sort({ _id: -1 }).limit(1).toArray()
    let previous = last?.hash ?? GENESIS
    let place = last?._id ?? 0
    const entries = all.map((facts) => {
      const entry = { ...facts, _id: (place += 1), at: now(), previous }
      previous = linkOf(entry)
      return { ...entry, hash: previous }
    })
    await collection.insertMany(entries, {
      ordered: true,
      session,
      writeConcern: session ? undefined : { w: 'majority' },
    })
  }

  /** What is read at the same moment is written down in one go; of two processes the second takes the next places. */
  const appendAlone = groupCommit<AuditFacts, void>(
    async (all) => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await appendAll(all)
          return all.map(() => undefined)
        } catch (error) {
          // Ordered, and the first place is the contested one: nothing of the batch was written.
          if (!isDuplicateKey(error) || attempt > PARALLEL_TRIES) throw error
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
        }
      }
    },
    { max: 100, parallel: 1 },
  )

  return {
    append: async (facts, session) => (session ? appendAll([facts], session) : appendAlone(facts)),
    count: async () => collection.countDocuments({}),
    async verify(known = []) {
      const anchors = new Map(
        [...(await auditAnchors(connection).find().toArray()), ...known].map((one) => [one.entry, one.hash]),
      )
      let previous = GENESIS
      let expected = 1
      for await (const entry of collection.find().sort({ _id: 1 })) {
        const { at, event } = entry
        if (entry._id !== expected) return { brokenAt: expected, how: 'missing' }
        if (entry.hash !== linkOf(entry)) return { brokenAt: expected, how: 'changed', at, event }
        if (entry.previous !== previous) return { brokenAt: expected, how: 'unlinked', at, event }
        const anchored = anchors.get(expected)
        if (anchored !== undefined && anchored !== entry.hash) return { brokenAt: expected, how: 'anchor', at, event }
        previous = entry.hash
        expected += 1
      }
      // An anchor beyond the end: what it was set on has been cut off.
      return Math.max(0, ...anchors.keys()) >= expected ? { brokenAt: expected, how: 'missing' } : null
    },
  }
}
