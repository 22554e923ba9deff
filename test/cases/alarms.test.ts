/** A life is in danger: who is on duty is told at once over their own line, and the next level when nobody acknowledges. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AlarmList } from '../../src/cases/alarms/schema.ts'
import { HOOK_TOKEN, buildWhole } from '../app/world.ts'
import type { Caller, WholeWorld } from '../app/world.ts'
import { dumpMongo } from '../support/dump-stores.ts'
import { startFakeKannel } from '../support/fake-kannel.ts'
import type { FakeKannel } from '../support/fake-kannel.ts'
import { sendSms } from '../support/service.ts'
import { readEvents } from './read-events.ts'

const VILLAGE_DUTY = '13800000101'
const CLERK = '13800000102'
const NUMBER = '10690001'
const MINUTES = 7
const PER_MINUTE = 8

let world: WholeWorld
let kannel: FakeKannel
let clerk: Caller
beforeAll(async () => {
  kannel = await startFakeKannel()
  world = await buildWhole('2026-11-23T22:00:00+08:00', {
    environment: {
      SMS_KANNEL_SEND_URL: kannel.sendUrl,
      SMS_KANNEL_FROM: NUMBER,
      ALARM_ESCALATE_MINUTES: String(MINUTES),
      MESSAGES_PER_MINUTE: String(PER_MINUTE),
    },
    organisation: { duty: [{ name: '夜班', phone: VILLAGE_DUTY, village: 'zhangjiazhuang' }] },
  })
  clerk = await world.signIn('clerk')
  // The clerk's own telephone, as handlers pair it.
  const { code } = JSON.parse((await clerk.call('POST', '/api/console/reminders/code')).text) as { code: string }
  await sms(CLERK, code)
  await kannel.waitFor(() => kannel.to(CLERK).length > 0)
}, 60_000)
afterAll(async () => {
  await world?.close()
  await kannel?.close()
})

let count = 0
const sms = async (from: string, text: string): Promise<void> =>
  sendSms({ url: world.base }, HOOK_TOKEN, { from, text, id: `alarm-${(count += 1)}`, to: NUMBER })
const texts = (number: string): string[] => kannel.to(number).map(({ text }) => text)
const alarmsOf = async (caller: Caller): Promise<AlarmList['items']> =>
  (JSON.parse((await caller.call('GET', '/api/console/alarms')).text) as AlarmList).items

describe('danger to life', () => {
  it('is told to the village at once, to the township when nobody answers, and taken by a digit', async () => {
    const person = await world.villager()
    expect(await person.say('俺家柴火垛着火了快来人')).toMatch(/119/)
    await kannel.waitFor(() => texts(VILLAGE_DUTY).some((text) => /紧急.*着火/u.test(text)))
    const before = texts(CLERK).length
    expect(texts(VILLAGE_DUTY).at(-1)).toMatch(/张家庄[\s\S]*柴火垛[\s\S]*回1/)

    world.clock.advance((MINUTES - 1) * 60_000)
    expect(texts(CLERK)).toHaveLength(before)
    world.clock.advance(60_000)
    await kannel.waitFor(() => texts(CLERK).length > before, 15_000)
    expect(texts(CLERK).at(-1)).toMatch(/紧急[\s\S]*柴火垛/)

    await sms(CLERK, '1')
    await kannel.waitFor(() => texts(CLERK).some((text) => /由您在处理/u.test(text)))
    await kannel.waitFor(() => texts(VILLAGE_DUTY).some((text) => /已经有人在处理/u.test(text)))
    await vi.waitFor(async () => {
      expect((await person.call('GET', '/api/public/chat/history')).text).toMatch(/值班的人看到您说的了/)
    }, 10_000)
    const [alarm] = await alarmsOf(clerk)
    expect(alarm).toMatchObject({ state: 'taken', villageName: '张家庄', title: '着火', takenBy: '信访登记 周宁' })
    // Nobody else is called out afterwards.
    const stored = await world.services.connection.collection('alarms').findOne({}, { sort: { at: -1 } })
    expect(stored?.nextAt).toBeNull()
    await sms(VILLAGE_DUTY, '1')
    await kannel.waitFor(() => texts(VILLAGE_DUTY).some((text) => /谢谢您/u.test(text)))
  }, 60_000)

  it('shows on the console live, is taken there once, and answered from there', async () => {
    const person = await world.villager()
    const events = await readEvents(world.base, clerk.cookie)
    await person.say('有人掉河里了 快救人')
    await events.until((event) => event.includes('event: alarms'))
    await events.close()
    const [alarm] = await alarmsOf(clerk)
    expect(alarm).toMatchObject({ state: 'open', title: '落水、水灾' })
    expect(alarm!.said.map(({ text }) => text)).toEqual(['有人掉河里了 快救人'])
    // What is said next belongs to it.
    await person.say('在村东老桥下头 孩子溺水了')
    await vi.waitFor(async () => expect((await alarmsOf(clerk))[0]!.said).toHaveLength(2))
    expect((await alarmsOf(clerk)).filter(({ state }) => state === 'open')).toHaveLength(1)
    const path = `/api/console/alarms/${alarm!.id}`
    expect((await clerk.call('POST', `${path}/take`)).status).toBe(200)
    expect((await (await world.signIn('director')).call('POST', `${path}/take`)).status).toBe(409)
    expect((await clerk.call('POST', `${path}/reply`, { text: '车已经出发' })).status).toBe(200)
    await vi.waitFor(async () => {
      expect((await person.call('GET', '/api/public/chat/history')).text).toMatch(/值班的人说[\s\S]*车已经出发/)
    }, 10_000)
    // How to reach the person is on the audit log; the village may not ask.
    expect((await clerk.call('POST', `${path}/contact`)).status).toBe(200)
    expect((await (await world.signIn('village')).call('POST', `${path}/contact`)).status).toBe(403)
    const read = await world.services.connection.collection('audit').findOne({ event: 'alarm.contact-read' })
    expect(read?.subject).toBe(alarm!.id)
  }, 60_000)

  it('goes past the village whose own official is accused, and to no other village', async () => {
    const person = await world.villager()
    await person.say('张守业书记拿刀砍人了')
    await kannel.waitFor(() => texts(CLERK).some((text) => text.includes('张守业')))
    expect(texts(VILLAGE_DUTY).filter((text) => text.includes('张守业'))).toEqual([])
    const seen = async (who: string): Promise<boolean> =>
      (await alarmsOf(await world.signIn(who))).some(({ said }) => said.some(({ text }) => text.includes('张守业')))
    expect(await seen('clerk')).toBe(true)
    expect(await seen('village')).toBe(false)
    expect(await seen('village-2')).toBe(false)
  }, 60_000)

  it('is heard from somebody who has said too much in this minute', async () => {
    const person = await world.villager()
    for (let said = 0; said <= PER_MINUTE; said += 1) await person.say('谢谢', 0)
    expect(await person.say('俺爹触电了 快来人', 0)).toMatch(/拉闸/)
    await vi.waitFor(async () => expect((await alarmsOf(clerk)).map(({ title }) => title)).toContain('触电、电线'))
  }, 30_000)

  it('is kept sealed', async () => {
    const dump = await dumpMongo(world.services.connection)
    for (const words of ['柴火垛', '掉河里', '老桥下头', '张守业书记拿刀']) expect(dump).not.toContain(words)
  })
})
