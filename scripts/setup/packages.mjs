/** Installing what package-lock.json says, once: npm ci, and nodejieba's compiled part. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { canUseApt, installWithApt } from './apt.mjs'
import { findOnPath, firstLines, lastLines, run } from './commands.mjs'
import { SetupFault } from './fault.mjs'
import { prepareFolder, root } from './paths.mjs'
import { done, step, warn } from './progress.mjs'

/** Written after a whole installation: hash of the lockfile, Node's ABI, platform. */
const STAMP = join(root, 'node_modules/.cache/village-desk-install')

/**
 * Installs the packages when they are missing or the lockfile has changed. Comes back at once when nothing is to do.
 * VILLAGE_DESK_NO_INSTALL=1 takes what is there (container images, tests).
 * @throws {SetupFault}
 */
export async function ensurePackages() {
  if (process.env.VILLAGE_DESK_NO_INSTALL) return
  const wanted = await fingerprint()
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return
  if (!(await isInstalled())) await install()
  await ensureNodejieba()
  await mkdir(dirname(STAMP), { recursive: true })
  await writeFile(STAMP, wanted)
}

/** npm ci; when it finds the lockfile incomplete, npm install in its place, said aloud. */
async function install() {
  await prepareFolder(root, 1000)
  const started = Date.now()
  await step('installing packages (npm, one or two minutes)', async () => {
    let outcome = await npm('ci')
    if (outcome.code !== 0 && /in sync|EUSAGE/.test(outcome.stderr)) {
      warn('package-lock.json is not complete (see scripts/complete-lockfile.mjs): using npm install')
      outcome = await npm('install', '--no-save')
    }
    if (outcome.code === 0) return
    if (/ENOSPC|No space left/.test(outcome.stderr))
      throw new SetupFault('The disk is full. Free about 1 GB and try again.')
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ERR_SOCKET_TIMEOUT/.test(outcome.stderr))
      throw new SetupFault('The npm registry cannot be reached. Check the network, or npm config get registry.')
    throw new SetupFault(
      `npm could not install the packages${outcome.timedOut ? ' within ten minutes' : ''}:`,
      firstLines(outcome.stderr || outcome.stdout),
    )
  })
  done(`packages installed (${Math.round((Date.now() - started) / 1000)} s)`)
}

/** @param {...string} args */
function npm(...args) {
  const program = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return run(program, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: installEnvironment(),
  })
}

/** @returns {Promise<string>} */
async function fingerprint() {
  const lock = await readFile(join(root, 'package-lock.json')).catch(() => {
    throw new SetupFault('package-lock.json is missing: this is not a whole checkout.')
  })
  return `${createHash('sha256').update(lock).digest('hex')} ${process.versions.modules} ${process.platform}-${process.arch}\n`
}

/** True when node_modules holds just what the lockfile says, however it came there. */
async function isInstalled() {
  const hidden = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  /** @type {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
  const wanted = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')).packages
  /** @type {typeof wanted} */
  const present = JSON.parse(await readFile(hidden, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    const there = present[path]
    return there ? there.version === version && existsSync(join(root, path)) : Boolean(optional || devOptional)
  })
}

/** mongod is our own affair; headers that came with Node save node-gyp the way to nodejs.org. */
function installEnvironment() {
  const prefix = dirname(dirname(process.execPath))
  const headers = existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
  return { MONGOMS_DISABLE_POSTINSTALL: '1', ...headers }
}

/** nodejieba is C++: no compiler, or an npm that runs no install scripts, leaves it without its compiled part. */
async function ensureNodejieba() {
  if (await nodejiebaLoads()) return
  const compiler = findOnPath('g++', 'c++', 'clang++') && findOnPath('make')
  if (!compiler && canUseApt()) await installWithApt('build-essential', ...(findOnPath('python3') ? [] : ['python3']))
  if (!findOnPath('g++', 'c++', 'clang++') || !findOnPath('make'))
    throw new SetupFault(
      'nodejieba needs a C++ compiler and make. Install them (Debian: apt install build-essential; Fedora: dnf install gcc-c++ make; macOS: xcode-select --install) and try again.',
    )
  const gyp = join(root, 'node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp')
  const outcome = await step('compiling nodejieba (about a minute)', () =>
    run(process.execPath, [gyp, 'install', '--fallback-to-build'], {
      cwd: join(root, 'node_modules/nodejieba'),
      env: { ...installEnvironment(), PATH: `${npmGypFolder()}${process.env.PATH}` },
    }),
  )
  if (outcome.code !== 0 || !(await nodejiebaLoads()))
    throw new SetupFault('nodejieba could not be compiled:', lastLines(outcome.stdout + outcome.stderr))
  done('nodejieba compiled')
}

/** npm carries node-gyp and puts it on the PATH of install scripts; so do we. */
function npmGypFolder() {
  const npm = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm')
  const folders = [
    join(npm, 'node_modules/@npmcli/run-script/lib/node-gyp-bin'),
    join(npm, 'node_modules/node-gyp/bin'),
  ]
  const found = folders.find((folder) => existsSync(folder))
  return found ? `${found}:` : ''
}

async function nodejiebaLoads() {
  const outcome = await run(process.execPath, ['-e', "require('nodejieba').cut('村务公开')"], {
    cwd: root,
    timeoutMs: 30_000,
  })
  return outcome.code === 0
}
