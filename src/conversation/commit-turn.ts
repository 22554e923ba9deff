/** Writes turns: the processed mark, the state and the reply in one transaction, so that a crash neither loses nor answers twice. */
import type { Types } from 'mongoose'
import { contactsCollection, inboxCollection } from '../channels/index.ts'
import type { Outbox, StoredContact, StoredOutbound } from '../channels/index.ts'
import { toError } from '../infrastructure/errors.ts'
import { groupCommit } from '../infrastructure/group-commit.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Commit } from './skill.ts'

export interface TurnWrites {
  inboxIds: Types.ObjectId[]
  now: Date
  contact: {
    filter: { _id: string }
    update: {
      $set: Record<string, unknown>
      $setOnInsert: Pick<StoredContact, 'channel' | 'account' | 'addressSealed' | 'createdAt'> & { villageId?: null }
    }
  }
  outgoing: StoredOutbound[]
  /** What the skills write. */
  more: Commit[]
}

/** Another worker was faster with one of the messages: nothing was written. */
class AlreadyProcessed extends Error {}

/** Turns that only answer, of different people, share a transaction: so many at most. */
const TOGETHER = 16

/** @returns a function that writes one turn; false when another worker had processed it already */
export function createTurnCommit(services: Services, outbox: Outbox): (turn: TurnWrites) => Promise<boolean> {
  const inbox = inboxCollection(services.connection)
  const contacts = contactsCollection(services.connection)

  const write = async (turns: TurnWrites[]): Promise<void> => {
    const ids = turns.flatMap(({ inboxIds }) => inboxIds)
    await services.transaction(async (session) => {
      const marked = await inbox.updateMany(
        { _id: { $in: ids }, state: 'pending' },
        { $set: { state: 'processed', processedAt: turns[0]?.now } },
        { session },
      )
      if (marked.modifiedCount !== ids.length) throw new AlreadyProcessed()
      await contacts.bulkWrite(
        turns.map(({ contact: { filter, update } }) => ({ updateOne: { filter, update, upsert: true } })),
        { session, ordered: true },
      )
      for (const commit of turns.flatMap(({ more }) => more)) await commit(session)
      await outbox.insert(
        session,
        turns.flatMap(({ outgoing }) => outgoing),
      )
    })
  }
  const writeAlone = async (turn: TurnWrites): Promise<boolean> => {
    try {
      await write([turn])
      return true
    } catch (error) {
      if (error instanceof AlreadyProcessed) return false
      throw error
    }
  }
  const writeTogether = groupCommit<TurnWrites, boolean>(
    async (turns) => {
      if (turns.length > 1) {
        try {
          await write(turns)
          return turns.map(() => true)
        } catch (error) {
          // One of them was in the way of the others: each for itself tells which.
          if (!(error instanceof AlreadyProcessed))
            services.logger.debug({ err: error }, 'turns are written one by one')
        }
      }
      const outcomes = await Promise.allSettled(turns.map(writeAlone))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) {
        if (outcomes.length === 1) throw failed.reason
        // Those that were written are marked; the others stay pending and are swept up.
        services.logger.warn({ err: toError(failed.reason) }, 'turns were not written, they will be swept up')
      }
      return outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value)
    },
    { max: TOGETHER, parallel: 4 },
  )
  return async (turn) => (turn.more.length === 0 ? writeTogether(turn) : writeAlone(turn))
}
