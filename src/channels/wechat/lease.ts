/** Only one process may hold the line to a WeChat account: a second one would make the first deaf. */
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

const TTL_MS = 10_000
const RENEW_MS = 3000

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') and 1 or 0 end`
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end`

export interface Lease {
  /** Resolves when the line is ours, or `signal` aborts (then false). */
  acquire(signal: AbortSignal): Promise<boolean>
  /** Calls back when somebody else holds it after all. Redis being away is no reason: nobody else can take it then either. */
  onLost(callback: () => void): void
  release(): Promise<void>
}

export function createLease(redis: Redis, key: string): Lease {
  const token = randomUUID()
  let lost: () => void = () => undefined
  let timer: NodeJS.Timeout | null = null

  /** True: ours. False: another's. Null: nobody knows, Redis is away. */
  const renew = async (): Promise<boolean | null> => {
    try {
      return Number(await redis.eval(RENEW, 1, key, token, TTL_MS)) === 1
    } catch {
      return null
    }
  }
  return {
    async acquire(signal) {
      while (!signal.aborted) {
        if (await renew()) {
          timer ??= setInterval(() => {
            void renew().then((held) => {
              if (held === false) lost()
            })
          }, RENEW_MS)
          return true
        }
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      return false
    },
    onLost: (callback) => {
      lost = callback
    },
    async release() {
      if (timer) clearInterval(timer)
      timer = null
      await redis.eval(RELEASE, 1, key, token).catch(() => undefined)
    },
  }
}
