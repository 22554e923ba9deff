/** Whatever is sent in gets a sensible reply or a quiet refusal; nothing breaks, nothing is lost. Through the SMS and web entrances. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import mongoose from 'mongoose'
import type { Connection } from 'mongoose'
import type { ChatHistory } from '../../src/channels/schema.ts'
import { replies } from '../../src/conversation/replies.ts'
import { startFakeKannel } from '../support/fake-kannel.ts'
import type { FakeKannel } from '../support/fake-kannel.ts'
import { testServers } from '../support/servers.ts'
import { loadSample, newInstanceKey, sendSms, startService } from '../support/service.ts'
import type { ServiceEnvironment, ServiceProcess } from '../support/service.ts'

const TOKEN = 'bad-input'
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let gateway: FakeKannel
let service: ServiceProcess
let connection: Connection
let numbers = 0

beforeAll(async () => {
  const servers = testServers()
  gateway = await startFakeKannel()
  const environment: ServiceEnvironment = {
    MONGODB_URI: servers.mongoUri,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: servers.queuePrefix,
    INSTANCE_KEY: newInstanceKey(),
    SMS_KANNEL_SEND_URL: gateway.sendUrl,
    SMS_KANNEL_HOOK_TOKEN: TOKEN,
  }
  await loadSample(environment)
  service = await startService(environment, 'all')
  connection = await mongoose.createConnection(servers.mongoUri).asPromise()
}, 120_000)

afterAll(async () => {
  await service?.kill('SIGKILL')
  await gateway?.close()
  await connection?.close()
})

const nextNumber = (): string => `13700${String((numbers += 1)).padStart(6, '0')}`

/** Sends one text from a new number and gives what came back. */
async function answerTo(text: string): Promise<string> {
  const from = nextNumber()
  await sendSms(service, TOKEN, { from, text, id: randomUUID() })
  await gateway.waitFor(() => gateway.to(from).length > 0)
  return gateway.to(from)[0]?.text ?? ''
}

/** A browser of its own. */
function visitor(): {
  send(fields: Record<string, string>, files?: { bytes: Buffer; type: string }[]): Promise<Response>
  answers(count: number): Promise<string[]>
} {
  let cookie = ''
  const headers = (): Record<string, string> => (cookie ? { cookie } : {})
  const history = async (): Promise<string[]> => {
    const response = await fetch(`${service.url}/api/public/chat/history`, { headers: headers() })
    cookie ||= response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { messages } = (await response.json()) as ChatHistory
    return messages.filter(({ from }) => from === 'bot').map(({ reply }) => reply?.text ?? '')
  }
  return {
    async send(fields, files = []) {
      if (!cookie) await history()
      const form = new FormData()
      for (const [name, value] of Object.entries({
        messageId: randomUUID(),
        villageId: 'zhangjiazhuang',
        text: '',
        ...fields,
      }))
        form.append(name, value)
      for (const { bytes, type } of files)
        form.append('files', new Blob([new Uint8Array(bytes)], { type }), 'photo.jpg')
      return fetch(`${service.url}/api/public/chat/messages`, { method: 'POST', body: form, headers: headers() })
    },
    async answers(count) {
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const all = await history()
        if (all.length >= count) return all
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error('no answer came')
    },
  }
}

describe('a text', () => {
  it.each([
    ['nothing', '   ', [replies.empty().text]],
    ['signs', '。。。', [replies.notText().text]],
    ['control characters', '\u0000\u0007\u001b\u200b', [replies.notText().text]],
    ['smiling faces', '😀😀', [replies.notText().text, replies.outOfScope().text, replies.nothingOpen().text]],
    ['folded hands', '🙏🙏', [replies.thanks().text]],
  ])('of %s is told kindly', async (_name, text, expected) => {
    expect(expected).toContain(await answerTo(text))
  })

  it.each([
    ['html', '<script>alert(1)</script><b>张家庄2025年修路花了多少钱</b>'],
    ['traditional characters', '張家莊2025年修路花了多少錢'],
    ['wide letters and digits', '张家庄\uFF12\uFF10\uFF12\uFF15年修路花了多少钱\uFF1F\uFF1F'],
  ])('with %s is read for what it asks', async (_name, text) => {
    const [figure] = /[\d,.]+元/.exec(await answerTo('张家庄2025年修路花了多少钱')) ?? []
    expect(figure).toMatch(/^\d{1,3}(,\d{3})+/)
    const answer = await answerTo(text)
    expect(answer).toContain(figure)
    expect(answer).not.toContain('<')
  })

  it.each([
    ['another language', 'How much did the village spend on roads last year?'],
    ['random letters', 'asdkjh qwoeiu zxmcn'],
    ['binary', Buffer.from([0xff, 0xfe, 0x01, 0x02, 0x80, 0x81]).toString('latin1')],
  ])('in %s gets an answer in Chinese that admits it was not understood', async (_name, text) => {
    expect(await answerTo(text)).toMatch(/帮不上|没答上|没太听明白|没看到|看不懂/)
  })

  it('of 100 kB is cut, said so, and answered once', async () => {
    const from = nextNumber()
    const body = new URLSearchParams({
      from,
      to: '10690001',
      id: 'long',
      text: `张家庄${'修路的事说来话长'.repeat(12_500)}`,
    })
    const response = await fetch(`${service.url}/api/hooks/sms-kannel/${TOKEN}/incoming`, { method: 'POST', body })
    expect(response.status).toBe(200)
    await gateway.waitFor(() => gateway.to(from).length > 0)
    expect(gateway.to(from)[0]?.text).toContain('太长')
    expect(gateway.to(from)).toHaveLength(1)
  })
})

describe('too much of it', () => {
  it('the same message five times is answered once', async () => {
    const from = nextNumber()
    await Promise.all(
      Array.from({ length: 5 }, async () => sendSms(service, TOKEN, { from, text: '谢谢', id: 'five' })),
    )
    await sendSms(service, TOKEN, { from, text: '你好', id: 'after' })
    await gateway.waitFor(() => gateway.to(from).length >= 2)
    expect(gateway.to(from)).toHaveLength(2)
  })

  it('200 messages in a minute: told once to slow down, and every one of them kept', async () => {
    const from = nextNumber()
    for (let index = 0; index < 200; index += 1)
      await sendSms(service, TOKEN, { from, text: '谢谢', id: `many-${index}` })
    const pending = async (): Promise<number> => connection.collection('inbox').countDocuments({ state: 'pending' })
    await expect.poll(pending, { timeout: 20_000 }).toBe(0)
    const said = gateway.to(from).map(({ text }) => text)
    // A minute may turn while they come in.
    expect(said.filter((text) => text === replies.tooMany().text).length).toBeLessThanOrEqual(2)
    expect(said.length).toBeLessThanOrEqual(2 * 21)
    expect(said).toContain(replies.tooMany().text)
  }, 60_000)

  it('ten photos in a second are one thing', async () => {
    const phone = visitor()
    await phone.send({ text: '你好' })
    await phone.answers(1)
    await Promise.all(Array.from({ length: 10 }, async () => phone.send({}, [{ bytes: PNG, type: 'image/png' }])))
    expect((await phone.answers(2))[1]).toBe(replies.photosKept(10).text)
  })

  it('a photo that is not a photo is told', async () => {
    const phone = visitor()
    await phone.send({}, [{ bytes: Buffer.from('MZ this is a program'), type: 'image/jpeg' }])
    expect(await phone.answers(1)).toEqual([replies.notAPhoto().text])
  })

  it('a file that is too large is refused in plain words, at once', async () => {
    const response = await visitor().send({}, [{ bytes: Buffer.alloc(11 * 1024 * 1024), type: 'image/jpeg' }])
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('10MB')
  })
})

describe('the entrance', () => {
  it.each([
    ['a wrong secret', '/api/hooks/sms-kannel/wrong/incoming?from=13800000000&text=x', 404],
    ['no sender', `/api/hooks/sms-kannel/${TOKEN}/incoming?text=x`, 400],
    ['a sender that is no number', `/api/hooks/sms-kannel/${TOKEN}/incoming?from=DROP%20TABLE&text=x`, 400],
  ])('with %s takes nothing', async (_name, path, status) => {
    expect((await fetch(`${service.url}${path}`)).status).toBe(status)
  })

  it('takes GBK bodies as post-url sends them', async () => {
    const from = nextNumber()
    // 谢谢 in GBK.
    const response = await fetch(`${service.url}/api/hooks/sms-kannel/${TOKEN}/incoming`, {
      method: 'POST',
      headers: {
        'Content-Type': 'text/plain',
        'X-Kannel-From': from,
        'X-Kannel-To': '10690001',
        'X-Kannel-ID': 'gbk',
        'X-Kannel-Charset': 'GBK',
      },
      body: Buffer.from([0xd0, 0xbb, 0xd0, 0xbb]),
    })
    expect(response.status).toBe(200)
    await gateway.waitFor(() => gateway.to(from).length > 0)
    expect(gateway.to(from)[0]?.text).toBe(replies.thanks().text)
  })
})
