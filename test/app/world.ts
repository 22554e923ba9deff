/** The whole application on real servers, with the test township: everything that app.ts lists, every address. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { vi } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { fixedClock } from '../../src/infrastructure/clock.ts'
import { createAccounts, createOrganisation } from '../../src/people/index.ts'
import type { Role } from '../../src/people/index.ts'
import { PASSWORD, accounts as testAccounts, organisation as testOrganisation } from '../cases/fixtures/organisation.ts'
import { testServers } from '../support/servers.ts'

export type WholeWorld = Awaited<ReturnType<typeof buildWhole>>
export interface Answer {
  status: number
  text: string
}
export interface Caller {
  cookie: string
  call(method: string, path: string, body?: unknown): Promise<Answer>
}

export const HOOK_TOKEN = 'token-of-the-test'

/** @param options environment: settings of the test's own; organisation: more that stands in the township's file */
export async function buildWhole(
  now = '2026-11-23T10:00:00+08:00',
  options: { environment?: Record<string, string>; organisation?: object } = {},
) {
  const clock = fixedClock(now)
  const logger = pino({ level: 'silent' })
  const { mongoUri, redisUrl, queuePrefix } = testServers()
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-whole-'))
  const instanceKey = randomBytes(32).toString('base64')
  const config = readConfig({
    MONGODB_URI: mongoUri,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    INSTANCE_KEY: instanceKey,
    DATA_DIR: folder,
    PORT: '0',
    PUBLIC_URL: 'http://localhost:3000',
    SECOND_FACTOR: 'optional',
    SMS_KANNEL_SEND_URL: 'http://127.0.0.1:9/cgi-bin/sendsms',
    SMS_KANNEL_HOOK_TOKEN: HOOK_TOKEN,
    MESSAGES_PER_MINUTE: '1000',
    ...options.environment,
  })
  const services = await buildServices(
    { mongodbUri: mongoUri, redisUrl, queuePrefix, instanceKey, publicUrl: '' },
    clock,
    logger,
  )
  const organisation = createOrganisation(services)
  await organisation.load({ ...testOrganisation, ...options.organisation })
  const accounts = createAccounts(services, organisation)
  for (const account of testAccounts)
    await accounts.save({
      ...account,
      roles: account.roles as Role[],
      operators: [...account.operators],
      villages: [...account.villages],
      password: PASSWORD,
    })
  const app = await buildApp(config, logger, clock)
  await app.start()
  const base = `http://127.0.0.1:${app.port()}`

  const caller = (cookie: string): Caller => ({
    cookie,
    async call(method, path, body) {
      const abort = new AbortController()
      const response = await fetch(`${base}${path}`, {
        method,
        redirect: 'manual',
        signal: abort.signal,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      // A live stream has no end: that it opens is what is asked here.
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        abort.abort()
        return { status: response.status, text: 'stream' }
      }
      return { status: response.status, text: await response.text() }
    },
  })

  async function signIn(username: string): Promise<Caller> {
    const response = await fetch(`${base}/api/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    })
    if (response.status !== 200) throw new Error(`${username} could not sign in`)
    return caller((response.headers.get('set-cookie') ?? '').split(';')[0] ?? '')
  }

  /** A villager on the chat page; the conversation goes through inbox, worker and outbox. */
  async function villager() {
    const first = await fetch(`${base}/api/public/chat/history`)
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { call } = caller(cookie)
    let count = 0
    const answers = async (): Promise<string[]> =>
      (
        JSON.parse((await call('GET', '/api/public/chat/history')).text) as {
          messages: { from: string; reply?: { text: string } }[]
        }
      ).messages
        .filter(({ from }) => from === 'bot')
        .map(({ reply }) => reply?.text ?? '')
    return {
      cookie,
      call,
      /** @param afterMs how much time passes before it */
      async say(text: string, afterMs = 2000): Promise<string> {
        const before = (await answers()).length
        clock.advance(afterMs)
        const { status } = await call('POST', '/api/public/chat/messages', {
          text,
          villageId: 'zhangjiazhuang',
          messageId: `message-${(count += 1)}`,
        })
        if (status !== 202) throw new Error(`the chat page got ${status}`)
        await vi.waitFor(async () => {
          if ((await answers()).length <= before) throw new Error(`no answer to ${text}`)
        }, 15_000)
        return (await answers()).slice(before).join('\n')
      },
    }
  }

  return {
    clock,
    services,
    mongoUri,
    app,
    base,
    folder,
    accounts,
    nobody: caller(''),
    caller,
    signIn,
    villager,
    /** Files a report on the chat page. */
    async file(text: string): Promise<{ id: string; code: string }> {
      const person = await villager()
      const said = await person.say(`${text},直接提交`)
      const code = /\d{3}-\d{3}-\d{4}/.exec(said)?.[0]
      if (!code) throw new Error(`not filed: ${said}`)
      const [stored] = await services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
      return { id: String(stored?._id), code }
    },
    async close() {
      await app.stop()
      await services.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
