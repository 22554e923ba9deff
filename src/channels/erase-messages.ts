/** Removes what a contact wrote and was written in a span of time: with a case go the copies of its words in inbox and outbox. */
import type { ClientSession, Connection } from 'mongoose'
import { inboxCollection } from './inbox.ts'
import { UNSENT, outboxCollection } from './outbox-store.ts'

export interface MessageSpan {
  contactId: string
  since: Date
  until: Date
}

/** What still waits to be understood or sent stays: nothing is lost that nobody has seen. Gives how many went. */
export async function eraseMessages(
  connection: Connection,
  { contactId, since, until }: MessageSpan,
  session: ClientSession,
): Promise<number> {
  const within = { $gte: since, $lte: until }
  const inbound = await inboxCollection(connection).deleteMany(
    { contactId, state: 'processed', receivedAt: within },
    { session },
  )
  const outbound = await outboxCollection(connection).deleteMany(
    { contactId, state: { $nin: UNSENT }, createdAt: within },
    { session },
  )
  return inbound.deletedCount + outbound.deletedCount
}
