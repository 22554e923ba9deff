/** Redis wakes workers, spreads live nudges, holds leases. It may be emptied or restarted at any moment. */
import { Redis } from 'ioredis'
import type { Logger } from './logger.ts'

/** @param forBullWorker BullMQ's blocking connections need unlimited retries of one request; others fail fast instead */
export function connectRedis(url: string, logger: Logger, forBullWorker = false): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: forBullWorker ? null : 1,
    enableOfflineQueue: forBullWorker,
    commandTimeout: forBullWorker ? undefined : 2000,
    retryStrategy: (times) => Math.min(times * 100, 2000),
    lazyConnect: true,
  })
  let down = false
  redis.on('error', (error) => {
    if (!down) logger.warn({ err: error }, 'redis is not reachable')
    down = true
  })
  redis.on('ready', () => {
    if (down) logger.info('redis is back')
    down = false
  })
  return redis
}
