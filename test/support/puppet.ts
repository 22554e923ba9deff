/** The WeChat stand-in in a process of its own, over the real gRPC protocol, that can be killed and started again. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Said, SayRequest } from '../../scripts/puppet/mock-wechat.ts'
import { root } from '../../scripts/setup/paths.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'

export interface PuppetGateway {
  /** For the service's environment. */
  environment: { WECHATY_PUPPET: string; WECHATY_PUPPET_SERVICE_ENDPOINT: string; WECHATY_PUPPET_SERVICE_TOKEN: string }
  say(request: SayRequest): Promise<void>
  alias(room: string, name: string): Promise<void>
  /** All that the bot has said since the first start, restarts included. */
  said(): Promise<Said[]>
  /** @throws after `timeoutMs` with what was said until then */
  waitFor(until: (said: Said[]) => boolean, timeoutMs?: number): Promise<Said[]>
  kill(): Promise<void>
  start(): Promise<void>
}

export async function startPuppetGateway(): Promise<PuppetGateway> {
  const port = await freePort()
  const controlPort = await freePort()
  const token = `insecure_${randomUUID()}`
  const saidFile = join(await mkdtemp(join(tmpdir(), 'village-desk-puppet-')), 'said.jsonl')
  const control = `http://127.0.0.1:${controlPort}`
  let child: ChildProcess

  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['--import', 'tsx', 'scripts/puppet-server.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PORT: String(port),
        PUPPET_CONTROL_PORT: String(controlPort),
        WECHATY_PUPPET_SERVICE_TOKEN: token,
        PUPPET_SAID_FILE: saidFile,
      },
    })
    await once(child.stdout as NodeJS.ReadableStream, 'data')
  }
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${control}${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`)
  }
  const said = async (): Promise<Said[]> =>
    (await readFile(saidFile, 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Said)
  await start()
  return {
    environment: {
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_ENDPOINT: `127.0.0.1:${port}`,
      WECHATY_PUPPET_SERVICE_TOKEN: token,
    },
    say: async (request) => post('/say', request),
    alias: async (room, name) => post('/alias', { room, name }),
    said,
    async waitFor(until, timeoutMs = 15_000) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const all = await said()
        if (until(all)) return all
        if (Date.now() > deadline)
          throw new Error(
            `waited ${timeoutMs} ms in vain; the bot said: ${JSON.stringify(all.map(({ name, text }) => [name, text.slice(0, 40)]))}`,
          )
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    start,
  }
}
