/** The servers of the test run, and private ones for tests that stop, kill or empty them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, inject } from 'vitest'
import { startMongod as startMongodProcess } from '../../scripts/servers/mongod.mjs'
import { startRedis as startRedisProcess } from '../../scripts/servers/redis.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'

export interface TestServers {
  /** With a database of this test file's own. */
  mongoUri: string
  redisUrl: string
  /** Prefix of all keys in Redis, this test file's own. */
  queuePrefix: string
}

let calls = 0

/**
 * Shared mongod and Redis of the run, with a database and a key prefix for this call alone.
 * Nothing has to be cleaned up afterwards: the servers are thrown away with the run.
 */
export function testServers(): TestServers {
  const file = basename(expect.getState().testPath ?? 'test', '.test.ts').replaceAll(/[^a-z0-9]+/gi, '-')
  // MongoDB takes names of up to 63 bytes.
  const name = `t-${inject('runId')}-${process.pid.toString(36)}-${(calls++).toString(36)}-${file}`.slice(0, 60)
  return { mongoUri: withDatabase(inject('mongoUri'), name), redisUrl: inject('redisUrl'), queuePrefix: name }
}

/** The URI with this database instead of the one it has. */
export function withDatabase(uri: string, database: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`)
}

export interface PrivateServer {
  /** mongodb://… (with a database) or redis://… */
  readonly uri: string
  readonly port: number
  readonly pid: number
  /** Ends it and, unless `restart` follows, leaves its data. SIGKILL is a power cut. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Stops it if it still runs, then starts it again on the same port and data. */
  restart(signal?: NodeJS.Signals): Promise<void>
  /** Ends it and removes its data. Call it in afterAll. */
  remove(): Promise<void>
}

interface Running {
  pid: number
  stop(signal?: NodeJS.Signals): Promise<void>
}

async function privateServer(
  options: { dataDir?: string },
  start: (folder: string, port: number) => Promise<Running>,
  uriOf: (port: number) => string,
): Promise<PrivateServer> {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'village-desk-private-')))
  const port = await freePort()
  let running = await start(folder, port)
  return {
    uri: uriOf(port),
    port,
    get pid() {
      return running.pid
    },
    stop: (signal) => running.stop(signal),
    async restart(signal) {
      await running.stop(signal)
      running = await start(folder, port)
    },
    async remove() {
      await running.stop('SIGKILL')
      if (!options.dataDir) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** A mongod (single-node replica set) for one test file. @param options dataDir: keeps its data there and leaves them */
export function startMongod(options: { dataDir?: string } = {}): Promise<PrivateServer> {
  const binary = inject('mongodBinary')
  return privateServer(
    options,
    (folder, port) =>
      startMongodProcess({ binary, dataDir: join(folder, 'mongo'), port, log: join(folder, 'mongod.log') }),
    (port) => `mongodb://127.0.0.1:${port}/private?replicaSet=rs0`,
  )
}

/** A Redis for one test file. It keeps nothing over a restart. */
export function startRedis(options: { dataDir?: string } = {}): Promise<PrivateServer> {
  const binary = inject('redisBinary')
  return privateServer(
    options,
    (folder, port) =>
      startRedisProcess({ binary, dataDir: join(folder, 'redis'), port, log: join(folder, 'redis.log') }),
    (port) => `redis://127.0.0.1:${port}`,
  )
}
