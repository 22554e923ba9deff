/** Once for a test run: one real mongod (a replica set) and one Redis on free ports, data in a folder that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startMongod } from '../../scripts/servers/mongod.mjs'
import { startRedis } from '../../scripts/servers/redis.mjs'
import { findMongod } from '../../scripts/setup/mongod-binary.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'
import { findRedis } from '../../scripts/setup/redis-binary.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string
    redisUrl: string
    /** Executables, for tests that start a server of their own. */
    mongodBinary: string
    redisBinary: string
    /** Different in each run: databases and keys of two runs on the same servers do not meet. */
    runId: string
  }
}

/** TEST_MONGODB_URI and TEST_REDIS_URL name servers that run already; the tests then use databases and keys of their own there. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-test-'))
  const [mongod, redis] = await Promise.all([findMongod(), findRedis()])
  const stops: (() => Promise<void>)[] = []
  const tearDown = async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()))
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    let mongoUri = process.env['TEST_MONGODB_URI']
    if (!mongoUri) {
      const running = await startMongod({
        binary: mongod.path,
        dataDir: join(folder, 'mongo'),
        port: await freePort(),
        log: join(folder, 'mongod.log'),
      })
      stops.push(() => running.stop('SIGKILL'))
      mongoUri = running.uri
    }
    let redisUrl = process.env['TEST_REDIS_URL']
    if (!redisUrl) {
      const running = await startRedis({
        binary: redis.path,
        dataDir: join(folder, 'redis'),
        port: await freePort(),
        log: join(folder, 'redis.log'),
      })
      stops.push(() => running.stop('SIGKILL'))
      redisUrl = running.url
    }
    project.provide('mongoUri', mongoUri)
    project.provide('redisUrl', redisUrl)
    project.provide('mongodBinary', mongod.path)
    project.provide('redisBinary', redis.path)
    project.provide('runId', Date.now().toString(36))
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}
