/**
 * npm run bench -- pipeline [--count N] [--json]
 * Messages through the SMS entrance to the outgoing gateway, beside the barest durable pipeline on the same parts, in the same run.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../setup/ports.mjs'
import { startPrivateMongod, startPrivateRedis } from '../support/private-servers.ts'
import { drive, startGateway } from './pipeline/drive.ts'
import type { Gateway, Run } from './pipeline/drive.ts'

const ROUNDS = 3
const PARALLEL = 64
const PACED = { rate: 50, count: 1000 }

const TSX = ['--import', 'tsx']

export async function run(args: string[]): Promise<void> {
  const json = args.includes('--json')
  const count = Number(args[args.indexOf('--count') + 1] || 0) || 4000
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-bench-'))
  const children: ChildProcess[] = []
  const mongod = await startPrivateMongod(folder)
  const redis = await startPrivateRedis(folder)
  const gateway = await startGateway()
  try {
    const uri = (name: string): string => mongod.uri.replace('/?', `/${name}?`)
    const redisUrl = `redis://127.0.0.1:${redis.port}`
    const ours = await startService(uri('bench'), redisUrl, gateway, folder, children)
    const bare = await startBare(uri('bare'), redisUrl, gateway, children)
    const runs = { ours: [] as Run[], bare: [] as Run[] }
    let series = 0
    // A first round warms both; then in turns, so that a drifting machine treats both alike.
    for (const entrance of [bare, ours])
      await drive(entrance, gateway, { count: Math.min(count, 1000), parallel: PARALLEL, series: series++ })
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.bare.push(await drive(bare, gateway, { count, parallel: PARALLEL, series: series++ }))
      runs.ours.push(await drive(ours, gateway, { count, parallel: PARALLEL, series: series++ }))
    }
    const paced = await drive(ours, gateway, { ...PACED, parallel: PARALLEL, series: series++ })
    const middle = (of: Run[]): Run =>
      [...of].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(of.length / 2)] as Run
    const result = {
      name: 'pipeline',
      ours: middle(runs.ours),
      bare: middle(runs.bare),
      ratio: Math.round((middle(runs.ours).perSecond / middle(runs.bare).perSecond) * 100) / 100,
      paced,
    }
    if (json) console.log(JSON.stringify(result))
    else report(result)
  } finally {
    await Promise.all(children.map(end))
    await gateway.close()
    await Promise.all([mongod.stop('SIGKILL'), redis.stop('SIGKILL')])
    await rm(folder, { recursive: true, force: true })
  }
}

/** Gracefully, so that a profiler can write what it saw. */
async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await exited
  clearTimeout(timer)
}

function report({ ours, bare, ratio, paced }: { ours: Run; bare: Run; ratio: number; paced: Run }): void {
  const line = (name: string, { perSecond, p50, p95, p99, messages }: Run): string =>
    `${name.padEnd(26)} ${String(perSecond).padStart(6)}/s   p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms   (${messages} messages)`
  console.log(line('bare durable pipeline', bare))
  console.log(line('village desk', ours))
  console.log(`ratio ${ratio} (aim: 0.7 or more)`)
  console.log(line(`village desk at ${PACED.rate}/s`, paced))
}

async function startBare(
  mongoUri: string,
  redisUrl: string,
  gateway: Gateway,
  children: ChildProcess[],
): Promise<string> {
  const child = spawn(
    process.execPath,
    [...TSX, new URL('./pipeline/bare.ts', import.meta.url).pathname, mongoUri, redisUrl, gateway.url],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^READY (\d+)/.exec(line)?.[1]
    if (port) return `http://127.0.0.1:${port}/incoming`
  }
  throw new Error('the bare pipeline did not start')
}

async function startService(
  mongoUri: string,
  redisUrl: string,
  gateway: Gateway,
  folder: string,
  children: ChildProcess[],
): Promise<string> {
  const port = await freePort()
  const env = {
    ...process.env,
    MONGODB_URI: mongoUri,
    REDIS_URL: redisUrl,
    PORT: String(port),
    ROLE: 'api,worker',
    LOG_LEVEL: 'warn',
    DATA_DIR: folder,
    INSTANCE_KEY: randomBytes(32).toString('base64'),
    SMS_KANNEL_SEND_URL: gateway.url,
    SMS_KANNEL_HOOK_TOKEN: 'bench',
    NODE_ENV: 'production',
  }
  const load = spawn(process.execPath, [...TSX, new URL('../load-sample.ts', import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(load, 'exit')) as [number]
  if (code !== 0) throw new Error('the sample township could not be loaded')
  const child = spawn(process.execPath, [...TSX, new URL('../../src/main.ts', import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.push(child)
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return `http://127.0.0.1:${port}/api/hooks/sms-kannel/bench/incoming`
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the service did not start')
}
