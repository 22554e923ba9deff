/**
 * Runs one of our TypeScript programs with everything that it needs:
 *   node scripts/run.mjs [--own-servers | --no-servers] scripts/x.ts [its arguments]
 *   node scripts/run.mjs … scripts/x y [its arguments]     runs scripts/x/y.ts
 * By default it works on the development data: on the servers of a running `npm start`, else on ones started for it.
 * --own-servers gives it empty ones that are thrown away (benches); --no-servers none. Progress goes to stderr.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { endChildren } from './servers/children.mjs'
import { provideServers } from './servers/provide.mjs'
import { instanceSecrets, loadDotEnv } from './setup/environment.mjs'
import { SetupFault, runScript } from './setup/fault.mjs'
import { findInstance, forgetInstance, recordInstance } from './setup/instance.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { dataFolder, prepareFolder, root } from './setup/paths.mjs'
import { configureProgress } from './setup/progress.mjs'
import { loadSampleOnce } from './setup/service.mjs'

/** @typedef {{ env: Record<string, string>, close: () => Promise<void> }} Surroundings */

/** @returns {Promise<Surroundings>} */
async function ownServers() {
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-run-'))
  const { mongoUri, redisUrl } = await provideServers({ folder, anyPort: true })
  const close = async () => {
    await endChildren()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  return {
    env: { MONGODB_URI: mongoUri, REDIS_URL: redisUrl, DATA_DIR: folder, VILLAGE_DESK_LOGS: join(folder, 'logs') },
    close,
  }
}

/** @returns {Promise<Surroundings>} */
async function developmentData() {
  const folder = dataFolder()
  await prepareFolder(folder, 100)
  const secrets = await instanceSecrets()
  const running = await findInstance()
  if (running && !running.mongoUri) throw new SetupFault('npm start is still starting: try again when it is ready.')
  if (running)
    return {
      env: {
        ...secrets,
        ...running.model,
        MONGODB_URI: running.mongoUri,
        REDIS_URL: running.redisUrl,
        DATA_DIR: folder,
      },
      close: async () => {},
    }
  await recordInstance({ url: null, mongoUri: '', redisUrl: '' })
  const { mongoUri, redisUrl } = await provideServers({ folder, anyPort: true })
  const env = { ...secrets, MONGODB_URI: mongoUri, REDIS_URL: redisUrl, DATA_DIR: folder }
  await loadSampleOnce(env)
  const close = async () => {
    await endChildren()
    await forgetInstance()
  }
  return { env, close }
}

/** @param {string} script @param {string[]} args @param {Record<string, string>} env @returns {Promise<number>} */
function runTypeScript(script, args, env) {
  // A program of a folder (a bench, an evaluation) is a function that is called.
  const program = dirname(script) === 'scripts' ? [script] : ['scripts/call-program.ts', script]
  const child = spawn(process.execPath, ['--import', 'tsx', ...program, ...args], {
    cwd: root,
    env: { ...env, ...process.env },
    stdio: 'inherit',
  })
  // Ctrl-C reaches the program by itself; other signals are passed on. Then we end what we started.
  process.on('SIGINT', () => {})
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 130))
  })
}

/** Takes the program's name from the arguments. @param {string[]} args @returns {string} */
function chooseScript(args) {
  const named = args.shift() ?? ''
  if (named.endsWith('.ts') && existsSync(join(root, named))) return named
  const folder = join(root, named)
  if (!named || !existsSync(folder)) throw new SetupFault(`There is no ${named || 'program named'}.`)
  const choices = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))
  const choice = args.shift()
  if (!choice || !choices.includes(choice)) throw new SetupFault(`Say which: ${choices.join(', ')}`)
  return `${named}/${choice}.ts`
}

await runScript(async () => {
  requireNode()
  configureProgress({ stderr: true, quiet: true })
  const args = process.argv.slice(2)
  const mode = args[0]?.startsWith('--') ? args.shift() : '--development'
  const script = chooseScript(args)
  await ensurePackages()
  await loadDotEnv()
  /** @type {Surroundings} */
  let surroundings = { env: {}, close: async () => {} }
  try {
    if (mode === '--own-servers') surroundings = await ownServers()
    else if (mode !== '--no-servers') surroundings = await developmentData()
    return await runTypeScript(script, args, surroundings.env)
  } finally {
    await surroundings.close()
    await endChildren()
  }
})
process.exit()
