/** Wakes: “there is something to do for this key”, carried by BullMQ. The work itself is found in MongoDB; a lost wake costs seconds. */
import { Queue, Worker } from 'bullmq'
import type { Logger } from './logger.ts'
import { connectRedis } from './redis.ts'
import { toError } from './errors.ts'

export interface Wakes {
  /** Asks for `key` to be worked on. Never throws and never waits: when Redis is away, the sweeper will ask again. */
  wake(
    queue: string,
    key: string,
    options?: {
      delayMs?: number
      /** Asks although an earlier wake seems active (its worker may be dead). */ again?: boolean
    },
  ): void
  /** Works on keys, one at a time for each key, many keys in parallel. Gives the function that stops it, after running work has ended. */
  work(queue: string, handler: (key: string) => Promise<void>, options: { concurrency: number }): () => Promise<void>
  close(): Promise<void>
}

/** A dead worker's job is handed on after this long. The sweeper's `again` is faster for what is urgent. */
const LOCK_MS = 10_000

/** Wakes gathered in one tick go to Redis together. */
interface Asked {
  key: string
  delayMs: number
  again: boolean
}

/** @param prefix keeps instances (and tests) on one Redis apart */
export function createWakes(redisUrl: string, prefix: string, logger: Logger): Wakes {
  const connection = connectRedis(redisUrl, logger)
  const ready = connection.connect().catch(() => undefined)
  const queues = new Map<string, { queue: Queue; asked: Asked[]; flushing: boolean }>()
  const workers = new Set<Worker>()

  const queueFor = (name: string): { queue: Queue; asked: Asked[]; flushing: boolean } => {
    let entry = queues.get(name)
    if (!entry) {
      const queue = new Queue(name, {
        connection,
        prefix,
        skipWaitingForReady: true,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      })
      queue.on('error', () => undefined) // told once by the connection itself
      entry = { queue, asked: [], flushing: false }
      queues.set(name, entry)
    }
    return entry
  }

  const flush = async (name: string): Promise<void> => {
    const entry = queueFor(name)
    if (entry.flushing) return
    entry.flushing = true
    await ready
    try {
      while (entry.asked.length > 0) {
        const batch = entry.asked.splice(0, 200)
        await entry.queue.addBulk(
          batch.map(({ key, delayMs, again }) => ({
            name: 'wake',
            data: { key },
            opts: {
              delay: delayMs,
              // A wake that arrives while the key is worked on runs once more afterwards; one that waits already is enough, and comes forward.
              deduplication: again
                ? { id: `${key}:again:${Math.floor(Date.now() / 5000)}` }
                : { id: key, keepLastIfActive: true, reschedule: true },
            },
          })),
        )
      }
    } catch (error) {
      entry.asked.length = 0
      logger.debug({ err: toError(error), queue: name }, 'wake not delivered')
    } finally {
      entry.flushing = false
    }
  }

  return {
    wake(queue, key, options = {}) {
      const entry = queueFor(queue)
      entry.asked.push({ key, delayMs: options.delayMs ?? 0, again: options.again ?? false })
      // One microtask later everything that was asked in this turn of the loop goes out in one round trip.
      queueMicrotask(() => void flush(queue))
    },
    work(queue, handler, { concurrency }) {
      const bullConnection = connectRedis(redisUrl, logger, true)
      const worker = new Worker<{ key: string }>(
        queue,
        async (job) => {
          await handler(job.data.key)
        },
        {
          connection: bullConnection,
          prefix,
          concurrency,
          lockDuration: LOCK_MS,
          stalledInterval: LOCK_MS / 2,
          maxStalledCount: 100,
          drainDelay: 1,
        },
      )
      workers.add(worker)
      worker.on('error', (error) => logger.debug({ err: error, queue }, 'queue worker trouble'))
      worker.on('failed', (_job, error) => logger.error({ err: error, queue }, 'work failed, will be swept up'))
      return async () => {
        workers.delete(worker)
        await worker.close()
        bullConnection.disconnect()
      }
    },
    async close() {
      await Promise.all([...workers].map(async (worker) => worker.close()))
      await Promise.all([...queues.values()].map(async ({ queue }) => queue.close().catch(() => undefined)))
      connection.disconnect()
    },
  }
}
