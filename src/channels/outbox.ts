/** The outbox: in order for each recipient, retried, never sent twice where that can be known, never in anybody's way. */
import type { ClientSession } from 'mongoose'
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import { groupCommit } from '../infrastructure/group-commit.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Channel, DeliveryReport, Reply } from './channel.ts'
import { UNSENT, outboxCollection, waitFor } from './outbox-store.ts'
import type { OutboundContent, StoredOutbound } from './outbox-store.ts'
import { punctuate } from './punctuation.ts'
import { createOutboxSender, outboxQueue } from './outbox-sender.ts'

/** How long a sender may hold a message before others may look at it. */
const LEASE_MS = 12_000
const BLOCKED_POLL_MS = 250

export interface OutboundDraft {
  contactId: string
  channel: string
  account: string
  to: string
  room?: { id: string; mention?: string }
  reply: Reply
}

export interface Outbox {
  /** True when an earlier message for the lane is not out yet and is not this process's to send: new ones queue behind it. */
  isBusy(lane: string): Promise<boolean>
  /** Puts messages into the outbox within the caller's transaction. With `claim` the caller sends them itself, through dispatch(), after the commit. */
  enqueue(session: ClientSession, drafts: OutboundDraft[], options?: { claim?: boolean }): Promise<StoredOutbound[]>
  /** The two halves of enqueue(), for a caller that gathers several turns into one transaction. */
  prepare(drafts: OutboundDraft[], options?: { claim?: boolean }): StoredOutbound[]
  insert(session: ClientSession, entries: StoredOutbound[]): Promise<void>
  /** After the commit: sends what was claimed, in order; wakes whoever serves the rest. */
  dispatch(entries: StoredOutbound[]): void
  /** Sends all that is due in one lane. */
  drain(lane: string): Promise<void>
  report(report: DeliveryReport): Promise<void>
  sweep(): Promise<number>
  /** Messages that could not be sent, newest first, for the handler's page: never their content. */
  listParked(limit: number): Promise<{ id: string; channel: string; at: Date; attempts: number; reason: string }[]>
  retry(id: string): Promise<void>
  /** Replies to a contact after `after` (seq), oldest first: history of the web page. */
  history(
    contactId: string,
    after: number,
    limit: number,
  ): Promise<{ seq: number; id: string; reply: Reply; at: Date }[]>
  laneOf(contactId: string, room?: { id: string }): string
  /** Resolves when everything this process is sending has been sent and marked. */
  idle(): Promise<void>
}

/**
 * @param channels the channels of this system by name
 * @param serves the roles of this process: a message is sent by a process of its channel's role
 * @param reportWaitMs how long an uncertain message waits for its delivery report before it is sent again
 */
export function createOutbox(
  services: Services,
  channels: ReadonlyMap<string, Channel>,
  serves: ReadonlySet<string>,
  reportWaitMs: number,
): Outbox {
  const { connection, vault, wakes, clock } = services
  const collection = outboxCollection(connection)
  const sender = createOutboxSender(services, channels, reportWaitMs)
  const { mark, contentOf } = sender
  let lastSeq = 0
  const nextSeq = (): number => (lastSeq = Math.max(lastSeq + 1, clock.now().getTime() * 1000))
  const now = (): Date => clock.now()

  const findBusy = groupCommit<string, boolean>(
    async (lanes) => {
      const found = await collection
        .find(
          { lane: { $in: lanes }, state: { $in: UNSENT } },
          { hint: 'unsent_by_lane', projection: { _id: 0, lane: 1 } },
        )
        .toArray()
      const busy = new Set(found.map(({ lane }) => lane))
      return lanes.map((lane) => busy.has(lane))
    },
    { max: 64, parallel: 4 },
  )

  const outbox: Outbox = {
    laneOf: (contactId, room) => (room ? `${contactId}@${vault.fingerprint('room', room.id)}` : contactId),
    async isBusy(lane) {
      // What this process itself is sending, the next one simply follows.
      return sender.isSending(lane) ? false : findBusy(lane)
    },
    async enqueue(session, drafts, options = {}) {
      const entries = outbox.prepare(drafts, options)
      await outbox.insert(session, entries)
      return entries
    },
    async insert(session, entries) {
      if (entries.length > 0) await collection.insertMany(entries, { session })
    },
    prepare(drafts, options = {}) {
      const at = now()
      return drafts.map((draft): StoredOutbound => {
        const _id = new Types.ObjectId()
        const sendsFrom = channels.get(draft.channel)?.sendsFrom ?? 'worker'
        const claimed = options.claim === true && serves.has(sendsFrom)
        const content: OutboundContent = { to: draft.to, room: draft.room, reply: punctuate(draft.reply) }
        return {
          _id,
          lane: outbox.laneOf(draft.contactId, draft.room),
          contactId: draft.contactId,
          channel: draft.channel,
          account: draft.account,
          sendsFrom,
          seq: nextSeq(),
          sealed: vault.seal(JSON.stringify(content), `outbox:${_id.toHexString()}`),
          state: claimed ? 'sending' : 'pending',
          attempts: 0,
          notBefore: at,
          ...(claimed && { leaseUntil: new Date(at.getTime() + LEASE_MS) }),
          createdAt: at,
        }
      })
    },
    dispatch(entries) {
      for (const entry of entries) {
        if (entry.state === 'sending') sender.sendInLane(entry)
        else wakes.wake(outboxQueue(entry.sendsFrom), entry.lane)
      }
    },
    async drain(lane) {
      for (;;) {
        const [first] = await collection
          .find({ lane, state: { $in: UNSENT } }, { hint: 'unsent_by_lane', promoteBuffers: true })
          .sort({ seq: 1 })
          .limit(1)
          .toArray()
        if (!first) return
        const at = now()
        const wait = waitFor(first, at, reportWaitMs)
        if (wait > 0) {
          wakes.wake(outboxQueue(first.sendsFrom), lane, { delayMs: Math.max(wait, BLOCKED_POLL_MS) })
          return
        }
        const claimed = await collection.findOneAndUpdate(
          {
            _id: first._id,
            state: first.state,
            attempts: first.attempts,
            ...(first.leaseUntil && { leaseUntil: first.leaseUntil }),
          },
          {
            $set: { state: 'sending', leaseUntil: new Date(at.getTime() + LEASE_MS) },
            ...(first.state === 'sending' && { $inc: { attempts: 1 } }),
          },
          { returnDocument: 'after', promoteBuffers: true },
        )
        if (!claimed || !(await sender.sendClaimed(claimed))) return
      }
    },
    async report({ outboundId, status, reason }) {
      if (!Types.ObjectId.isValid(outboundId)) return
      const id = new Types.ObjectId(outboundId)
      const unset = { leaseUntil: '', uncertainSince: '' } as const
      if (status === 'failed')
        await mark({
          id,
          from: ['pending', 'sending', 'sent'],
          set: { state: 'parked', parkedReason: reason?.slice(0, 100) ?? 'failed' },
          unset,
        })
      else if (status === 'accepted')
        await mark({ id, from: ['pending', 'sending'], set: { state: 'sent', sentAt: now() }, unset })
      else await mark({ id, from: ['pending', 'sending', 'sent'], set: { state: 'delivered', sentAt: now() }, unset })
    },
    async sweep() {
      const due = await collection
        .find(
          { state: { $in: UNSENT }, notBefore: { $lt: new Date(now().getTime() - 1000) } },
          { hint: 'unsent_by_lane', projection: { lane: 1, sendsFrom: 1, leaseUntil: 1 } },
        )
        .limit(5000)
        .toArray()
      const lanes = new Map(
        due
          .filter(({ leaseUntil }) => !leaseUntil || leaseUntil < now())
          .map(({ lane, sendsFrom }) => [lane, sendsFrom]),
      )
      for (const [lane, sendsFrom] of lanes) wakes.wake(outboxQueue(sendsFrom), lane, { again: true })
      return lanes.size
    },
    async listParked(limit) {
      const parked = await collection
        .find({ state: 'parked' }, { projection: { sealed: 0 } })
        .sort({ createdAt: -1 })
        .limit(limit)
        .toArray()
      return parked.map(({ _id, channel, createdAt, attempts, parkedReason }) => ({
        id: _id.toHexString(),
        channel,
        at: createdAt,
        attempts,
        reason: parkedReason ?? '',
      }))
    },
    async retry(id) {
      const found = Types.ObjectId.isValid(id)
        ? await collection.findOneAndUpdate(
            { _id: new Types.ObjectId(id), state: 'parked' },
            { $set: { state: 'pending', attempts: 0, notBefore: now() }, $unset: { parkedReason: '' } },
          )
        : null
      if (!found) throw new DomainError('not_found', 404, '没有找到这条未发出的消息。')
      wakes.wake(outboxQueue(found.sendsFrom), found.lane)
    },
    async history(contactId, after, limit) {
      const found = await collection
        .find({ contactId, channel: 'webchat', seq: { $gt: after } }, { promoteBuffers: true })
        .sort({ seq: after > 0 ? 1 : -1 })
        .limit(limit)
        .toArray()
      if (after <= 0) found.reverse()
      return found.map((entry) => ({
        seq: entry.seq,
        id: entry._id.toHexString(),
        reply: contentOf(entry).reply,
        at: entry.createdAt,
      }))
    },
    idle: sender.idle,
  }
  return outbox
}
