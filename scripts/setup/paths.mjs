/** Where things are kept. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupFault } from './fault.mjs'

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Data of the development instance: DATA_DIR, by default .data in the checkout. */
export function dataFolder() {
  return resolve(root, process.env.DATA_DIR || '.data')
}

/**
 * The folder for downloaded programs: shared by all checkouts of this user where the home is writable,
 * else inside the data folder.
 */
export function toolsFolder() {
  const candidates = [
    process.env.VILLAGE_DESK_TOOLS,
    process.env.XDG_CACHE_HOME && join(process.env.XDG_CACHE_HOME, 'village-desk'),
    join(homedir(), '.cache', 'village-desk'),
    join(root, '.data', 'tools'),
  ]
  for (const folder of candidates) {
    if (!folder) continue
    try {
      mkdirSync(folder, { recursive: true })
      accessSync(folder, constants.W_OK)
      return folder
    } catch {
      // Not ours to write: the next one.
    }
  }
  throw new SetupFault(
    `Not allowed to write ${join(root, '.data')}. Make the checkout yours (chown) or run as its owner.`,
  )
}

/**
 * Creates a folder and makes sure that there is room in it.
 * @param {string} folder
 * @param {number} megabytes that must be free
 * @throws {SetupFault} when the disk is full or the folder cannot be written
 */
export async function prepareFolder(folder, megabytes) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOSPC')
      throw new SetupFault(`The disk is full (${folder}).`)
    throw new SetupFault(`Not allowed to write ${folder}. Make the folder yours (chown) or run as its owner.`)
  }
  const { bavail, bsize } = await statfs(folder)
  const free = Math.floor((bavail * bsize) / 1e6)
  if (free < megabytes)
    throw new SetupFault(`The disk is full: ${free} MB free in ${folder}, ${megabytes} MB are needed.`)
}
