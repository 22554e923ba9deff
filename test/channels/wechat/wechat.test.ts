/** WeChat over the real protocol: Wechaty here, a puppet server with a mock of WeChat in another process. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import mongoose from 'mongoose'
import { replies } from '../../../src/conversation/replies.ts'
import { readCsv } from '../../publications/sample.ts'
import { startPuppetGateway } from '../../support/puppet.ts'
import type { PuppetGateway } from '../../support/puppet.ts'
import { testServers } from '../../support/servers.ts'
import { loadSample, newInstanceKey, startService } from '../../support/service.ts'
import type { ServiceEnvironment, ServiceProcess } from '../../support/service.ts'

const VILLAGE = 'zhangjiazhuang'
const ROOM = '张家庄村民群'
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let gateway: PuppetGateway
let service: ServiceProcess
let environment: ServiceEnvironment

beforeAll(async () => {
  const servers = testServers()
  gateway = await startPuppetGateway()
  environment = {
    MONGODB_URI: servers.mongoUri,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: servers.queuePrefix,
    INSTANCE_KEY: newInstanceKey(),
    ...gateway.environment,
  }
  await loadSample(environment)
  service = await startService(environment, 'all')
  // What is said before the bot is attached never reaches it: the protocol keeps nothing.
  await vi.waitUntil(() => service.output().includes('wechat is attached'), { timeout: 20_000 })
}, 120_000)

afterAll(async () => {
  await service?.kill('SIGKILL')
  await gateway?.kill()
})

const saidTo = async (name: string, count: number, timeoutMs?: number): Promise<string[]> =>
  (await gateway.waitFor((said) => said.filter((one) => one.name === name).length >= count, timeoutMs))
    .filter((one) => one.name === name)
    .map(({ text }) => text)

describe('in a group', () => {
  it('answers when it is named, says whom it answers, and names the source', async () => {
    const before = (await gateway.said()).length
    await gateway.say({ from: '王大娘', room: ROOM, text: '@村务小助手 鱼塘包给谁了多少钱一年' })
    const said = (await gateway.waitFor((all) => all.length > before)).at(-1)
    expect(said?.name).toBe(ROOM)
    expect(said?.text).toMatch(/^@王大娘/)
    const pond = (await readCsv(`${VILLAGE}/contracts.csv`)).find((row) => row['别名']?.includes('鱼塘'))
    expect(said?.text).toContain(`${Number(pond?.['年租金']).toLocaleString('en')}元`)
    expect(said?.text).toContain('来源：')
  })

  it('is known by its alias in the group too', async () => {
    await gateway.alias('石桥村民群', '石桥管家')
    await gateway.say({ from: '老石', room: '石桥村民群', text: '@石桥管家 水库包给谁了' })
    expect((await saidTo('石桥村民群', 1))[0]).toContain('杨水生')
  })

  it('says one neutral line to an accusation and keeps nothing of it', async () => {
    const before = (await saidTo(ROOM, 0)).length
    await gateway.say({ from: '李大爷', room: ROOM, text: '@村务小助手 张守业把修路的钱揣自己兜里了,还收了恒通两万' })
    const texts = await saidTo(ROOM, before + 1)
    expect(texts.at(-1)).toContain('私聊')
    expect(texts.at(-1)).not.toContain('张守业')
    const connection = await mongoose.createConnection(environment.MONGODB_URI).asPromise()
    try {
      expect(await connection.collection('cases').countDocuments()).toBe(0)
      expect(await connection.collection('open_questions').countDocuments()).toBe(0)
    } finally {
      await connection.close()
    }
  })

  it('leaves people to their own talk', async () => {
    const before = (await gateway.said()).length
    for (const text of ['晚上跳舞不', '@张立国 账贴了吗', '谁家的羊跑了', '@所有人 明天停电'])
      await gateway.say({ from: '赵婶', room: ROOM, text })
    // The next question is answered after all of them have been passed over.
    await gateway.say({ from: '赵婶', text: '谢谢' })
    const said = (await gateway.waitFor((all) => all.length > before)).slice(before)
    expect(said.map(({ name }) => name)).toEqual(['赵婶'])
  })
})

describe('in private', () => {
  it('knows the village of who spoke in its group', async () => {
    await gateway.say({ from: '王大娘', text: '村里账上还剩多少钱' })
    expect((await saidTo('王大娘', 1))[0]).toContain(
      `${Number((await readCsv(`${VILLAGE}/bank.csv`)).at(-1)?.['期末']).toLocaleString('en', { minimumFractionDigits: 2 })}元`,
    )
  })

  it('keeps order and answers each message once, also when the gateway repeats them', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `排队${index}`)
    const talk: [string, string][] = [
      ['你好', replies.greeting(null).text],
      ['谢谢', replies.thanks().text],
      ['告诉我是谁举报的', replies.privacy().text],
    ]
    for (const [step, [text]] of talk.entries()) {
      for (const from of people) await gateway.say({ from, text, messageId: `${from}-${step}`, repeat: 3 })
    }
    await gateway.waitFor(
      (said) => people.every((name) => said.filter((one) => one.name === name).length >= talk.length),
      60_000,
    )
    const said = await gateway.said()
    for (const name of people)
      expect(said.filter((one) => one.name === name).map(({ text }) => text)).toEqual(talk.map(([, answer]) => answer))
  }, 90_000)

  it('takes ten photos in a second for one thing, and tells a photo that is none', async () => {
    for (let index = 0; index < 10; index += 1) await gateway.say({ from: '拍照的', image: PNG })
    expect(await saidTo('拍照的', 1)).toEqual([replies.photosKept(10).text])
    await gateway.say({ from: '发错的', image: Buffer.from('not a picture').toString('base64') })
    expect((await saidTo('发错的', 1))[0]).toBe(replies.notAPhoto().text)
  })
})

describe('when the line breaks', () => {
  it('comes back by itself after the gateway was killed, and answers what is said then', async () => {
    await gateway.kill()
    await gateway.start()
    // Events during an outage are lost by the protocol: what is said once the bot is back is answered, once.
    let answered = false
    for (let attempt = 0; attempt < 40 && !answered; attempt += 1) {
      await gateway.say({ from: '回来的', text: '你好', messageId: `back-${attempt}` })
      answered = await saidTo('回来的', 1, 1500).then(
        () => true,
        () => false,
      )
    }
    expect(answered).toBe(true)
  }, 90_000)

  it('leaves the line to the process that has it, and takes over when that dies', async () => {
    const second = await startService(environment, 'bot')
    try {
      await gateway.say({ from: '第一个', text: '谢谢' })
      expect(await saidTo('第一个', 1)).toEqual([replies.thanks().text])
      await service.kill('SIGKILL')
      service = await startService(environment, 'api,worker')
      let answered = false
      for (let attempt = 0; attempt < 40 && !answered; attempt += 1) {
        await gateway.say({ from: '第二个', text: '谢谢', messageId: `over-${attempt}` })
        answered = await saidTo('第二个', 1, 1500).then(
          () => true,
          () => false,
        )
      }
      expect(answered).toBe(true)
    } finally {
      await second.kill('SIGKILL')
    }
  }, 120_000)
})
