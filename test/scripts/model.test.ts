/** The local model beside npm start: never in its way, and gone with it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { keptModel } from '../../scripts/setup/model.mjs'
import { freePort } from '../../scripts/setup/ports.mjs'
import type { Checkout } from './checkout.ts'
import { fakePrograms, makeCheckout, processesOf } from './checkout.ts'

const READY = /Ready after \d+ s/

let checkout: Checkout
let data: string
beforeAll(async () => {
  checkout = await makeCheckout()
  data = await mkdtemp(join(tmpdir(), 'village-desk-data-'))
})
afterAll(() => Promise.all([checkout.remove(), rm(data, { recursive: true, force: true })]))

const environment = async (): Promise<Record<string, string | undefined>> => ({
  PORT: String(await freePort()),
  EMBEDDINGS_PORT: String(await freePort()),
  DATA_DIR: data,
  VILLAGE_DESK_NO_MODEL: undefined,
})

/** A PATH with a Python that does this when asked for the model, in whose tools folder there is nothing yet. */
async function withPython(tools: string, says: string): Promise<Record<string, string>> {
  const programs = await fakePrograms(data, {
    python3: `case "$*" in *version_info*) echo 3.11;; *) ${says};; esac`,
    mongod: `exec ${inject('mongodBinary')} "$@"`,
    'redis-server': `exec ${inject('redisBinary')} "$@"`,
  })
  return { VILLAGE_DESK_TOOLS: join(data, tools), PATH: `${programs}:${process.env['PATH']}` }
}

it('serves embeddings on this machine, is ready in less than 10 s, and ends with the rest', async ({ skip }) => {
  if (!(await keptModel())) skip('the model is not on this machine (npm start or npm test fetches it)')
  const env = await environment()
  const started = Date.now()
  const running = checkout.start('start.mjs', [], env)
  await running.says(READY)
  expect(Date.now() - started).toBeLessThan(10_000)
  await running.says(`port ${env['EMBEDDINGS_PORT']}`)
  const answer = await fetch(`http://127.0.0.1:${env['EMBEDDINGS_PORT']}/v1/embeddings`, {
    method: 'POST',
    body: JSON.stringify({ model: 'e5-query', input: ['老人没了能领多少钱'] }),
  })
  const { data: vectors } = (await answer.json()) as { data: { embedding: number[] }[] }
  expect(vectors[0]?.embedding.length).toBeGreaterThan(100)
  process.kill(running.pid, 'SIGINT')
  expect((await running.exited).code).toBe(0)
  expect(processesOf(data)).toEqual([])
})

it('does not keep the service waiting while it is fetched, and Ctrl-C ends the fetching', async () => {
  const env = { ...(await environment()), ...(await withPython('tools', 'exec sleep 600')) }
  const running = checkout.start('start.mjs', [], env)
  expect(await running.says(READY)).toContain('until then search goes by words')
  process.kill(running.pid, 'SIGINT')
  const { code, output } = await running.exited
  expect({ code, told: output.includes('words alone') }).toEqual({ code: 0, told: false })
  expect(processesOf(data)).toEqual([])
})

it('is done without, in one line that says why, when it cannot be had', async () => {
  const python = await withPython('empty', 'echo "No module named pip" >&2; exit 1')
  const env = { ...(await environment()), ...python }
  const running = checkout.start('start.mjs', [], env)
  await running.says(READY)
  await running.says('Search goes by words alone, without the model: Python has no pip')
  process.kill(running.pid, 'SIGINT')
  expect((await running.exited).code).toBe(0)
})
