/** Keeps one working session: a broken one is discarded and a fresh one built, since Wechaty does not recover by itself. */
import type { Logger } from '../../infrastructure/logger.ts'
import { toError } from '../../infrastructure/errors.ts'
import type { Lease } from './lease.ts'
import { startSession } from './session.ts'
import type { Session, SessionConfig } from './session.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

export interface Supervisor {
  start(onMessage: (session: Session, messageId: string) => void): void
  stop(): Promise<void>
  /** The session that can be spoken through, or null while there is none. */
  current(): Session | null
  health(): { ok: boolean; detail: string }
}

export function createSupervisor(config: SessionConfig, lease: Lease, logger: Logger): Supervisor {
  const stopping = new AbortController()
  let session: Session | null = null
  let deafSince = Date.now()
  let loop: Promise<void> = Promise.resolve()
  let giveUp: (reason: string) => void = () => undefined

  const run = async (onMessage: (session: Session, messageId: string) => void): Promise<void> => {
    let wait = FIRST_WAIT_MS
    while (!stopping.signal.aborted) {
      if (!(await lease.acquire(stopping.signal))) return
      try {
        const fresh = await startSession(config, logger)
        const broken = new Promise<string>((resolve) => {
          giveUp = resolve
          fresh.onBroken(resolve)
        })
        fresh.onMessage((messageId) => onMessage(fresh, messageId))
        session = fresh
        logger.info('wechat is attached')
        wait = FIRST_WAIT_MS
        const reason = await broken
        logger.warn({ reason }, 'wechat session ended')
      } catch (error) {
        logger.warn({ err: toError(error) }, 'wechat could not be attached')
      }
      deafSince = Date.now()
      const discarded = session
      session = null
      await discarded?.stop()
      if (stopping.signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, wait * (0.75 + Math.random() / 2)))
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }
  lease.onLost(() => giveUp('another process holds the line'))
  return {
    start(onMessage) {
      loop = run(onMessage)
    },
    async stop() {
      stopping.abort()
      giveUp('stopping')
      await loop
      await session?.stop()
      session = null
      await lease.release()
    },
    current: () => session,
    health: () =>
      session
        ? { ok: true, detail: 'attached' }
        : { ok: false, detail: `deaf for ${Math.round((Date.now() - deafSince) / 1000)} s` },
  }
}
