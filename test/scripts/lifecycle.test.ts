import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine, isAlive } from '../../scripts/servers/leftovers.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'
import type { Checkout } from './checkout.ts'
import { makeCheckout, processesOf } from './checkout.ts'

let checkout: Checkout
let data: string
let port: number
beforeAll(async () => {
  checkout = await makeCheckout()
  data = await mkdtemp(join(tmpdir(), 'village-desk-data-'))
  port = await freePort()
})
afterAll(() => Promise.all([checkout.remove(), rm(data, { recursive: true, force: true })]))

const environment = (): Record<string, string> => ({ PORT: String(port), DATA_DIR: data })
const READY = /Ready after \d+ s/

/** How often the service has started on these data. */
async function starts(): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text())
}

describe('npm start', () => {
  it('brings everything up, says where to go, refuses a second one and reset meanwhile, and leaves no process at Ctrl-C', async () => {
    const running = checkout.start('start.mjs', [], environment())
    const output = await running.says(READY)
    expect(output).toMatch(/MongoDB \d+\.\d+\.\d+ from .*, port \d+/)
    expect(output).toMatch(/Redis \d+\.\d+\.\d+ from .*, port \d+/)
    for (const place of ['/chat', '/v/', '/console']) expect(output).toContain(`http://localhost:${port}${place}`)
    expect(output).toContain('npm run ask -- --village')
    expect(await starts()).toBe(1)

    const second = await checkout.start('start.mjs', [], environment()).exited
    expect(second).toMatchObject({ code: 1, output: expect.stringContaining('It runs already') })
    const reset = await checkout.start('reset.mjs', [], environment()).exited
    expect(reset).toMatchObject({ code: 1, output: expect.stringContaining('The service runs') })

    process.kill(running.pid, 'SIGINT')
    expect(await running.exited).toMatchObject({ code: 0, output: expect.stringContaining('Stopped.') })
    expect(processesOf(data)).toEqual([])
  })

  it('keeps the data at the second start, which is ready in less than 10 s', async () => {
    const started = Date.now()
    const running = checkout.start('start.mjs', [], environment())
    await running.says(READY)
    expect(Date.now() - started).toBeLessThan(10_000)
    expect(await starts()).toBe(2)
    process.kill(running.pid, 'SIGTERM')
    expect((await running.exited).code).toBe(0)
    expect(processesOf(data)).toEqual([])
  })

  it.each(['SIGHUP', 'SIGKILL'] as const)('leaves no process when it ends by %s', async (signal) => {
    const running = checkout.start('start.mjs', [], environment())
    await running.says(READY)
    const children = processesOf(data)
    expect(children.length).toBeGreaterThanOrEqual(3)
    process.kill(running.pid, signal)
    await running.exited
    // After a SIGKILL the guard ends them, a moment later.
    await expect.poll(() => children.filter(isAlive), { timeout: 15_000 }).toEqual([])
  })

  it('stops everything and says so when MongoDB dies', async () => {
    const running = checkout.start('start.mjs', [], environment())
    await running.says(READY)
    const mongod = processesOf(data).find((pid) => commandLine(pid).includes('--replSet')) ?? 0
    process.kill(mongod, 'SIGKILL')
    const { code, output } = await running.exited
    expect(code).toBe(1)
    expect(output).toContain('MongoDB stopped unexpectedly (SIGKILL)')
    expect(output).not.toMatch(/^\s+at /m)
    expect(processesOf(data)).toEqual([])
  })

  it('starts anew with the same secrets and no data after npm run reset', async () => {
    expect(await checkout.start('reset.mjs', [], environment()).exited).toMatchObject({ code: 0 })
    const running = checkout.start('start.mjs', [], environment())
    await running.says(READY)
    expect(await starts()).toBe(1)
    process.kill(running.pid, 'SIGINT')
    await running.exited
  })
})

describe('a program run with the development data', () => {
  it('gets servers of its own when nothing runs, prints its answer alone on stdout, and leaves no process', async () => {
    const program =
      "import { MongoClient } from 'mongodb'\nconst c = new MongoClient(process.env.MONGODB_URI ?? '')\nconsole.log('starts:', await c.db().collection('starts').countDocuments())\nawait c.close()\n"
    const other = await makeCheckout({ 'scripts/count.ts': program })
    const { code, output } = await other.start('run.mjs', ['scripts/count.ts'], environment()).exited
    await other.remove()
    expect({ code, output }).toEqual({ code: 0, output: 'starts: 1\n' })
    expect(processesOf(data)).toEqual([])
  })
})
