/** The audit log: who did or read what, appended only, each entry chained to the one before by its hash. Ids and codes, no contents. */
import type { ClientSession, Connection } from 'mongoose'
import { contentHash } from './crypto.ts'
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

export interface AuditLog {
  append(facts: AuditFacts, session?: ClientSession): Promise<void>
  /** The first entry whose link does not hold, or null when all do. */
  verify(): Promise<{ brokenAt: number } | null>
}

const GENESIS = '0'.repeat(64)

const linkOf = ({ _id, at, event, actor, subject, detail, previous }: Omit<AuditEntry, 'hash'>): string =>
  contentHash(JSON.stringify([_id, at.toISOString(), event, actor, subject ?? null, detail ?? null, previous]))

export function createAuditLog(connection: Connection, now: () => Date): AuditLog {
  const collection = connection.collection<AuditEntry>('audit')

  const appendOne = async (facts: AuditFacts, session?: ClientSession): Promise<void> => {
    const [last] = await collection.find({}, { session }).sort({ _id: -1 }).limit(1).toArray()
    const entry = { ...facts, _id: (last?._id ?? 0) + 1, at: now(), previous: last?.hash ?? GENESIS }
    await collection.insertOne(
      { ...entry, hash: linkOf(entry) },
      { session, writeConcern: session ? undefined : { w: 'majority' } },
    )
  }

  return {
    async append(facts, session) {
      if (session) return appendOne(facts, session)
      // Two writers may want the same place in the chain: the second takes the next.
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await appendOne(facts)
        } catch (error) {
          if (!isDuplicateKey(error) || attempt > 50) throw error
        }
      }
    },
    async verify() {
      let previous = GENESIS
      let expected = 1
      for await (const entry of collection.find().sort({ _id: 1 })) {
        if (entry._id !== expected || entry.previous !== previous || entry.hash !== linkOf(entry))
          return { brokenAt: expected }
        previous = entry.hash
        expected += 1
      }
      return null
    },
  }
}
