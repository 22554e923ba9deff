/** A mongod of our own: one node of a replica set (transactions need one), on 127.0.0.1, data in a folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFault } from '../setup/fault.mjs'
import { prepareFolder } from '../setup/paths.mjs'
import { answers } from '../setup/ports.mjs'
import { startChild } from './children.mjs'

/**
 * @typedef {object} RunningMongod
 * @property {string} uri without a database; replicaSet and directConnection are set
 * @property {number} port
 * @property {number} pid
 * @property {import('./children.mjs').Child} child
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 */

/**
 * Starts mongod and makes it a primary. A second start on the same folder keeps the data, also on another port.
 * @param {object} options
 * @param {string} options.binary
 * @param {string} options.dataDir
 * @param {number} options.port
 * @param {string} options.log
 * @param {string} [options.pidFile]
 * @param {number} [options.megabytes] that must be free on the disk
 * @returns {Promise<RunningMongod>}
 * @throws {SetupFault} with the reason in one line
 */
export async function startMongod({ binary, dataDir, port, log, pidFile, megabytes = 300 }) {
  await prepareFolder(dataDir, megabytes)
  await mkdir(join(log, '..'), { recursive: true })
  const logStart = existsSync(log) ? readFileSync(log).length : 0
  const child = startChild({
    name: 'MongoDB',
    command: binary,
    args: [
      '--dbpath',
      dataDir,
      '--port',
      String(port),
      '--bind_ip',
      '127.0.0.1',
      '--replSet',
      'rs0',
      '--oplogSize',
      '128',
      '--wiredTigerCacheSizeGB',
      '0.25',
      '--quiet',
      '--nounixsocket',
      '--setParameter',
      'diagnosticDataCollectionEnabled=false',
      // A worker that is killed in mid-transaction leaves its locks behind for this long (default: a minute).
      '--setParameter',
      'transactionLifetimeLimitSeconds=10',
    ],
    log,
  })
  if (pidFile) writeFileSync(pidFile, `${child.pid}\n`)
  try {
    await makePrimary(port, child)
  } catch (thrown) {
    const ended = !child.running()
    await child.stop('SIGKILL')
    throw ended ? new SetupFault(`MongoDB did not start: ${await reason(log, logStart)}`) : thrown
  }
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    port,
    pid: child.pid,
    child,
    stop: (signal) => child.stop(signal, 15_000),
  }
}

/**
 * Creates the replica set on the first start; on later ones corrects the member's port when it has changed.
 * @param {number} port @param {import('./children.mjs').Child} child
 */
async function makePrimary(port, child) {
  const { MongoClient } = await import('mongodb')
  const deadline = Date.now() + 30_000
  await listening(port, child, deadline)
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 3000,
  })
  const host = `127.0.0.1:${port}`
  const admin = client.db('admin')
  let configured = false
  try {
    for (; ; await pause(50)) {
      stillStarting(child, deadline)
      try {
        if (!configured) {
          await configure(admin, host)
          configured = true
        }
        if ((await admin.command({ hello: 1 })).isWritablePrimary) return
      } catch {
        // Still reading its data, or electing itself: again.
      }
    }
  } finally {
    await client.close()
  }
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** @param {import('./children.mjs').Child} child @param {number} deadline */
function stillStarting(child, deadline) {
  if (!child.running()) throw new SetupFault('MongoDB ended while it was starting.')
  if (Date.now() > deadline) throw new SetupFault('MongoDB did not become ready within 30 s.')
}

/** Before the driver is asked: it looks again only every half second. @param {number} port @param {import('./children.mjs').Child} child @param {number} deadline */
async function listening(port, child, deadline) {
  while (!(await answers('127.0.0.1', port))) {
    stillStarting(child, deadline)
    await pause(30)
  }
}

/** @param {import('mongodb').Db} admin @param {string} host */
async function configure(admin, host) {
  /** @type {import('mongodb').Document | null} */
  const current = await admin.command({ replSetGetConfig: 1 }).then(
    ({ config }) => config,
    (error) => {
      // 94: a replica set that was not made yet.
      if (error.code === 94) return null
      throw error
    },
  )
  if (!current) {
    await admin.command({
      replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }], settings: { electionTimeoutMillis: 1000 } },
    })
  } else if (current.members[0].host !== host) {
    await admin.command({
      replSetReconfig: { ...current, version: current.version + 1, members: [{ ...current.members[0], host }] },
      force: true,
    })
  }
}

/** Why mongod ended, from what it logged since. @param {string} log @param {number} from */
async function reason(log, from) {
  const text = (await readFile(log)).subarray(from).toString()
  if (/No space left on device|ENOSPC/.test(text)) return 'the disk is full.'
  if (/Address already in use|SocketException.*bind/.test(text)) return 'its port is used by another program.'
  if (/DBPathInUse|Unable to lock the lock file/.test(text)) return 'another mongod uses its data folder.'
  if (/Permission denied|IllegalOperation.*dbpath/.test(text))
    return 'it may not read its data folder (who owns .data?).'
  if (/featureCompatibilityVersion|incompatible|UPGRADE PROBLEM|Unsupported WiredTiger/i.test(text))
    return 'the data were written by another version of MongoDB. Use that one, or empty the data: npm run reset'
  if (/WiredTiger error|Unrecoverable|corrupt/i.test(text))
    return `the data folder is damaged. Empty it with npm run reset, or see ${log}`
  return `see ${log}`
}
