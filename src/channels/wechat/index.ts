/** WeChat through Wechaty: any puppet that a township has, over gRPC or in process. Nothing else touches Wechaty. */
import type { Redis } from 'ioredis'
import { toError } from '../../infrastructure/errors.ts'
import type { Logger } from '../../infrastructure/logger.ts'
import type { Channel, ChannelContext, OutgoingMessage, SendReceipt } from '../channel.ts'
import { splitText } from '../segments.ts'
import { SendError } from '../send-error.ts'
import { createLease } from './lease.ts'
import { isForUs, isThrottleNotice, readMessage } from './read-message.ts'
import type { MessagePayload } from './read-message.ts'
import type { Session, SessionConfig } from './session.ts'
import { createSupervisor } from './supervisor.ts'

export interface WechatConfig extends SessionConfig {
  /** Our name for the account: part of the message ids' uniqueness. */
  account: string
}

const NAME = 'wechat'
/** One screen and a half; longer answers go in parts. */
const MAX_TEXT = 1500
/** Messages held while the store is away; the puppet does not repeat them. */
const MAX_HELD = 10_000
const RETRY_MS = [200, 500, 1000, 2000, 5000]

export function createWechatChannel(
  config: WechatConfig,
  { redis, logger, leasePrefix }: { redis: Redis; logger: Logger; leasePrefix: string },
): Channel {
  const supervisor = createSupervisor(config, createLease(redis, `${leasePrefix}:wechat:${config.account}`), logger)
  const stopping = new AbortController()
  /** Messages of one person are received one after another; photos of one do not hold up another. */
  const chains = new Map<string, Promise<void>>()
  let arrivals: Promise<void> = Promise.resolve()
  let held = 0
  let dropped = 0

  const receive = async (context: ChannelContext, session: Session, payload: MessagePayload): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        const { puppet } = supervisor.current() ?? session
        const selfId = puppet.currentUserId
        const selfName = (await puppet.contactPayload(selfId)).name
        const message = await readMessage(puppet, payload, { channel: NAME, account: config.account, selfId, selfName })
        if (message) await context.receive(message)
        return
      } catch (error) {
        logger.warn({ err: toError(error), attempt }, 'a WeChat message could not be stored yet')
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]))
      }
    }
  }

  /** Payloads are fetched at once and taken in the order of arrival: Wechaty itself keeps no order. */
  const arrive = (context: ChannelContext, session: Session, messageId: string): void => {
    if (held >= MAX_HELD) {
      dropped += 1
      logger.error({ dropped }, 'too many WeChat messages are held; some were dropped')
      return
    }
    held += 1
    const fetched = session.puppet.messagePayload(messageId).catch((error: unknown) => {
      logger.warn({ err: toError(error) }, 'a WeChat message could not be fetched')
      return null
    })
    arrivals = arrivals.then(async () => {
      const payload = await fetched
      if (!payload || !isForUs(payload, session.puppet.currentUserId)) {
        if (payload && isThrottleNotice(payload)) logger.warn('WeChat says that we speak too often')
        held -= 1
        return
      }
      const key = payload.talkerId ?? ''
      const chain = (chains.get(key) ?? Promise.resolve())
        .then(async () => receive(context, session, payload))
        .finally(() => {
          held -= 1
          if (chains.get(key) === chain) chains.delete(key)
        })
      chains.set(key, chain)
    })
  }

  const send = async ({ to, room, reply }: OutgoingMessage, signal: AbortSignal): Promise<SendReceipt> => {
    const session = supervisor.current()
    if (!session) throw new SendError({ retryable: true, operatorText: 'WeChat is not attached' })
    const { puppet } = session
    const target = room?.id ?? to
    const parts = splitText(
      room?.mention ? `${await prefixFor(puppet, room.id, room.mention)}${reply.text}` : reply.text,
      MAX_TEXT,
    )
    let providerId: string | undefined
    for (const [index, part] of parts.entries()) {
      try {
        const sent = puppet.messageSendText(target, part, room?.mention ? [room.mention] : undefined)
        providerId = (await abortable(Promise.resolve(sent), signal)) ?? providerId
      } catch (error) {
        throw toSendError(error, signal, index > 0)
      }
    }
    return { providerId }
  }

  return {
    name: NAME,
    form: 'chat',
    sendsFrom: 'bot',
    // Above a few a second an account is warned, then closed.
    perSecond: 5,
    send,
    async start(context) {
      supervisor.start((session, messageId) => arrive(context, session, messageId))
    },
    async stop() {
      stopping.abort()
      await supervisor.stop()
      await Promise.allSettled(chains.values())
    },
    health: () => supervisor.health(),
  }
}

/** “@王大娘 ”: whom the answer is for. */
async function prefixFor(puppet: Session['puppet'], roomId: string, contactId: string): Promise<string> {
  const alias = await puppet.roomMemberPayload(roomId, contactId).then(
    ({ roomAlias, name }) => roomAlias || name,
    () => '',
  )
  const name =
    alias ||
    (await puppet.contactPayload(contactId).then(
      ({ name: own }) => own,
      () => '',
    ))
  return name ? `@${name}\u2005\n` : ''
}

function toSendError(error: unknown, signal: AbortSignal, partlySent: boolean): SendError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : NaN
  if (signal.aborted)
    return new SendError({ retryable: true, maybeSent: true, operatorText: 'WeChat did not answer in time' })
  // gRPC 14: the line is down, nothing went out; 5 and 3: no such conversation.
  if (code === 14)
    return new SendError({ retryable: true, maybeSent: partlySent, operatorText: 'the puppet is not reachable' })
  if (code === 3 || code === 5)
    return new SendError({ retryable: false, operatorText: 'WeChat knows no such conversation' })
  return new SendError({
    retryable: true,
    maybeSent: true,
    operatorText: `WeChat refused (${Number.isNaN(code) ? 'unknown' : code})`,
  })
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    work.then(resolve, reject)
  })
}
