/** Building the pages (npm run build), only when something that they are made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './commands.mjs'
import { root } from './paths.mjs'
import { done, step } from './progress.mjs'

const STAMP = join(root, 'dist/.built-from')

/** @throws {import('./fault.mjs').SetupFault} with the builder's last lines */
export async function ensurePages() {
  if (!existsSync(join(root, 'src/web')) || !existsSync(join(root, 'vite.config.ts'))) return
  const wanted = await fingerprint()
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return
  const started = Date.now()
  await step('building the pages', () =>
    mustRun('npm run build', process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'build'], {
      cwd: root,
    }),
  )
  await mkdir(join(root, 'dist'), { recursive: true })
  await writeFile(STAMP, wanted)
  done(`pages built (${Math.round((Date.now() - started) / 1000)} s)`)
}

/** The pages, the shapes that they share with the service, and what builds them. */
async function fingerprint() {
  const files = (await readdir(join(root, 'src'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file.startsWith(join(root, 'src/web/')) || file.endsWith('/schema.ts'))
    // The component list is written by the build itself.
    .filter((file) => !file.endsWith('components.d.ts'))
  const builders = (await readdir(root)).filter((name) =>
    /^vite\..*config.*\.ts$|^package\.json$|^package-lock\.json$/.test(name),
  )
  const hash = createHash('sha256')
  for (const file of [...files, ...builders.map((name) => join(root, name))].toSorted()) {
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  }
  return `${hash.digest('hex')}\n`
}
