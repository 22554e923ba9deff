/** How an outbox entry is stored, found, and how long it must be left alone. */
import type { Connection } from 'mongoose'
import type { Types } from 'mongoose'
import type { Channel, Reply } from './channel.ts'

export type OutboundState = 'pending' | 'sending' | 'sent' | 'delivered' | 'parked'

export interface StoredOutbound {
  _id: Types.ObjectId
  /** Recipient: the contact, or contact and room. Order is kept within a lane. */
  lane: string
  contactId: string
  channel: string
  account: string
  sendsFrom: Channel['sendsFrom']
  seq: number
  sealed: Buffer
  state: OutboundState
  attempts: number
  notBefore: Date
  leaseUntil?: Date
  /** The provider promised a report, so an uncertain message can wait for it. */
  uncertainSince?: Date
  parkedReason?: string
  createdAt: Date
  sentAt?: Date
  providerId?: string
}

/** What is sealed in an outbox entry. */
export interface OutboundContent {
  to: string
  room?: { id: string; mention?: string }
  reply: Reply
}

export function outboxCollection(connection: Connection): ReturnType<typeof connection.collection<StoredOutbound>> {
  return connection.collection<StoredOutbound>('outbox')
}

export const UNSENT: OutboundState[] = ['pending', 'sending']

export async function prepareOutbox(connection: Connection, keepDays = 30): Promise<void> {
  await outboxCollection(connection).createIndexes([
    { key: { lane: 1, seq: 1 }, partialFilterExpression: { state: { $in: UNSENT } }, name: 'unsent_by_lane' },
    { key: { contactId: 1, seq: 1 }, partialFilterExpression: { channel: 'webchat' }, name: 'history' },
    { key: { createdAt: -1 }, partialFilterExpression: { state: 'parked' }, name: 'parked' },
    { key: { sentAt: 1 }, expireAfterSeconds: keepDays * 86_400 },
  ])
}

/** Milliseconds until the first entry of a lane may be touched: another sender's lease, a backoff, or a report that may still come. */
export function waitFor(entry: StoredOutbound, at: Date, reportWaitMs: number): number {
  if (entry.state === 'pending') return entry.notBefore.getTime() - at.getTime()
  const lease = entry.leaseUntil?.getTime() ?? 0
  // The lease ran out: its sender died, and nobody knows whether the message went. A report, if the channel gives them, would tell.
  return lease + reportWaitMs - at.getTime()
}
