/** A small checkout in a folder of its own: our scripts and packages, and a service of a few lines in place of ours. */
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAlive } from '../../scripts/servers/leftovers.mjs'

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Answers /healthz, and counts its starts in MongoDB so that a test sees whether data were kept. */
const SERVICE = `
import { createServer } from 'node:http'
import { MongoClient } from 'mongodb'
const client = new MongoClient(process.env.MONGODB_URI ?? '')
const starts = client.db().collection('starts')
await starts.insertOne({ at: new Date() }, { writeConcern: { w: 'majority' } })
const count = await starts.countDocuments()
const server = createServer((request, response) => {
  response.statusCode = request.url === '/healthz' ? 200 : 404
  response.end(String(count))
})
server.listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
`

export interface Outcome {
  code: number | null
  output: string
}

export interface Running {
  pid: number
  /** Everything printed so far. */
  output(): string
  /** Resolves when the output holds this, rejects when the program ends first. */
  says(text: string | RegExp): Promise<string>
  exited: Promise<Outcome>
}

export interface Checkout {
  folder: string
  /** Starts one of the scripts. `env` is added to a clean environment; undefined removes. */
  start(script: string, args?: string[], env?: Record<string, string | undefined>, nodeArgs?: string[]): Running
  remove(): Promise<void>
}

/** @param files additional or replaced files of the checkout, path → text */
export async function makeCheckout(files: Record<string, string> = {}): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-checkout-'))
  for (const name of ['scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(join(project, name), join(folder, name), { recursive: true })
  // Programs of the product belong to the product's tests.
  for (const name of ['load-sample.ts', 'puppet-server.ts']) await rm(join(folder, 'scripts', name), { force: true })
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries({ 'src/main.ts': SERVICE, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return {
    folder,
    start: (script, args = [], env = {}, nodeArgs = []) =>
      start(folder, [...nodeArgs, join('scripts', script), ...args], env),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Variables that would change which servers are chosen. */
const FORGOTTEN = {
  MONGODB_URI: undefined,
  REDIS_URL: undefined,
  MONGO_PORT: undefined,
  REDIS_PORT: undefined,
  DATA_DIR: undefined,
  npm_lifecycle_event: undefined,
  EMBEDDINGS_URL: undefined,
  // Nothing is downloaded for a test that is about something else.
  VILLAGE_DESK_NO_MODEL: '1',
  VILLAGE_DESK_NO_INSTALL: '1',
}

function start(folder: string, args: string[], env: Record<string, string | undefined>): Running {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...FORGOTTEN, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const waiting = new Set<() => void>()
  const heard = (chunk: Buffer): void => {
    text += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout.on('data', heard)
  child.stderr.on('data', heard)
  const exited = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ code, output: text })))
  return {
    pid: child.pid ?? 0,
    output: () => text,
    exited,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof wanted === 'string' ? !text.includes(wanted) : !wanted.test(text)) return
          waiting.delete(look)
          resolve(text)
        }
        waiting.add(look)
        void exited.then(({ code }) =>
          reject(new Error(`ended with ${code} before it said ${String(wanted)}:\n${text}`)),
        )
        look()
      }),
  }
}

/** A folder with executables that answer `--version` like this; for a PATH on which only they are found. */
export async function fakePrograms(folder: string, programs: Record<string, string>): Promise<string> {
  const bin = await mkdtemp(join(folder, 'bin-'))
  for (const [name, says] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${says}\n`)
    await chmod(join(bin, name), 0o755)
  }
  return bin
}

/** Processes, other than this one, whose command line or environment names the folder. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        const about = readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8')
        return about.includes(folder) && isAlive(pid)
      } catch {
        return false
      }
    })
}
