import { mkdtemp, readFile, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmbeddings } from '../../src/infrastructure/embeddings.ts'
import type { Embeddings } from '../../src/infrastructure/embeddings.ts'
import { fakeVector, startFakeEmbeddings } from '../support/fake-embeddings.ts'
import type { FakeEmbeddings } from '../support/fake-embeddings.ts'

let endpoint: FakeEmbeddings
let folder: string
let now: number
const open: Embeddings[] = []

beforeEach(async () => {
  endpoint = await startFakeEmbeddings()
  folder = await mkdtemp(join(tmpdir(), 'village-desk-vectors-'))
  now = 1_000_000
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  await endpoint.stop()
  await rm(folder, { recursive: true, force: true })
})

function embeddings(more: Partial<Parameters<typeof createEmbeddings>[0]> = {}): Embeddings {
  const made = createEmbeddings({ url: endpoint.url, model: 'm', timeoutMs: 200, cacheDir: folder, ...more }, () => now)
  open.push(made)
  return made
}

const unit = (text: string): number[] => {
  const vector = fakeVector(text)
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

describe('vectors of texts', () => {
  it('come in the order of the texts, with the key, model and prefix that were set', async () => {
    const ours = embeddings({ apiKey: 'secret', queryModel: 'q', passagePrefix: 'passage: ', queryPrefix: 'query: ' })
    const [first, second] = (await ours.keep('passage', ['低保', '宅基地']))!
    expect(first![0]).toBeCloseTo(unit('passage: 低保')[0]!)
    expect([...second!].map((value) => Math.fround(value))).toEqual(unit('passage: 宅基地').map(Math.fround))
    await ours.query('低保咋办')
    expect(endpoint.requests).toEqual([
      { model: 'm', input: ['passage: 低保', 'passage: 宅基地'], authorization: 'Bearer secret' },
      { model: 'q', input: ['query: 低保咋办'], authorization: 'Bearer secret' },
    ])
  })

  it('of passages are asked for once, also over a restart, and those of questions are not written down', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `第${index}条`)
    const before = await embeddings().keep('passage', texts)
    const asked = endpoint.requests.length
    const again = embeddings()
    await again.query('俺家的事')
    await again.query('俺家的事')
    expect(await again.keep('passage', [...texts, '新的一条'])).toEqual([...before!, expect.any(Float32Array)])
    expect(endpoint.requests.slice(asked).map(({ input }) => input)).toEqual([['俺家的事'], ['新的一条']])
    for (const file of await readdir(folder)) {
      const bytes = await readFile(join(folder, file))
      expect(bytes.includes('俺家的事')).toBe(false)
      expect(bytes.length).toBe(41 * (16 + 4 + 64 * 4))
    }
  })

  it('are whole after a crash in the middle of writing them', async () => {
    await embeddings().keep('passage', ['一', '二'])
    const [name] = await readdir(folder)
    const path = join(folder, name!)
    await truncate(path, (await readFile(path)).length - 10)
    const [one, two] = (await embeddings().keep('passage', ['一', '二']))!
    expect(one).toEqual(Float32Array.from(unit('一')))
    expect(two).toEqual(Float32Array.from(unit('二')))
    endpoint.behave('failing')
    expect(await embeddings().keep('passage', ['一', '二'])).toHaveLength(2)
  })
})

describe('an endpoint that fails', () => {
  it.each(['failing', 'silent', 'nonsense'] as const)(
    '(%s) gives nothing, soon, and is left alone for a while',
    async (as) => {
      const ours = embeddings()
      endpoint.behave(as)
      const started = Date.now()
      for (let index = 0; index < 3; index++) expect(await ours.query(`问题${index}`)).toBeNull()
      expect(Date.now() - started).toBeLessThan(3 * 200 + 500)
      expect(ours.available()).toBe(false)
      expect(await ours.query('再问')).toBeNull()
      expect(await ours.keep('passage', ['新的'])).toBeNull()
      expect(endpoint.requests).toHaveLength(3)
      endpoint.behave('well')
      now += 2_000
      expect(await ours.query('再问')).toBeInstanceOf(Float32Array)
      expect(ours.available()).toBe(true)
    },
  )

  it('is left alone for longer when it fails again', async () => {
    const ours = embeddings()
    endpoint.behave('failing')
    for (let index = 0; index < 3; index++) await ours.query('问')
    now += 2_000
    await ours.query('问')
    now += 3_999
    expect(ours.available()).toBe(false)
    now += 1
    expect(ours.available()).toBe(true)
  })

  it('that is not there at all costs nothing either', async () => {
    await endpoint.stop()
    const ours = embeddings()
    expect(await ours.query('问')).toBeNull()
    endpoint = await startFakeEmbeddings()
  })
})
