/** The service itself: its environment, the sample township on the first start, starting it and waiting until it serves. */
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../servers/children.mjs'
import { lastLines, mustRun } from './commands.mjs'
import { SetupFault } from './fault.mjs'
import { dataFolder, root } from './paths.mjs'
import { tryPort } from './ports.mjs'
import { done, step } from './progress.mjs'

const MAIN = 'src/main.ts'
const LOAD_SAMPLE = 'scripts/load-sample.ts'

/** Where the service is to listen: HOST and PORT. @returns {{ host: string, port: number }} */
export function listenAddress() {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SetupFault(`PORT=${process.env.PORT} is not a port (1 to 65535).`)
  return { host: process.env.HOST || '127.0.0.1', port }
}

/** @throws {SetupFault} when the port is used; asked before the long work is done */
export async function requireFreePort() {
  const { host, port } = listenAddress()
  if ((await tryPort(port, host)) === null)
    throw new SetupFault(
      `Port ${port} is used by another program. End it, or choose another port: PORT=${port + 1} npm start`,
    )
}

/**
 * Loads the sample township when this database has not got it yet.
 * @param {Record<string, string>} env
 */
export async function loadSampleOnce(env) {
  if (!existsSync(join(root, LOAD_SAMPLE))) return
  const stateFile = join(dataFolder(), 'sample.json')
  const database = (env.MONGODB_URI ?? '').replace(/^.*@/, '').replace(/127\.0\.0\.1:\d+/, 'own')
  /** @type {string[]} */
  const loaded = existsSync(stateFile) ? JSON.parse(await readFile(stateFile, 'utf8')) : []
  if (loaded.includes(database)) return
  await step('loading the sample township', () =>
    mustRun('Loading the sample township', process.execPath, ['--import', 'tsx', LOAD_SAMPLE], { cwd: root, env }),
  )
  await writeFile(stateFile, `${JSON.stringify([...loaded, database])}\n`)
  done('sample township loaded')
}

/**
 * Starts the service and waits until it answers.
 * @param {Record<string, string>} env
 * @returns {Promise<string>} its address for people
 * @throws {SetupFault} with its last words when it ends or stays silent
 */
export async function startService(env) {
  const { host, port } = listenAddress()
  const log = join(dataFolder(), 'logs/service.log')
  await keepLogSmall(log)
  const from = existsSync(log) ? readFileSync(log).length : 0
  const child = startChild({
    name: 'The service',
    command: process.execPath,
    args: ['--import', 'tsx', MAIN],
    cwd: root,
    log,
    // A sample to try out: its accounts sign in with their password alone.
    env: { DEMO_ACCOUNTS: process.env.DEMO_ACCOUNTS || 'true', ...env },
  })
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  await step('starting the service', async () => {
    for (const deadline = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      if (!child.running()) throw new SetupFault('The service did not start:', lastWords(log, from))
      if (Date.now() > deadline)
        throw new SetupFault(`The service did not answer within 60 s, see ${log}`, lastWords(log, from))
      const answer = await fetch(`http://${reached}:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(
        () => null,
      )
      await answer?.body?.cancel()
      if (answer?.status === 200) return
    }
  })
  return `http://localhost:${port}`
}

/** What the service said outside of its log lines, or else the texts of its last ones. @param {string} log @param {number} [from] */
export function lastWords(log, from = 0) {
  const lines = readFileSync(log).subarray(from).toString().split('\n')
  const plain = lines.filter((line) => line.trim() && !line.startsWith('{'))
  if (plain.length > 0) return lastLines(plain.join('\n'), 5)
  const texts = lines.flatMap((line) => /"msg":"([^"]+)"/.exec(line)?.[1] ?? [])
  return lastLines(texts.join('\n'), 3)
}

/** One older log is kept. @param {string} log */
async function keepLogSmall(log) {
  const size = await stat(log).then(
    ({ size: bytes }) => bytes,
    () => 0,
  )
  if (size > 20e6) await rename(log, `${log}.1`)
}
