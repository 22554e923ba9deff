/** Voice messages on the whole application: understood as words that are said back, kept as evidence in a case, and told kindly when not heard. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseDetail } from '../../src/cases/schema.ts'
import { buildWhole } from '../app/world.ts'
import type { WholeWorld } from '../app/world.ts'
import { dumpMongo } from '../support/dump-stores.ts'
import { amr, silk, startFakeTranscription } from '../support/fake-transcription.ts'
import type { FakeTranscription } from '../support/fake-transcription.ts'

let world: WholeWorld
let endpoint: FakeTranscription
beforeAll(async () => {
  endpoint = await startFakeTranscription()
  world = await buildWhole('2026-11-23T10:00:00+08:00', {
    environment: { TRANSCRIPTION_URL: endpoint.url, TRANSCRIPTION_TIMEOUT_MS: '800' },
  })
}, 60_000)
afterAll(async () => {
  await world?.close()
  await endpoint?.stop()
})
beforeEach(() => endpoint.behave('well'))

type Villager = Awaited<ReturnType<WholeWorld['villager']>>
let count = 0

const answers = async (where: WholeWorld, cookie: string): Promise<string[]> =>
  (
    JSON.parse((await where.caller(cookie).call('GET', '/api/public/chat/history')).text) as {
      messages: { from: string; reply?: { text: string } }[]
    }
  ).messages
    .filter(({ from }) => from === 'bot')
    .map(({ reply }) => reply?.text ?? '')

/** Sends a recording; gives what is answered. */
async function speak(person: Villager, recording: Buffer, where = world): Promise<string> {
  const before = (await answers(where, person.cookie)).length
  const form = new FormData()
  form.set('messageId', `recording-${(count += 1)}`)
  form.set('villageId', 'zhangjiazhuang')
  form.set('text', '')
  form.append('files', new Blob([new Uint8Array(recording)], { type: 'audio/amr' }), 'voice.amr')
  const response = await fetch(`${where.base}/api/public/chat/messages`, {
    method: 'POST',
    headers: { cookie: person.cookie },
    body: form,
  })
  expect(response.status).toBe(202)
  await vi.waitFor(async () => expect((await answers(where, person.cookie)).length).toBeGreaterThan(before), {
    timeout: 10_000,
    interval: 20,
  })
  return (await answers(where, person.cookie)).slice(before).join('\n')
}

async function newest(): Promise<CaseDetail> {
  const [stored] = await world.services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
  const { text } = await (await world.signIn('clerk')).call('GET', `/api/console/cases/${String(stored?._id)}`)
  return JSON.parse(text) as CaseDetail
}

describe('a voice message', () => {
  it('is understood as its words, which are said back', async () => {
    const person = await world.villager()
    expect(await speak(person, amr('在村里能帮我干啥'))).toMatch(/^听到您说.“在村里能帮我干啥”/)
    expect(endpoint.requests.at(-1)?.file.type).toBe('audio/amr')
  })

  it('speaks of danger like any other', async () => {
    expect(await speak(await world.villager(), amr('俺家着火了快来人'))).toMatch(/119/)
  })

  it('is kept as evidence beside the words; what only chooses or names is not', async () => {
    const person = await world.villager()
    await person.say('我要反映问题')
    const asked = await speak(person, amr('村西头井盖丢了一个月没人管'))
    expect(asked).toMatch(/听到您说.*井盖/u)
    expect(asked).toMatch(/回 1 匿名提交/)
    expect(await speak(person, amr('匿名提交'))).toMatch(/查询码/)
    const detail = await newest()
    expect(detail.text).toMatch(/井盖丢了一个月/)
    expect(detail.files).toHaveLength(1)
    expect(detail.files[0]?.mediaType).toBe('audio/amr')
    const file = await (await world.signIn('clerk')).call('GET', detail.files[0]!.url)
    expect(file.text).toBe(amr('村西头井盖丢了一个月没人管').toString())
  })

  it('that the endpoint refuses is told kindly, and kept for the report that follows', async () => {
    endpoint.behave('refusing')
    const person = await world.villager()
    expect(await speak(person, silk('听不懂的格式'))).toMatch(/没听清.*打字/u)
    expect(endpoint.requests.at(-1)?.file).toMatchObject({ name: 'voice.silk', type: 'audio/silk' })
    await person.say('村东头路灯坏了半个月没人修,直接提交')
    const detail = await newest()
    expect(detail.text).toMatch(/路灯/)
    expect(detail.files.map(({ mediaType }) => mediaType)).toEqual(['audio/silk'])
  })

  it('within a report stays there when it cannot be heard', async () => {
    endpoint.behave('silent')
    const person = await world.villager()
    await person.say('我要反映问题')
    expect(await speak(person, amr('说了啥'))).toMatch(/语音留下了[\s\S]*打字/)
  })

  it('is nowhere kept in clear', async () => {
    const dump = await dumpMongo(world.services.connection)
    expect(dump).not.toContain('井盖丢了一个月')
    expect(dump).not.toContain('俺家着火了')
  })
})

it('is told kindly where there is no endpoint', async () => {
  const deaf = await buildWhole()
  try {
    expect(await speak(await deaf.villager(), amr('低保咋办'), deaf)).toMatch(/语音我还听不懂.*打字/u)
  } finally {
    await deaf.close()
  }
}, 30_000)
