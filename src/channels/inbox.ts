/** The inbox: a message is stored once, durably, before anybody is told that we have it. */
import type { Connection } from 'mongoose'
import { mongo, Types } from 'mongoose'
import { groupCommit } from '../infrastructure/group-commit.ts'
import { isDuplicateKey } from '../infrastructure/mongo.ts'
import type { Services } from '../infrastructure/services.ts'
import type { InboundMessage, ReceiveOutcome } from './channel.ts'

/** Queue whose keys are contact ids. */
export const INBOX_QUEUE = 'inbox'

/** Longest text kept of one message; more is cut and said so. About 25 screens of a phone. */
export const MAX_TEXT = 5000

/** Photos and files of one message. */
export const MAX_ATTACHMENTS = 10

/** Normal work is done in well under a second; what waits longer is woken again. */
const SWEEP_AFTER_MS = 3000
const SWEEP_AGAIN_AFTER_MS = 8000

/** Messages of one contact that are taken up at a time. */
export const PENDING_BATCH = 20

export interface StoredInbound {
  _id: Types.ObjectId
  contactId: string
  channel: string
  account: string
  /** Keyed hash of the provider's id: unique, and says nothing. */
  messageKey: string
  /** Order of receipt: milliseconds × 1000 + counter. */
  seq: number
  sealed: Buffer
  state: 'pending' | 'processed'
  receivedAt: Date
  processedAt?: Date
}

/** What is sealed in an inbox entry. */
export interface InboundContent {
  from: string
  room?: { id: string; topic?: string }
  addressed: boolean
  villageId?: string
  text: string
  /** The text was longer than MAX_TEXT. */
  cut?: boolean
  attachments: { fileId: string; kind: 'image' | 'audio' | 'video' | 'file'; mediaType: string | null; size: number }[]
  /** Attachments that could not be kept, by reason. */
  refused?: ('too-large' | 'empty' | 'too-many')[]
  /** An accusation in a group: the words were not kept. */
  dropped?: 'group-accusation'
  sentAt?: string
  /** Keyed hash of where it came from. */
  origin?: string
}

export interface Inbox {
  /** @throws when it could not be stored; the caller must not acknowledge then */
  receive(message: InboundMessage, options?: { dropText?: 'group-accusation' }): Promise<ReceiveOutcome>
  /** Pending messages of one contact, oldest first, at most PENDING_BATCH. Reads of many contacts share a round trip. */
  pending(contactId: string): Promise<(StoredInbound & { content: InboundContent })[]>
  /** Wakes every contact whose message has waited for some seconds: Redis may have been emptied, a worker may have died. Gives how many. */
  sweep(): Promise<number>
  contactIdOf(channel: string, account: string, address: string): string
}

export function inboxCollection(connection: Connection): ReturnType<typeof connection.collection<StoredInbound>> {
  return connection.collection<StoredInbound>('inbox')
}

/** Indexes of the inbox; idempotent. Processed entries go after `keepDays`: what matters of them is in a case or an answer. */
export async function prepareInbox(connection: Connection, keepDays = 30): Promise<void> {
  await inboxCollection(connection).createIndexes([
    { key: { channel: 1, account: 1, messageKey: 1 }, unique: true },
    { key: { contactId: 1, seq: 1 }, partialFilterExpression: { state: 'pending' }, name: 'pending_by_contact' },
    // Only the web page reads back what was said; an index that others do not need is not paid for by them.
    { key: { contactId: 1, seq: -1 }, partialFilterExpression: { channel: 'webchat' }, name: 'history' },
    { key: { processedAt: 1 }, expireAfterSeconds: keepDays * 86_400 },
  ])
}

export function createInbox(services: Services): Inbox {
  const { connection, vault, files, wakes, clock } = services
  const collection = inboxCollection(connection)
  let lastSeq = 0
  const nextSeq = (at: Date): number => (lastSeq = Math.max(lastSeq + 1, at.getTime() * 1000))

  const contactIdOf = (channel: string, account: string, address: string): string =>
    vault.fingerprint('contact', `${channel}|${account}|${address}`)

  const insert = groupCommit<StoredInbound, 'stored' | 'duplicate'>(
    async (documents) => {
      try {
        await collection.insertMany(documents, { ordered: false, writeConcern: { w: 'majority' } })
        return documents.map(() => 'stored' as const)
      } catch (error) {
        const failures = writeErrorsOf(error)
        if (failures.length === 0 || !failures.every(isDuplicateKey)) throw error
        const repeated = new Set(failures.map(({ index }) => index))
        return documents.map((_, index) => (repeated.has(index) ? 'duplicate' : 'stored'))
      }
    },
    { max: 200, parallel: 2 },
  )

  const keepAttachments = async (message: InboundMessage): Promise<Pick<InboundContent, 'attachments' | 'refused'>> => {
    const attachments: InboundContent['attachments'] = []
    const refused: NonNullable<InboundContent['refused']> = []
    for (const [index, attachment] of (message.attachments ?? []).entries()) {
      if (index >= MAX_ATTACHMENTS) refused.push('too-many')
      else if (attachment.bytes.length === 0) refused.push('empty')
      else if (attachment.bytes.length > 10 * 1024 * 1024) refused.push('too-large')
      else {
        const { id, mediaType, size } = await files.save(attachment.bytes, { at: clock.now() })
        attachments.push({ fileId: id, kind: attachment.kind, mediaType, size })
      }
    }
    return { attachments, ...(refused.length > 0 && { refused }) }
  }

  const openEntry = (entry: StoredInbound): StoredInbound & { content: InboundContent } => ({
    ...entry,
    content: JSON.parse(vault.openText(entry.sealed, `inbox:${entry._id.toHexString()}`)) as InboundContent,
  })
  const findPending = async (filter: object, limit: number): Promise<StoredInbound[]> =>
    collection
      .find({ ...filter, state: 'pending' }, { hint: 'pending_by_contact', promoteBuffers: true })
      .sort({ contactId: 1, seq: 1 })
      .limit(limit)
      .toArray()

  const readPending = groupCommit<string, (StoredInbound & { content: InboundContent })[]>(
    async (contactIds) => {
      const limit = contactIds.length * PENDING_BATCH
      const found = await findPending({ contactId: { $in: contactIds } }, limit)
      // One contact's flood may have filled the page: then each is read for itself.
      const each =
        found.length < limit || contactIds.length === 1
          ? contactIds.map((contactId) =>
              found.filter((entry) => entry.contactId === contactId).slice(0, PENDING_BATCH),
            )
          : await Promise.all(contactIds.map(async (contactId) => findPending({ contactId }, PENDING_BATCH)))
      return each.map((entries) => entries.map(openEntry))
    },
    { max: 32, parallel: 4 },
  )

  return {
    contactIdOf,
    async receive(message, options = {}) {
      const at = clock.now()
      const seq = nextSeq(at)
      const messageKey = vault.fingerprint('message', message.messageId)
      const { channel, account } = message
      // A repeat with photos must not store the photos again; without them the unique index alone decides.
      if (
        message.attachments?.length &&
        (await collection.findOne({ channel, account, messageKey }, { projection: { _id: 1 } }))
      )
        return 'duplicate'
      const kept =
        message.attachments?.length && !options.dropText ? await keepAttachments(message) : { attachments: [] }
      const _id = new Types.ObjectId()
      const contactId = contactIdOf(channel, account, message.from)
      const content: InboundContent = {
        from: message.from,
        room: message.room,
        addressed: message.addressed,
        villageId: message.villageId,
        text: options.dropText ? '' : cutText(message.text),
        ...(message.text.length > MAX_TEXT && { cut: true }),
        ...kept,
        dropped: options.dropText,
        sentAt: message.sentAt?.toISOString(),
        ...(message.origin && { origin: vault.fingerprint('origin', message.origin) }),
      }
      const outcome = await insert({
        _id,
        contactId,
        channel,
        account,
        messageKey,
        seq,
        sealed: vault.seal(JSON.stringify(content), `inbox:${_id.toHexString()}`),
        state: 'pending',
        receivedAt: at,
      })
      // A repeat wakes too: the first wake may have been lost with Redis.
      wakes.wake(INBOX_QUEUE, contactId)
      return outcome
    },
    pending: readPending,
    async sweep() {
      const now = clock.now().getTime()
      const before = new Date(now - SWEEP_AFTER_MS)
      const waiting = await collection
        .find(
          { state: 'pending', receivedAt: { $lt: before } },
          { hint: 'pending_by_contact', projection: { contactId: 1, receivedAt: 1 } },
        )
        .limit(5000)
        .toArray()
      // A plain wake is a no-op where one waits in the queue; `again` steps around a dead worker's lock.
      const oldest = new Map<string, number>()
      for (const { contactId, receivedAt } of waiting)
        oldest.set(contactId, Math.min(oldest.get(contactId) ?? Infinity, receivedAt.getTime()))
      for (const [contactId, since] of oldest)
        wakes.wake(INBOX_QUEUE, contactId, { again: now - since > SWEEP_AGAIN_AFTER_MS })
      return oldest.size
    },
  }
}

/** Cuts at MAX_TEXT without halving a surrogate pair. */
function cutText(text: string): string {
  if (text.length <= MAX_TEXT) return text
  const cut = text.slice(0, MAX_TEXT)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/**
 * The single failures of an unordered bulk write. Empty for any other error: the driver gives a dropped connection and a missing
 * acknowledgement the same class as a refused document, with no failures in it, and then nothing is known to be stored.
 */
function writeErrorsOf(error: unknown): { index: number; code: number }[] {
  if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) return []
  return [error.writeErrors].flat()
}
