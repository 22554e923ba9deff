/** On the whole application: three sends are answered once, one whole question at once, an answer to our question without a wait. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildWhole } from '../app/world.ts'
import type { WholeWorld } from '../app/world.ts'

let world: WholeWorld
beforeAll(async () => {
  world = await buildWhole()
}, 60_000)
afterAll(async () => world?.close())

type Villager = Awaited<ReturnType<WholeWorld['villager']>>

const answers = async (person: Villager): Promise<string[]> =>
  (
    JSON.parse((await person.call('GET', '/api/public/chat/history')).text) as {
      messages: { from: string; reply?: { text: string } }[]
    }
  ).messages
    .filter(({ from }) => from === 'bot')
    .map(({ reply }) => reply?.text ?? '')

const pending = async (): Promise<number> =>
  world.services.connection.collection('inbox').countDocuments({ state: 'pending' })

/** Sends them one after the other; resolves when all have been dealt with, with what was answered and how long it took. */
async function send(person: Villager, ...texts: string[]): Promise<{ said: string[]; tookMs: number }> {
  const before = (await answers(person)).length
  const started = Date.now()
  for (const [index, text] of texts.entries())
    await person.call('POST', '/api/public/chat/messages', {
      text,
      villageId: 'zhangjiazhuang',
      messageId: `${started}-${index}`,
    })
  await vi.waitFor(
    async () => {
      expect(await pending()).toBe(0)
      expect((await answers(person)).length).toBeGreaterThan(before)
    },
    { timeout: 10_000, interval: 20 },
  )
  return { said: (await answers(person)).slice(before), tookMs: Date.now() - started }
}

it('reads a question in three sends as one', async () => {
  const person = await world.villager()
  const { said, tookMs } = await send(person, '俺想问问', '低保', '要啥材料')
  expect(said).toHaveLength(1)
  // The last one completed it: nobody waited out the time.
  expect(tookMs).toBeLessThan(1800)
})

it('answers two whole questions apart, and a half one after a short wait', async () => {
  const person = await world.villager()
  expect((await send(person, '去年修路花了多少钱', '低保要啥材料')).said).toHaveLength(2)
  const other = await world.villager()
  const { said, tookMs } = await send(other, '你好')
  expect(said).toHaveLength(1)
  expect(tookMs).toBeGreaterThan(1000)
  expect(tookMs).toBeLessThan(5000)
})

it('does not wait for more where it has asked for something', async () => {
  const person = await world.villager()
  await send(person, '我要反映问题')
  const told = await send(person, '村东头老桥')
  expect(told.tookMs).toBeLessThan(1000)
})
