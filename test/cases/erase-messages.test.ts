/** With an erased case go the copies of its messages: a raw dump holds none of them, and nothing of anybody else is gone. */
import { Types } from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inboxCollection, outboxCollection } from '../../src/channels/index.ts'
import { RETENTION_YEARS } from '../../src/cases/retention.ts'
import { dumpMongo } from '../support/dump-stores.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => world.close())

/** A copy of a message that was understood, and of an answer that could not be sent. */
async function keepCopies(who: string, at: Date): Promise<string[]> {
  const { connection, vault } = world.services
  const contactId = world.contactId(who)
  const inbound = vault.seal(JSON.stringify({ text: '路灯坏了' }), 'inbox:test')
  const outbound = vault.seal(JSON.stringify({ reply: { text: '收到了' } }), 'outbox:test')
  const place = { contactId, channel: 'test', account: 'a', seq: at.getTime() }
  await inboxCollection(connection).insertOne({
    ...place,
    _id: new Types.ObjectId(),
    messageKey: `${who}-${at.getTime()}`,
    sealed: inbound,
    state: 'processed',
    receivedAt: at,
  })
  await outboxCollection(connection).insertOne({
    ...place,
    _id: new Types.ObjectId(),
    lane: contactId,
    sendsFrom: 'worker',
    sealed: outbound,
    state: 'parked',
    attempts: 5,
    notBefore: at,
    createdAt: at,
  })
  return [inbound, outbound].map((bytes) => bytes.toString('latin1'))
}

it('the copies go with the case, those of others and of other times stay', async () => {
  const before = world.clock.now()
  const { id } = await world.file('甲', '村口路灯坏了仨月了没人修')
  const own = await keepCopies('甲', before)
  const others = await keepCopies('乙', before)
  const clerk = await world.signIn('clerk')
  await clerk.post(`/api/console/cases/${id}/accept`)
  await clerk.post(`/api/console/cases/${id}/close`, { outcome: 'solved', text: '路灯已经修好。' })
  world.clock.advance((RETENTION_YEARS.petition * 366 + 1) * 86_400_000)
  const recent = await keepCopies('甲', world.clock.now())

  const kept = await dumpMongo(world.services.connection)
  for (const copy of [...own, ...others, ...recent]) expect(kept.includes(copy)).toBe(true)
  await world.run('cases.erase-expired')
  const after = await dumpMongo(world.services.connection)
  for (const copy of own) expect(after.includes(copy), 'a copy of the erased case').toBe(false)
  for (const copy of [...others, ...recent]) expect(after.includes(copy), 'a copy of something else').toBe(true)
})
