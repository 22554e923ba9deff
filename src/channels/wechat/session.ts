/** One attachment to a puppet: from start to its first trouble. Never restarted; the supervisor builds a fresh one. */
import { EventEmitter } from 'node:events'
import { WechatyBuilder } from 'wechaty'
import type * as PUPPET from 'wechaty-puppet'
import { PuppetService } from 'wechaty-puppet-service'
import type { Logger } from '../../infrastructure/logger.ts'

export interface SessionConfig {
  /** wechaty-puppet-service, or the package name of any other puppet. */
  puppet: string
  endpoint?: string
  token?: string
}

type Puppet = PUPPET.impls.PuppetInterface

export interface Session {
  puppet: Puppet
  /** Ids in the order in which they came. */
  onMessage(listener: (messageId: string) => void): void
  /** Calls back once, when this session is of no more use. The reason is for the log. */
  onBroken(listener: (reason: string) => void): void
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 15_000
/** A puppet that has been heard of no more for this long is deaf. Puppets beat every few seconds. */
const SILENT_MS = 70_000
const CHECK_MS = 5000

/** @throws when the puppet cannot be started in time */
export async function startSession(config: SessionConfig, logger: Logger): Promise<Session> {
  const bot =
    config.puppet === 'wechaty-puppet-service'
      ? WechatyBuilder.build({ puppet: new PuppetService({ endpoint: config.endpoint, token: config.token }) as never })
      : WechatyBuilder.build({
          puppet: config.puppet as never,
          puppetOptions: { endpoint: config.endpoint, token: config.token } as never,
        })
  const events = new EventEmitter()
  let broken = false
  let heardAt = Date.now()
  const breakOff = (reason: string): void => {
    if (broken) return
    broken = true
    events.emit('broken', reason)
  }
  // Without a listener an internal error would end the process; most of them are no trouble of ours (membership noise).
  bot.on('error', (error) => {
    const code = Number((error as { code?: unknown }).code)
    if (code === 14 || /UNAVAILABLE|grpc stream|CANCELLED|no grpc manager/i.test(String(error.message)))
      breakOff('the line to the puppet was cut')
    else logger.debug({ err: error }, 'wechaty error')
  })
  await withTimeout(bot.start(), START_TIMEOUT_MS, 'the puppet did not start in time')
  const puppet = bot.puppet as unknown as Puppet
  const hear = (): void => {
    heardAt = Date.now()
  }
  puppet.on('heartbeat', hear)
  puppet.on('login', hear)
  puppet.on('logout', () => breakOff('logged out'))
  puppet.on('reset', () => breakOff('the puppet asked for a reset'))
  puppet.on('error', (payload) => {
    if (/UNAVAILABLE|14|CANCELLED/.test(JSON.stringify(payload).slice(0, 500)))
      breakOff('the line to the puppet was cut')
  })
  puppet.on('message', ({ messageId }) => {
    hear()
    events.emit('message', messageId)
  })
  const timer = setInterval(() => {
    if (Date.now() - heardAt > SILENT_MS) breakOff('no heartbeat')
  }, CHECK_MS)
  return {
    puppet,
    onMessage: (listener) => events.on('message', listener),
    onBroken: (listener) => {
      events.on('broken', listener)
      if (broken) listener('broken while starting')
    },
    async stop() {
      broken = true
      clearInterval(timer)
      events.removeAllListeners()
      // A cut line makes stopping fail or hang: what is discarded need not end well.
      await withTimeout(bot.stop(), 3000, 'stop').catch(() => undefined)
    },
  }
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
