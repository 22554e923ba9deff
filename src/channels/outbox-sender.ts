/** The hands of the outbox: sends what was claimed, lane by lane, and records what became of it. */
import type { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import { groupCommit } from '../infrastructure/group-commit.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Channel, SendReceipt } from './channel.ts'
import { outboxCollection } from './outbox-store.ts'
import type { OutboundContent, OutboundState, StoredOutbound } from './outbox-store.ts'
import { nextStep } from './retry.ts'
import { createThrottle } from './throttle.ts'

/** Queue of recipients' lanes for channels sent from the role: outbox-worker, outbox-bot. */
export const outboxQueue = (sendsFrom: Channel['sendsFrom']): string => `outbox-${sendsFrom}`

const SEND_TIMEOUT_MS = 8_000
/** Waits between tries to record that a message is out, while the store is away. Together less than a lease. */
const MARK_AGAIN_MS = [100, 300, 1000, 2000, 3000]

export interface Mark {
  id: Types.ObjectId
  /** Only from one of these states. */
  from: OutboundState[]
  set: Partial<StoredOutbound>
  unset?: Record<string, ''>
}

export interface OutboxSender {
  mark(mark: Mark): Promise<void>
  contentOf(entry: StoredOutbound): OutboundContent
  /** Sends one claimed entry. True when the lane may go on. */
  sendClaimed(entry: StoredOutbound): Promise<boolean>
  /** Sends a claimed entry behind everything that this process already sends in its lane. */
  sendInLane(entry: StoredOutbound): void
  isSending(lane: string): boolean
  idle(): Promise<void>
}

export function createOutboxSender(
  services: Services,
  channels: ReadonlyMap<string, Channel>,
  reportWaitMs: number,
): OutboxSender {
  const { connection, vault, wakes, clock, logger } = services
  const collection = outboxCollection(connection)
  const throttles = new Map([...channels.values()].map((channel) => [channel.name, createThrottle(channel.perSecond)]))
  /** What this process is sending, by lane. False: the lane stands still. */
  const tails = new Map<string, Promise<boolean>>()

  /** Marks gather while one bulk write is under way: a burst costs one round trip. */
  const mark = groupCommit<Mark, void>(
    async (marks) => {
      const writes = marks.map(({ id, from, set, unset }) => ({
        updateOne: {
          filter: { _id: id, state: { $in: from } },
          update: { $set: set, ...(unset && { $unset: unset }) },
        },
      }))
      await collection.bulkWrite(writes, { ordered: true, writeConcern: { w: 'majority' } })
      return marks.map(() => undefined)
    },
    { max: 500, parallel: 1 },
  )

  const contentOf = (entry: StoredOutbound): OutboundContent =>
    JSON.parse(vault.openText(entry.sealed, `outbox:${entry._id.toHexString()}`)) as OutboundContent

  const send = async (entry: StoredOutbound): Promise<SendReceipt> => {
    const channel = channels.get(entry.channel)
    if (!channel) throw new DomainError('channel_off', 503, '这个渠道没有开通。')
    await throttles.get(entry.channel)?.take()
    return channel.send(
      { id: entry._id.toHexString(), account: entry.account, ...contentOf(entry) },
      AbortSignal.timeout(SEND_TIMEOUT_MS),
    )
  }

  /** It is out; that must be known, even when the store is away for a moment. After that, its report will tell. */
  const markSent = async (entry: StoredOutbound, { providerId }: SendReceipt): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const set = { state: 'sent' as const, sentAt: clock.now(), ...(providerId && { providerId }) }
        await mark({ id: entry._id, from: ['sending'], set, unset: { leaseUntil: '', uncertainSince: '' } })
        return
      } catch (error) {
        const wait = MARK_AGAIN_MS[attempt]
        if (wait === undefined) throw error
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  const sendClaimed = async (entry: StoredOutbound): Promise<boolean> => {
    let receipt: SendReceipt
    try {
      receipt = await send(entry)
    } catch (error) {
      const step = nextStep(error, entry, clock.now(), reportWaitMs)
      if (step.pauseChannelMs) throttles.get(entry.channel)?.pause(step.pauseChannelMs)
      const outboundId = entry._id.toHexString()
      const { attempts, state } = step.set
      logger.warn({ channel: entry.channel, outboundId, attempts, state, reason: step.reason }, 'message not sent')
      await mark({ id: entry._id, from: ['sending'], set: step.set, unset: { leaseUntil: '' } })
      if (state === 'pending') wakes.wake(outboxQueue(entry.sendsFrom), entry.lane, { delayMs: step.waitMs })
      return state === 'parked'
    }
    await markSent(entry, receipt)
    return true
  }

  return {
    mark,
    contentOf,
    sendClaimed,
    sendInLane(entry) {
      const before = tails.get(entry.lane) ?? Promise.resolve(true)
      const tail: Promise<boolean> = before
        .then(async (clear) => {
          if (clear) return await sendClaimed(entry)
          // The lane stands still: this goes back to pending, in order.
          await mark({ id: entry._id, from: ['sending'], set: { state: 'pending' }, unset: { leaseUntil: '' } })
          return false
        })
        .catch((error: unknown) => {
          logger.warn({ err: error }, 'outbox work failed, will be swept up')
          return false
        })
        .finally(() => {
          if (tails.get(entry.lane) === tail) tails.delete(entry.lane)
        })
      tails.set(entry.lane, tail)
    },
    isSending: (lane) => tails.has(lane),
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
