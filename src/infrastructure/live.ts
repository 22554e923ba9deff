/** Live updates: “look again” between processes, over Redis. Carries ids only; a lost one costs a moment, never a message. */
import { EventEmitter } from 'node:events'
import type { Redis } from 'ioredis'

export interface Live {
  /** Tells all processes that something about `topic` changed. Never throws: MongoDB is the truth, this is a nudge. */
  tell(topic: string, detail?: Record<string, string>): void
  /** Calls back for each nudge until the returned function is called. */
  listen(topic: string, listener: (detail: Record<string, string>) => void): () => void
  close(): Promise<void>
}

/** @param prefix keeps instances (and tests) on one Redis apart */
export function createLive(redis: Redis, prefix: string): Live {
  // Unlike the main connection this one waits for Redis: a subscription refused at start would never be made again.
  const subscriber = redis.duplicate({
    enableOfflineQueue: true,
    lazyConnect: false,
    maxRetriesPerRequest: null,
    commandTimeout: undefined,
  })
  const emitter = new EventEmitter().setMaxListeners(0)
  const channel = `${prefix}:live`
  // Connection trouble is logged where the main connection reports it; ioredis subscribes again by itself.
  subscriber.on('error', () => undefined)
  void subscriber.subscribe(channel).catch(() => undefined)
  subscriber.on('message', (_channel: string, raw: string) => {
    const { topic, detail } = JSON.parse(raw) as { topic: string; detail: Record<string, string> }
    emitter.emit(topic, detail)
  })
  return {
    tell(topic, detail = {}) {
      redis.publish(channel, JSON.stringify({ topic, detail })).catch(() => undefined)
    },
    listen(topic, listener) {
      emitter.on(topic, listener)
      return () => emitter.off(topic, listener)
    },
    async close() {
      emitter.removeAllListeners()
      subscriber.disconnect()
    },
  }
}
