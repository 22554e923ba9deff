/**
 * Completes package-lock.json after `npm install` against a registry mirror that lacks packages for other platforms:
 * npm then leaves them out, and `npm ci` refuses the file everywhere. Adds the missing ones with the version that is
 * asked for and the platform that their names tell; on this platform they are never fetched.
 *   node scripts/complete-lockfile.mjs [--check]
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runScript } from './setup/fault.mjs'
import { root } from './setup/paths.mjs'
import { say } from './setup/progress.mjs'

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Entry */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

/** os, cpu and libc from a name such as core-linux-arm64-gnu. @param {string} name */
function platformOf(name) {
  const words = name.split(/[-/@]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = words.some((word) => ['arm', 'gnueabihf', 'musleabihf', 'eabi'].includes(word))
    ? ['arm']
    : PROCESSORS.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : os[0] === 'linux' && words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : []
  return { os, cpu, libc }
}

await runScript(async () => {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(await readFile(file, 'utf8'))
  /** @type {Record<string, Entry>} */
  const packages = lock.packages
  /** @type {string[]} */
  const faults = []
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  for (const kind of /** @type {const} */ (['dependencies', 'devDependencies'])) {
    const [asked, locked] = [manifest[kind] ?? {}, packages['']?.[kind] ?? {}]
    const names = new Set([...Object.keys(asked), ...Object.keys(locked)])
    for (const name of names)
      if (asked[name] !== locked[name])
        faults.push(`${name}: package.json says ${asked[name]}, the lockfile ${locked[name]} (npm install)`)
  }
  /** @type {string[]} */
  const added = []
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`]) continue
      // A range says too little to write down; only exact versions are left out by mirrors in practice.
      const { os, cpu, libc } = platformOf(name)
      if (!/^\d+\.\d+\.\d+/.test(version) || os.length === 0) continue
      // In npm's own order of keys, so that the next npm install changes nothing.
      packages[`node_modules/${name}`] = {
        version,
        ...(cpu.length > 0 && { cpu }),
        ...(entry.dev && { dev: true }),
        ...(libc.length > 0 && { libc }),
        optional: true,
        os,
      }
      added.push(name)
    }
  }
  if (process.argv.includes('--check')) {
    for (const name of added) faults.push(`${name} is missing in the lockfile (node scripts/complete-lockfile.mjs)`)
    for (const fault of faults) say(`✗ ${fault}`)
    return faults.length > 0 ? 1 : 0
  }
  const { '': own, ...others } = packages
  lock.packages = {
    '': own,
    ...Object.fromEntries(Object.entries(others).toSorted(([a], [b]) => a.localeCompare(b, 'en'))),
  }
  if (added.length > 0) await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`)
  say(`✓ ${added.length} packages for other platforms added to package-lock.json`)
  return 0
})
