/** Connects to what everything runs on, and hands it over as one object. */
import { createVault } from './crypto.ts'
import type { Clock } from './clock.ts'
import { createFiles } from './files.ts'
import { parseInstanceKey } from './instance-key.ts'
import { createKeyRings } from './key-ring.ts'
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

/** @throws DomainError instance_key_missing, instance_key_wrong; MongooseServerSelectionError when MongoDB does not answer */
export async function buildServices(
  settings: ServiceSettings,
  clock: Clock,
  logger: Logger,
): Promise<Services & { close(): Promise<void> }> {
  const key = parseInstanceKey(settings.instanceKey)
  const connection = await connectMongo(settings.mongodbUri)
  const redis = connectRedis(settings.redisUrl, logger)
  // Redis may be away at start: MongoDB is the truth, the sweeper catches up.
  await redis.connect().catch(() => undefined)
  const keyRings = createKeyRings(connection, key)
  const ring = await keyRings.open()
  const unfollow = keyRings.follow(ring)
  const vault = createVault(ring)
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
      await unfollow()
      await connection.close()
    },
  }
}
