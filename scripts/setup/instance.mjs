/** What runs on this checkout's data now, written down in .data/run/instance.json by `npm start`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLine, isAlive } from '../servers/leftovers.mjs'
import { dataFolder } from './paths.mjs'

/** @typedef {{ pid: number, url: string | null, mongoUri: string, redisUrl: string, model?: Record<string, string> }} Instance url: null while it starts; model: settings for search by meaning */

const file = () => join(dataFolder(), 'run/instance.json')

/** The running `npm start`, or null. @returns {Promise<Instance | null>} */
export async function findInstance() {
  try {
    const instance = /** @type {Instance} */ (JSON.parse(await readFile(file(), 'utf8')))
    const ours =
      instance.pid !== process.pid &&
      isAlive(instance.pid) &&
      /scripts\/(?:start|run)\.mjs/.test(commandLine(instance.pid))
    return ours ? instance : null
  } catch {
    return null
  }
}

/** @param {Omit<Instance, 'pid'>} instance */
export async function recordInstance(instance) {
  await mkdir(join(dataFolder(), 'run'), { recursive: true })
  await writeFile(file(), `${JSON.stringify({ pid: process.pid, ...instance })}\n`)
}

export async function forgetInstance() {
  await rm(file(), { force: true }).catch(() => {})
}
