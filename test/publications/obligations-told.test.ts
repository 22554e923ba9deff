/** The reminder reaches the phone that the village's account is paired with, and no other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChannelCode } from '../../src/cases/schema.ts'
import { remindObligations } from '../../src/publications/obligations/remind.ts'
import type { StoredPublication } from '../../src/publications/records.ts'
import { createStore } from '../../src/publications/store.ts'
import { buildWorld } from '../cases/world.ts'
import type { World } from '../cases/world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld('2026-12-08T09:00:00+08:00')
})
afterAll(async () => world.close())

test('who speaks for the village hears of it on the paired phone; who has paired none is left alone', async () => {
  const village = await world.signIn('village')
  const { code } = (await village.post<ChannelCode>('/api/console/reminders/code')).body
  await world.talk('报账员的手机', code)
  for (const villageId of ['zhangjiazhuang', 'lijiawa'])
    await world.services.connection.collection<Partial<StoredPublication>>('publications').insertOne({
      _id: `${villageId}:月度收支明细:2026-10:v1`,
      villageId,
      class: 'finance',
      item: '月度收支明细',
      kinds: ['ledger'],
      period: '2026-10',
      from: '2026-10-01',
      to: '2026-10-31',
      version: 1,
      state: 'published',
      dueAt: '',
      publishedAt: '2026-11-09',
    })
  const remind = async (): Promise<number> =>
    remindObligations({
      services: world.services,
      store: createStore(world.services),
      villages: async () => [
        { id: 'zhangjiazhuang', name: '张家庄' },
        { id: 'lijiawa', name: '李家洼' },
      ],
      accounts: async () => world.accounts.list(),
      tellAccount: world.cases.tellAccount,
    })
  expect(await remind()).toBe(1)
  expect(await remind()).toBe(0)
  expect(await world.services.connection.collection('obligation_reminders').countDocuments()).toBe(1)
  expect(world.heard('报账员的手机')).toEqual([
    expect.stringMatching(/^提醒:张家庄要公开的\n月度收支明细\(2026年11月\)应在2026年12月10日前公布/),
  ])
})
