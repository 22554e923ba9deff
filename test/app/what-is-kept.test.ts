/**
 * What the machine keeps: the real service in its own process, a tip by text message from first words to last. Afterwards its
 * logs, Redis and the jobs in it, every file that it wrote, and a raw dump of MongoDB hold nobody and nothing of it.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectMongo } from '../../src/infrastructure/mongo.ts'
import { dumpMongo, dumpRedis } from '../support/dump-stores.ts'
import { startFakeKannel } from '../support/fake-kannel.ts'
import type { FakeKannel } from '../support/fake-kannel.ts'
import { testServers } from '../support/servers.ts'
import { loadSample, newInstanceKey, sendSms, startService } from '../support/service.ts'
import type { ServiceProcess } from '../support/service.ts'

const PHONE = '13866668888'
const HOOK = 'hook-of-the-test'
/** Name, number and words of the villager, and what was written back. */
const SECRETS = [PHONE, '邱桂芳', '打井的水泥', '拉回自己家', '两车', '发了收条', '水泥的账正在核', '退回的水泥']

let folder: string
let kannel: FakeKannel
let service: ServiceProcess
const servers = { value: { mongoUri: '', redisUrl: '' } }

beforeAll(async () => {
  const own = testServers()
  servers.value = own
  folder = await mkdtemp(join(tmpdir(), 'village-desk-kept-'))
  kannel = await startFakeKannel()
  const environment = {
    MONGODB_URI: own.mongoUri,
    REDIS_URL: own.redisUrl,
    QUEUE_PREFIX: own.queuePrefix,
    INSTANCE_KEY: newInstanceKey(),
    DATA_DIR: join(folder, 'data'),
    // Whatever it puts aside for a moment lies where it can be looked at.
    TMPDIR: folder,
    LOG_LEVEL: 'debug',
    SMS_KANNEL_SEND_URL: kannel.sendUrl,
    SMS_KANNEL_HOOK_TOKEN: HOOK,
  }
  await loadSample(environment)
  service = await startService(environment, 'all')
}, 120_000)
afterAll(async () => {
  await service?.kill('SIGTERM')
  await kannel?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
})

let sent = 0
async function say(text: string): Promise<string> {
  const before = kannel.to(PHONE).length
  await sendSms(service, HOOK, { from: PHONE, text, id: `sms-${(sent += 1)}` })
  await vi.waitFor(
    () => {
      if (kannel.to(PHONE).length <= before) throw new Error(`no answer to ${text}`)
    },
    { timeout: 20_000 },
  )
  return kannel.to(PHONE).at(-1)!.text
}

async function signIn(username: string) {
  const accounts = (await (await fetch(`${service.url}/api/console/demo-accounts`)).json()) as {
    accounts: { username: string; password: string }[]
  }
  const { password } = accounts.accounts.find((one) => one.username === username)!
  const response = await fetch(`${service.url}/api/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return async (path: string, body?: unknown) => {
    const answer = await fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as { id?: string; items?: { id: string }[] } }
  }
}

async function filesUnder(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return (await Promise.all(files.map(async (file) => `${file}\n${(await readFile(file)).toString('latin1')}`))).join(
    '\n',
  )
}

describe('after a tip by text message from the first words to the last', () => {
  it('nothing that the machine keeps tells of it', async () => {
    await say('张家庄')
    await say('我要举报,张家庄书记把打井的水泥拉回自己家两车')
    for (let turn = 0; turn < 6; turn += 1) {
      const last = kannel.to(PHONE).at(-1)!.text
      if (/查询码\d{3}-/.test(last)) break
      await say(
        /匿名/.test(last)
          ? '2'
          : /姓名和电话/.test(last)
            ? `邱桂芳 ${PHONE}`
            : /证据|照片|票据/.test(last)
              ? '发了收条'
              : '去年秋天',
      )
    }
    const code = /\d{3}-\d{3}-\d{4}/.exec(
      kannel
        .to(PHONE)
        .map(({ text }) => text)
        .join('\n'),
    )?.[0]
    expect(code, kannel.to(PHONE).at(-1)?.text).toBeDefined()

    const officer = await signIn('fanglei')
    const { items } = (await officer('/api/console/cases')).body
    const path = `/api/console/cases/${items![0]!.id}`
    expect((await officer(`${path}/accept`, { note: '邱桂芳说的水泥' })).status).toBe(200)
    // One that the check holds, and one that it lets out; a search, an identity that was asked for.
    expect((await officer(`${path}/reply`, { text: `邱桂芳您好,电话${PHONE}打不通。` })).status).toBe(409)
    expect((await officer(`${path}/reply`, { text: '水泥的账正在核,下周回话。' })).status).toBe(200)
    await officer(`/api/console/cases?q=${encodeURIComponent('打井的水泥')}`)
    const asked = await officer(`${path}/identity-requests`, { reason: '邱桂芳要当面核对' })
    const second = await signIn('dingjie')
    expect((await second(`/api/console/approvals/${asked.body.id}/decide`, { approve: true })).status).toBe(200)
    const opened = await officer(`/api/console/approvals/${asked.body.id}/open`, {})
    expect(JSON.stringify(opened.body)).toContain('邱桂芳')
    expect((await officer(`${path}/close`, { outcome: 'substantiated', text: '退回的水泥已经入库。' })).status).toBe(
      200,
    )
    await vi.waitFor(() => expect(kannel.to(PHONE).some(({ text }) => text.includes('退回的水泥'))).toBe(true), 20_000)
    await say('1')
    // A request that fails, so that the log has a fault to tell of.
    await officer(`${path}/close`, { outcome: 'substantiated', text: '退回的水泥已经入库。' })

    const connection = await connectMongo(servers.value.mongoUri)
    const redis = new Redis(servers.value.redisUrl)
    // publications are what the village has published itself.
    const mongo = await dumpMongo(connection, ['organisation', 'accounts', 'publications', 'records'])
    const kept = {
      MongoDB: mongo,
      Redis: await dumpRedis(redis),
      logs: service.output(),
      files: await filesUnder(folder),
    }
    await Promise.all([connection.close(), redis.quit()])
    for (const [place, text] of Object.entries(kept)) {
      expect(text.length, `${place} was looked at`).toBeGreaterThan(100)
      for (const secret of [...SECRETS, code!, code!.replaceAll('-', '')]) {
        expect(text.includes(secret), `${secret} in ${place}`).toBe(false)
        expect(text.includes(Buffer.from(secret).toString('latin1')), `${secret} in ${place} as bytes`).toBe(false)
      }
    }
    expect(mongo).toContain('identity.opened')
  }, 120_000)
})
