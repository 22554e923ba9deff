/** MongoDB and Redis for an instance: those named in the environment, or ones of our own. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFault } from '../setup/fault.mjs'
import { findMongod } from '../setup/mongod-binary.mjs'
import { prepareFolder } from '../setup/paths.mjs'
import { choosePort } from '../setup/ports.mjs'
import { done } from '../setup/progress.mjs'
import { findRedis } from '../setup/redis-binary.mjs'
import { endLeftover } from './leftovers.mjs'
import { startMongod } from './mongod.mjs'
import { startRedis } from './redis.mjs'

/**
 * @typedef {object} Servers
 * @property {string} mongoUri with the database
 * @property {string} redisUrl
 */

/**
 * @param {object} options
 * @param {string} options.folder for data, logs and pid files
 * @param {boolean} [options.anyPort] do not even try the usual ports
 * @returns {Promise<Servers>}
 * @throws {SetupFault}
 */
export async function provideServers({ folder, anyPort = false }) {
  await mkdir(join(folder, 'run'), { recursive: true })
  const mongoUri = await provideMongo(folder, anyPort)
  const redisUrl = await provideRedis(folder, anyPort)
  return { mongoUri, redisUrl }
}

/** @param {string} folder @param {boolean} anyPort */
async function provideMongo(folder, anyPort) {
  const given = process.env.MONGODB_URI
  if (given) {
    await checkMongo(given)
    done(`MongoDB: ${withoutPassword(given)} (MONGODB_URI)`)
    return given
  }
  const dataDir = join(folder, 'mongo')
  const pidFile = join(folder, 'run/mongod.pid')
  await endLeftover(pidFile, dataDir, 'MongoDB')
  await prepareFolder(folder, 500)
  const binary = await findMongod()
  const port = await choosePort({
    preferred: anyPort ? 0 : 27117,
    asked: process.env.MONGO_PORT,
    variable: 'MONGO_PORT',
    what: 'MongoDB',
  })
  const mongod = await startMongod({
    binary: binary.path,
    dataDir,
    port,
    log: join(folder, 'logs/mongod.log'),
    pidFile,
  })
  done(`MongoDB ${binary.version} from ${binary.from}, port ${port}`)
  return mongod.uri.replace('/?', '/village-desk?')
}

/** @param {string} folder @param {boolean} anyPort */
async function provideRedis(folder, anyPort) {
  const given = process.env.REDIS_URL
  if (given) {
    await checkRedis(given)
    done(`Redis: ${withoutPassword(given)} (REDIS_URL)`)
    return given
  }
  const dataDir = join(folder, 'redis')
  const pidFile = join(folder, 'run/redis.pid')
  await endLeftover(pidFile, dataDir, 'Redis')
  const binary = await findRedis()
  const port = await choosePort({
    preferred: anyPort ? 0 : 6479,
    asked: process.env.REDIS_PORT,
    variable: 'REDIS_PORT',
    what: 'Redis',
  })
  const redis = await startRedis({ binary: binary.path, dataDir, port, log: join(folder, 'logs/redis.log'), pidFile })
  done(`Redis ${binary.version} from ${binary.from}, port ${port}`)
  return redis.url
}

/** @param {string} uri */
const withoutPassword = (uri) => uri.replace(/\/\/[^@/]*@/, '//…@')

/** Within three seconds: it answers, and it can do transactions. @param {string} uri */
async function checkMongo(uri) {
  const { MongoClient } = await import('mongodb')
  /** @type {import('mongodb').Document} */
  let hello
  try {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 })
    try {
      hello = await client.db('admin').command({ hello: 1 })
    } finally {
      await client.close()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const why = /auth/i.test(message) ? 'does not accept the user or password' : 'does not answer'
    throw new SetupFault(
      `MongoDB ${why}: ${withoutPassword(uri)} (MONGODB_URI). Start it, or unset MONGODB_URI to get one of our own.`,
    )
  }
  if (!hello.setName && hello.msg !== 'isdbgrid')
    throw new SetupFault(
      `MongoDB at ${withoutPassword(uri)} is not a replica set; transactions need one (mongod --replSet rs0, then rs.initiate()).`,
    )
}

/** @param {string} url */
async function checkRedis(url) {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 3000,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    await redis.ping()
  } catch {
    throw new SetupFault(
      `Redis does not answer: ${withoutPassword(url)} (REDIS_URL). Start it, or unset REDIS_URL to get one of our own.`,
    )
  } finally {
    redis.disconnect()
  }
}
