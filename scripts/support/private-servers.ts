/** A mongod and a Redis for one command, on free ports, with their data in a folder that the command throws away. */
import { join } from 'node:path'
import { startMongod } from '../servers/mongod.mjs'
import type { RunningMongod } from '../servers/mongod.mjs'
import { startRedis } from '../servers/redis.mjs'
import { findMongod } from '../setup/mongod-binary.mjs'
import { freePort } from '../setup/ports.mjs'
import { findRedis } from '../setup/redis-binary.mjs'

/** @param folder where data and log are kept; removed by the caller after stop() */
export async function startPrivateMongod(folder: string): Promise<RunningMongod> {
  return startMongod({
    binary: (await findMongod()).path,
    dataDir: join(folder, 'mongo'),
    port: await freePort(),
    log: join(folder, 'mongod.log'),
  })
}

/** @param folder as above */
export async function startPrivateRedis(folder: string): ReturnType<typeof startRedis> {
  return startRedis({
    binary: (await findRedis()).path,
    dataDir: join(folder, 'redis'),
    port: await freePort(),
    log: join(folder, 'redis.log'),
  })
}
