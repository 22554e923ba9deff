/** What the machine keeps: a raw dump of MongoDB and Redis after a case from first words to last holds nobody and nothing of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpMongo, dumpRedis } from '../support/dump-stores.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => world.close())

const SECRETS = [
  '王秀英',
  '13800138000',
  '修井',
  '票都一样',
  '收条',
  '张守业',
  '张书记',
  '正在核查',
  '多报的两万元',
  '老院墙',
  'wxid_wang',
]

describe('after a case from the first words to the last', () => {
  it('the stores hold no name, number, address, receipt code or word of it', async () => {
    await world.talk('wxid_wang', '俺村张书记修井那钱他自己报了两回,票都一样')
    await world.talk('wxid_wang', '去年秋天')
    await world.talk('wxid_wang', '有收条')
    await world.talk('wxid_wang', '2')
    const receipt = (await world.talk('wxid_wang', '王秀英 13800138000')).join('')
    const code = /\d{3}-\d{3}-\d{4}/.exec(receipt)![0]
    await world.talk('wxid_wang', `补充 ${code} 还有老院墙那笔`)
    const officer = await world.signIn('discipline')
    const stored = await world.services.connection.collection('cases').findOne()
    const path = `/api/console/cases/${String(stored!._id)}`
    await officer.post(`${path}/accept`, { note: '王秀英所说的修井款' })
    await officer.post(`${path}/reply`, { text: '正在核查修井的票据。' })
    await officer.post(`${path}/note`, { text: '找张守业谈话' })
    await officer.post(`${path}/close`, { outcome: 'substantiated', text: '多报的两万元已退回。' })
    await world.talk('wxid_wang', '1')

    const mongo = await dumpMongo(world.services.connection)
    const redis = await dumpRedis(world.services.redis)
    for (const secret of [...SECRETS, code, code.replaceAll('-', ''), world.contactId('wxid_wang')]) {
      expect(mongo.includes(secret), `${secret} in MongoDB`).toBe(false)
      expect(mongo.includes(Buffer.from(secret).toString('latin1')), `${secret} in MongoDB`).toBe(false)
      expect(redis.includes(secret), `${secret} in Redis`).toBe(false)
    }
    // And it was indeed all there.
    expect(mongo).toContain('substantiated')
  })

  it('what the officer reads holds neither the name nor the number', async () => {
    const officer = await world.signIn('discipline')
    const list = JSON.stringify((await officer.get('/api/console/cases')).body)
    const stored = await world.services.connection.collection('cases').findOne()
    const detail = await officer.get<{ reporter: string; text: string }>(`/api/console/cases/${String(stored!._id)}`)
    expect(detail.body.text).toContain('修井')
    expect(detail.body.reporter).toBe('实名群众(身份已密封)')
    expect(JSON.stringify(detail.body)).not.toMatch(/13800138000/)
    expect(list).not.toMatch(/13800138000|王秀英/)
  })
})
