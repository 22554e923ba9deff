/** Cases and conferences on real servers: villagers who talk, handlers who sign in over HTTP. */
import type { Server } from 'node:http'
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { createCases } from '../../src/cases/index.ts'
import { createConferences, questionsTopic } from '../../src/conferences/index.ts'
import {
  INTENT_TITLES,
  createCorrections,
  emptyState,
  loadUnderstander,
  respond,
} from '../../src/conversation/index.ts'
import type { Person, StoredAttachment } from '../../src/conversation/index.ts'
import { accountRoutes, buildHttp, createResolveActor, sessionRoutes } from '../../src/http/index.ts'
import { createAuditLog } from '../../src/infrastructure/audit-log.ts'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { fixedClock } from '../../src/infrastructure/clock.ts'
import { createAccounts, createOrganisation } from '../../src/people/index.ts'
import type { Role } from '../../src/people/index.ts'
import { testServers } from '../support/servers.ts'
import { stopExpiry } from '../support/stop-expiry.ts'
import { PASSWORD, accounts as testAccounts, organisation as testOrganisation } from './fixtures/organisation.ts'

export type World = Awaited<ReturnType<typeof buildWorld>>

export async function buildWorld(
  now = '2026-11-23T10:00:00+08:00',
  more: Partial<Parameters<typeof createCases>[1]> = {},
) {
  const clock = fixedClock(now)
  const logger = pino({ level: 'silent' })
  const { mongoUri, redisUrl, queuePrefix } = testServers()
  const instanceKey = randomBytes(32).toString('base64')
  const services = await buildServices(
    { mongodbUri: mongoUri, redisUrl, queuePrefix, instanceKey, publicUrl: 'http://localhost:3000' },
    clock,
    logger,
  )
  const organisation = createOrganisation(services)
  await organisation.load(testOrganisation)
  const accounts = createAccounts(services, organisation)
  await accounts.prepare()
  await Promise.all(
    testAccounts.map(async (account) =>
      accounts.save({
        ...account,
        roles: account.roles as Role[],
        operators: [...account.operators],
        villages: [...account.villages],
        password: PASSWORD,
      }),
    ),
  )
  const audit = createAuditLog(services.connection, () => clock.now())
  const understander = await loadUnderstander('intents', {})
  /** What was written to villagers outside of a turn: the channel's side of the seam. */
  const said: { contactId: string; text: string }[] = []
  const say = async (_session: unknown, contactId: string, reply: { text: string }): Promise<boolean> => {
    said.push({ contactId, text: reply.text })
    return true
  }
  const deps = { say, organisation: organisation.get, audit: audit.append }
  const cases = createCases(services, {
    ...deps,
    ...more,
    accounts: accounts.list,
    understander,
    topics: [questionsTopic],
  })
  const corrections = createCorrections(services, understander)
  await corrections.start()
  const conferences = createConferences(services, {
    ...deps,
    intents: () => Object.entries(INTENT_TITLES).map(([code, title]) => ({ code, title })),
    correctIntent: corrections.add,
  })
  await cases.start?.()
  await conferences.start?.()
  await stopExpiry(services.connection)

  const koa = buildHttp(
    [
      ...(cases.routes ?? []),
      ...(conferences.routes ?? []),
      ...sessionRoutes(accounts, organisation, async () => []),
      ...accountRoutes(accounts, audit.append),
    ],
    { clock, logger, trustProxy: false, resolveActor: createResolveActor(accounts) },
  )
  const server = await new Promise<Server>((resolve) => {
    const listening = koa.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const address = server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  const states = new Map<string, ReturnType<typeof emptyState>>()
  const villages = async () => (await organisation.get()).villages

  /** One message of a villager in private; gives what the bot answers. */
  async function talk(
    who: string,
    text: string,
    options: {
      attachments?: StoredAttachment[]
      form?: Person['form']
      villageId?: string | null
      origin?: string
    } = {},
  ): Promise<string[]> {
    const person: Person = {
      id: services.vault.fingerprint('contact', who),
      channel: 'test',
      account: 'a',
      form: options.form ?? 'chat',
      villageId: options.villageId === undefined ? 'zhangjiazhuang' : options.villageId,
      ...(options.origin && { origin: options.origin }),
    }
    const response = await respond(
      {
        incoming: { text, attachments: options.attachments ?? [] },
        person,
        state: states.get(who) ?? emptyState(),
        group: null,
        now: clock.now(),
      },
      {
        understander,
        vocabulary: async (villageId) => ({ villageId, entries: [] }),
        skills: [...(cases.skills ?? []), ...(conferences.skills ?? [])],
        forms: cases.forms ?? [],
        villages,
        ways: async () => ({ publicUrl: 'http://localhost:3000', dutyPhone: '0539-1234567' }),
        known: conferences.known,
      },
    )
    await services.transaction(async (session) => {
      for (const commit of response.commits) await commit(session)
    })
    // As between two messages: what is remembered goes through JSON.
    states.set(who, JSON.parse(JSON.stringify(response.state)) as ReturnType<typeof emptyState>)
    return response.replies.map((reply) => (options.form === 'sms' ? (reply.short ?? reply.text) : reply.text))
  }

  async function signIn(username: string) {
    const signedIn = await fetch(`${base}/api/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    })
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const raw = await response.text()
      return { status: response.status, body: (raw === '' ? null : parse(raw)) as never }
    }
    return {
      cookie,
      get: async <T>(path: string) => (await call('GET', path)) as { status: number; body: T },
      post: async <T>(path: string, body: unknown = {}) =>
        (await call('POST', path, body)) as { status: number; body: T },
    }
  }

  return {
    clock,
    services,
    mongoUri,
    instanceKey,
    accounts,
    audit,
    understander,
    cases,
    conferences,
    said,
    base,
    talk,
    signIn,
    /** Runs one of the jobs of cases, as the worker does from time to time. */
    async run(name: string) {
      const job = cases.jobs?.find((one) => one.name === name)
      if (!job) throw new Error(`no job ${name}`)
      await job.run()
    },
    /** What was written to somebody outside of a turn. */
    heard: (who: string) =>
      said.filter(({ contactId }) => contactId === services.vault.fingerprint('contact', who)).map(({ text }) => text),
    /** One more account; gives it signed in. */
    async addAccount(username: string, displayName: string, roles: Role[], unit: string, operators: string[] = []) {
      await accounts.save({ username, displayName, roles, unit, operators, password: PASSWORD })
      return signIn(username)
    },
    contactId: (who: string) => services.vault.fingerprint('contact', who),
    /** Files a report in one message; gives its receipt code and id. */
    async file(who: string, text: string) {
      const answers = await talk(who, `${text},直接提交`)
      const code = /\d{3}-\d{3}-\d{4}/.exec(answers.join('\n'))?.[0]
      if (!code) throw new Error(`not filed: ${answers.join(' | ')}`)
      const [stored] = await services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
      return { code, id: String(stored?._id) }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      understander.close()
      await services.close()
    },
  }
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return raw
  }
}
