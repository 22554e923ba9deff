/**
 * npm run bench -- console [--cases N] [--handlers N] [--seconds S] [--json]
 * Twenty handlers at once on 100,000 cases: how long lists, searches and cases take over HTTP, on a mongod of its own.
 * First with a second of thought between two looks, as people work; then without any, for what the machine gives.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { systemClock } from '../../src/infrastructure/clock.ts'
import { createAccounts, createDemoAccounts, createOrganisation } from '../../src/people/index.ts'
import { freePort } from '../setup/ports.mjs'
import { startPrivateMongod, startPrivateRedis } from '../support/private-servers.ts'
import { fillCases } from './console/fill.ts'
import { LOOKS, signIn, work } from './console/handlers.ts'
import type { Figures, Look } from './console/handlers.ts'

const AIM_MS = 200
const THINK_MS = 1000
const TSX = ['--import', 'tsx']

export async function run(args: string[]): Promise<void> {
  const number = (name: string, otherwise: number): number => Number(args[args.indexOf(name) + 1] || 0) || otherwise
  const [count, handlers, seconds] = [
    args.includes('--cases') ? number('--cases', 100_000) : 100_000,
    args.includes('--handlers') ? number('--handlers', 20) : 20,
    args.includes('--seconds') ? number('--seconds', 30) : 30,
  ]
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-bench-'))
  const port = await freePort()
  const mongod = await startPrivateMongod(folder)
  const redis = await startPrivateRedis(folder)
  const env = {
    ...process.env,
    MONGODB_URI: mongod.uri.replace('/?', '/bench?'),
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    PORT: String(port),
    ROLE: 'api',
    LOG_LEVEL: 'warn',
    DATA_DIR: folder,
    INSTANCE_KEY: randomBytes(32).toString('base64'),
    NODE_ENV: 'production',
  }
  const url = `http://127.0.0.1:${port}`
  let service: ChildProcess | null = null
  try {
    await program(env, '../load-sample.ts')
    const { accounts, villages } = await fill(env, count)
    service = spawn(process.execPath, [...TSX, new URL('../../src/main.ts', import.meta.url).pathname], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    await healthy(url)
    const cookies = await Promise.all(
      Array.from({ length: handlers }, async (_, index) => {
        const { username, password } = accounts[index % accounts.length]!
        return signIn(url, username, password)
      }),
    )
    await work(url, cookies, { seconds: 5, thinkMs: THINK_MS, villages })
    const paced = await work(url, cookies, { seconds, thinkMs: THINK_MS, villages })
    const flatOut = await work(url, cookies, { seconds: Math.ceil(seconds / 3), thinkMs: 0, villages })
    const met = (['list', 'search'] as const).every((look) => paced.figures[look].p95 < AIM_MS)
    if (args.includes('--json'))
      console.log(JSON.stringify({ name: 'console', cases: count, handlers, met, paced, flatOut }))
    else {
      console.log(`${count} cases, ${handlers} handlers, a second of thought between two looks (${paced.perSecond}/s)`)
      report(paced.figures)
      console.log(`lists and searches under ${AIM_MS} ms at p95: ${met ? 'yes' : 'no'}`)
      console.log(`without a pause (${flatOut.perSecond}/s)`)
      report(flatOut.figures)
    }
  } finally {
    if (service) {
      const exited = once(service, 'exit')
      service.kill('SIGKILL')
      await exited
    }
    await Promise.all([mongod.stop('SIGKILL'), redis.stop('SIGKILL')])
    await rm(folder, { recursive: true, force: true })
  }
}

function report(figures: Record<Look, Figures>): void {
  const names: Record<Look, string> = { list: 'lists', search: 'searches', case: 'one case' }
  for (const look of LOOKS) {
    const { requests, p50, p95, p99, worst } = figures[look]
    console.log(
      `  ${names[look].padEnd(10)} p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms   worst ${worst} ms   (${requests} requests)`,
    )
  }
}

/** @returns the accounts that see cases, and the villages */
async function fill(
  env: { MONGODB_URI: string; REDIS_URL: string; INSTANCE_KEY: string },
  count: number,
): Promise<{ accounts: { username: string; password: string }[]; villages: string[] }> {
  const services = await buildServices(
    {
      mongodbUri: env.MONGODB_URI,
      redisUrl: env.REDIS_URL,
      queuePrefix: 'bench',
      instanceKey: env.INSTANCE_KEY,
      publicUrl: 'http://localhost',
    },
    systemClock,
    pino({ level: 'silent' }),
  )
  try {
    const store = createOrganisation(services)
    const organisation = await store.get()
    const accounts = createAccounts(services, store)
    const all = await accounts.list()
    const byUnit = new Map<string, string[]>()
    for (const { unit, accountId } of all) byUnit.set(unit, [...(byUnit.get(unit) ?? []), accountId])
    await fillCases(services.connection, services.vault, count, organisation, byUnit)
    const demo = await createDemoAccounts(services, accounts).list()
    const working = all.filter(({ roles }) => !roles.includes('administrator'))
    return {
      accounts: demo.filter(({ username }) => working.some((account) => account.username === username)),
      villages: organisation.villages.map(({ id }) => id),
    }
  } finally {
    await services.close()
  }
}

async function program(env: NodeJS.ProcessEnv, path: string): Promise<void> {
  const child = spawn(process.execPath, [...TSX, new URL(path, import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error(`${path} failed`)
}

async function healthy(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answers = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (answers) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the service did not start')
}
