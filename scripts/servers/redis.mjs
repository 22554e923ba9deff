/** A Redis of our own on 127.0.0.1. It only wakes workers: nothing is written to disk but on a clean stop. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { SetupFault } from '../setup/fault.mjs'
import { prepareFolder } from '../setup/paths.mjs'
import { startChild } from './children.mjs'

/**
 * @typedef {object} RunningRedis
 * @property {string} url
 * @property {number} port
 * @property {number} pid
 * @property {import('./children.mjs').Child} child
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {string} options.binary
 * @param {string} options.dataDir
 * @param {number} options.port
 * @param {string} options.log
 * @param {string} [options.pidFile]
 * @returns {Promise<RunningRedis>}
 * @throws {SetupFault} with the reason in one line
 */
export async function startRedis({ binary, dataDir, port, log, pidFile }) {
  await prepareFolder(dataDir, 20)
  const logStart = existsSync(log) ? readFileSync(log).length : 0
  const child = startChild({
    name: 'Redis',
    command: binary,
    args: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dataDir,
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
      '--daemonize',
      'no',
    ],
    log,
  })
  if (pidFile) writeFileSync(pidFile, `${child.pid}\n`)
  for (
    const deadline = Date.now() + 15_000;
    !(await pong(port));
    await new Promise((resolve) => setTimeout(resolve, 30))
  ) {
    if (!child.running()) throw new SetupFault(`Redis did not start: ${reason(log, logStart)}`)
    if (Date.now() > deadline) {
      await child.stop('SIGKILL')
      throw new SetupFault(`Redis did not become ready within 15 s, see ${log}`)
    }
  }
  // Somebody else's Redis could have answered while ours found the port used.
  if (!child.running()) throw new SetupFault(`Redis did not start: ${reason(log, logStart)}`)
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid, child, stop: (signal) => child.stop(signal, 5000) }
}

/** @param {number} port */
async function pong(port) {
  const { Redis } = await import('ioredis')
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1000,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/** @param {string} log @param {number} from */
function reason(log, from) {
  const text = readFileSync(log).subarray(from).toString()
  if (/Address already in use/.test(text)) return 'its port is used by another program.'
  if (/No space left/.test(text)) return 'the disk is full.'
  if (/Permission denied/.test(text)) return 'it may not read its data folder (who owns .data?).'
  return `see ${log}`
}
