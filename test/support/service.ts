/** The real service in processes of its own, for tests that kill it, and a way to speak to it by SMS. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { root } from '../../scripts/setup/paths.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'

export interface ServiceProcess {
  readonly pid: number
  /** Where it listens; only with the api role. */
  url: string
  kill(signal: NodeJS.Signals): Promise<void>
  /** What it wrote: for a test that looks for leaks, and for a failed start. */
  output(): string
}

export interface ServiceEnvironment {
  MONGODB_URI: string
  REDIS_URL: string
  QUEUE_PREFIX: string
  INSTANCE_KEY: string
  [name: string]: string
}

export const newInstanceKey = (): string => randomBytes(32).toString('base64')

/** Loads the sample township. @throws with what the loader said */
export async function loadSample(environment: ServiceEnvironment): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/load-sample.ts'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = collect(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the sample township was not loaded: ${said()}`)
}

/** Starts src/main.ts with these roles and waits until it is up. */
export async function startService(
  environment: ServiceEnvironment,
  roles: string,
  port?: number,
): Promise<ServiceProcess> {
  const listens = roles.includes('api') || roles === 'all'
  const chosen = listens ? (port ?? (await freePort())) : 0
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      LOG_LEVEL: 'info',
      DEMO_ACCOUNTS: 'true',
      ...environment,
      ROLE: roles,
      PORT: String(chosen),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = collect(child)
  const exited = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (said().includes('village desk is up')) resolve()
    })
    void exited.then(() => reject(new Error(`the service ended while starting: ${said()}`)))
  })
  return {
    get pid() {
      return child.pid ?? 0
    },
    url: `http://127.0.0.1:${chosen}`,
    output: said,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal)
        await exited
      }
    },
  }
}

function collect(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      said = (said + part).slice(-200_000)
    })
  }
  return () => said
}

export interface Sms {
  from: string
  text: string
  id: string
  to?: string
}

/** Hands over one SMS as Kannel does, once. Gives whether it was taken. */
export async function trySms(service: { url: string }, token: string, sms: Sms): Promise<boolean> {
  const query = new URLSearchParams({ from: sms.from, to: sms.to ?? '10690001', text: sms.text, id: sms.id })
  return fetch(`${service.url}/api/hooks/sms-kannel/${token}/incoming?${query.toString()}`).then(
    (response) => response.ok,
    () => false,
  )
}

/** One SMS from a villager; repeats until it is taken, as Kannel does. */
export async function sendSms(service: { url: string }, token: string, sms: Sms): Promise<void> {
  for (let attempt = 0; !(await trySms(service, token, sms)); attempt += 1) {
    if (attempt > 300) throw new Error('the message was never taken')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
