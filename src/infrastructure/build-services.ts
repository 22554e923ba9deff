/** Connects to what everything runs on, and hands it over as one object. */
import { createVault } from './crypto.ts'
import type { Clock } from './clock.ts'
import { DomainError } from './errors.ts'
import { createFiles } from './files.ts'
import { createLive } from './live.ts'
import type { Logger } from './logger.ts'
import { connectMongo, inTransaction } from './mongo.ts'
import { connectRedis } from './redis.ts'
import type { Services } from './services.ts'
import { createWakes } from './wakes.ts'

export interface ServiceSettings {
  mongodbUri: string
  redisUrl: string
  queuePrefix: string
  /** 32 bytes in base64. */
  instanceKey: string | undefined
  publicUrl: string
}

/** @throws DomainError instance_key_missing; MongooseServerSelectionError when MongoDB does not answer */
export async function buildServices(
  settings: ServiceSettings,
  clock: Clock,
  logger: Logger,
): Promise<Services & { close(): Promise<void> }> {
  const key = Buffer.from(settings.instanceKey ?? '', 'base64')
  if (key.length !== 32)
    throw new DomainError(
      'instance_key_missing',
      500,
      'INSTANCE_KEY 没有设置,或者不是32字节的base64。 Set INSTANCE_KEY: openssl rand -base64 32',
    )
  const connection = await connectMongo(settings.mongodbUri)
  const redis = connectRedis(settings.redisUrl, logger)
  // Redis may be away at start: MongoDB is the truth, the sweeper catches up.
  await redis.connect().catch(() => undefined)
  const vault = createVault(key)
  const live = createLive(redis, settings.queuePrefix)
  const wakes = createWakes(settings.redisUrl, settings.queuePrefix, logger)
  return {
    clock,
    logger,
    connection,
    redis,
    vault,
    files: createFiles(connection, vault),
    live,
    wakes,
    transaction: async (work) => inTransaction(connection, work),
    publicUrl: settings.publicUrl,
    async close() {
      await wakes.close()
      await live.close()
      redis.disconnect()
      await connection.close()
    },
  }
}
