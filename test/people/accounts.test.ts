/** Signing in over HTTP: second factor, sessions that end, lock-out for one and not for all, accounts given out. */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountRoutes, buildHttp, createResolveActor, sessionRoutes } from '../../src/http/index.ts'
import { auditEntries, createAuditLog } from '../../src/infrastructure/audit-log.ts'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { fixedClock } from '../../src/infrastructure/clock.ts'
import { createAccounts, createOrganisation, hotp, totpStep } from '../../src/people/index.ts'
import type { Accounts, Role } from '../../src/people/index.ts'
import type { EnrolmentView, SessionView } from '../../src/people/schema.ts'
import { organisation as testOrganisation } from '../cases/fixtures/organisation.ts'
import { testServers } from '../support/servers.ts'

const PASSWORD = '麦子黄了要开镰2026'
const clock = fixedClock('2026-11-23T09:00:00+08:00')
let services: Awaited<ReturnType<typeof buildServices>>
let accounts: Accounts
let server: Server
let base: string

beforeAll(async () => {
  const own = testServers()
  const logger = pino({ level: 'silent' })
  services = await buildServices(
    { mongodbUri: own.mongoUri, ...own, instanceKey: randomBytes(32).toString('base64'), publicUrl: '' },
    clock,
    logger,
  )
  const organisation = createOrganisation(services)
  await organisation.load(testOrganisation)
  accounts = createAccounts(services, organisation, { secondFactor: 'required', demoAccounts: false })
  await accounts.prepare()
  const audit = createAuditLog(services.connection, () => clock.now())
  // A proxy of ours says where each request comes from.
  const koa = buildHttp(
    [...sessionRoutes(accounts, organisation, async () => []), ...accountRoutes(accounts, audit.append)],
    {
      clock,
      logger,
      trustProxy: true,
      resolveActor: createResolveActor(accounts),
    },
  )
  server = await new Promise<Server>((resolve) => {
    const listening = koa.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await services.close()
})
beforeEach(async () => {
  clock.advance(60 * 60_000)
  for (const [username, role, unit] of [
    ['clerk', 'clerk', 'zf'],
    ['officer', 'discipline-officer', 'zj'],
    ['admin', 'administrator', 'zf'],
  ] as const)
    await accounts.save({
      username,
      displayName: username,
      password: PASSWORD,
      roles: [role as Role],
      unit,
      operators: [],
    })
})

const post = async (path: string, body: unknown = {}, options: { cookie?: string; address?: string } = {}) => {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'test browser',
      ...(options.cookie && { cookie: options.cookie }),
      'x-forwarded-for': options.address ?? '10.1.1.1',
    },
    body: JSON.stringify(body),
  })
  const raw = await response.text()
  return {
    status: response.status,
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    body: (raw ? JSON.parse(raw) : null) as { enrol?: boolean; error?: { code: string } } & Record<string, unknown>,
  }
}
const get = async <T>(path: string, cookie: string) => {
  const response = await fetch(`${base}${path}`, { headers: { cookie } })
  return { status: response.status, body: (await response.json()) as T }
}
const signIn = async (username: string, extra: object = {}, address?: string) =>
  post('/api/console/sign-in', { username, password: PASSWORD, ...extra }, address ? { address } : {})
const status = async (cookie: string): Promise<number> => (await get('/api/console/me', cookie)).status

const fromBase32 = (text: string): Buffer => {
  const bits = [...text]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
/** What the telephone shows now. */
const codeOf = (secret: string): string => hotp(fromBase32(secret), totpStep(clock.now()))

describe('the second factor', () => {
  it('is set up before anything else by who sees tips, and asked for from then on', async () => {
    const first = await signIn('officer')
    expect(first.body.enrol).toBe(true)
    expect(await status(first.cookie)).toBe(401)
    const { body } = await post('/api/console/second-factor', {}, { cookie: first.cookie })
    const { secret, qr, uri } = body as unknown as EnrolmentView
    expect(qr).toMatch(/^<svg/)
    expect(uri).toContain(secret)
    expect(
      (await post('/api/console/second-factor/confirm', { code: '000000' }, { cookie: first.cookie })).status,
    ).toBe(400)
    const code = codeOf(secret)
    expect((await post('/api/console/second-factor/confirm', { code }, { cookie: first.cookie })).status).toBe(200)
    expect(await status(first.cookie)).toBe(200)

    expect((await signIn('officer')).body.error?.code).toBe('totp_needed')
    // The code that was used is used.
    expect((await signIn('officer', { code })).body.error?.code).toBe('totp_wrong')
    clock.advance(30_000)
    const again = await signIn('officer', { code: codeOf(secret) })
    expect([again.status, again.body.enrol]).toEqual([200, undefined])
    const stored = await services.connection.collection('accounts').findOne({ username: 'officer' })
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect((await post('/api/console/second-factor', {}, { cookie: again.cookie })).status).toBe(409)
  })

  it('is not asked of a clerk', async () => {
    const { status: code, body, cookie } = await signIn('clerk')
    expect([code, body.enrol, await status(cookie)]).toEqual([200, undefined, 200])
  })
})

describe('wrong passwords', () => {
  const fail = async (username: string, address: string) =>
    (await post('/api/console/sign-in', { username, password: 'wrong' }, { address })).status

  it('lock one account, whether it exists or not, and nobody else', async () => {
    for (const username of ['clerk', 'ghost']) {
      for (let index = 0; index < 5; index += 1) expect(await fail(username, `10.2.0.${index}`)).toBe(401)
      expect(await fail(username, '10.2.0.9')).toBe(429)
    }
    expect((await signIn('clerk', {}, '10.2.0.10')).status).toBe(429)
    expect((await signIn('officer', {}, '10.2.0.10')).status).not.toBe(429)
    clock.advance(16 * 60_000)
    expect((await signIn('clerk')).status).toBe(200)
  })

  it('lock one address, and not the others', async () => {
    for (let index = 0; index < 20; index += 1) await fail(`guess${index}`, '10.3.0.1')
    expect((await signIn('clerk', {}, '10.3.0.1')).status).toBe(429)
    expect((await signIn('clerk', {}, '10.3.0.2')).status).toBe(200)
  })
})

describe('sessions', () => {
  it('end when nobody is there, and at the end of the day', async () => {
    const idle = (await signIn('clerk')).cookie
    clock.advance(121 * 60_000)
    expect(await status(idle)).toBe(401)
    const busy = (await signIn('clerk')).cookie
    for (let hour = 0; hour < 11; hour += 1) {
      clock.advance(3_600_000)
      expect(await status(busy), `hour ${hour}`).toBe(200)
    }
    clock.advance(61 * 60_000)
    expect(await status(busy)).toBe(401)
  })

  it('are listed for their owner, and ended from elsewhere', async () => {
    const [here, there] = [(await signIn('clerk')).cookie, (await signIn('clerk', {}, '10.9.9.9')).cookie]
    const { items } = (await get<{ items: SessionView[] }>('/api/console/sessions', here)).body
    expect(items.filter(({ current }) => current)).toHaveLength(1)
    const other = items.find(({ address }) => address === '10.9.9.9')!
    expect(other.device).toBe('test browser')
    const stranger = (await signIn('admin')).cookie
    expect((await post(`/api/console/sessions/${other.handle}/end`, {}, { cookie: stranger })).status).toBe(401)
    expect((await post(`/api/console/sessions/${other.handle}/end`, {}, { cookie: here })).status).toBe(200)
    expect(await status(there)).toBe(401)
    expect(await status(here)).toBe(200)
  })

  it('end with the password that began them', async () => {
    const [here, there] = [(await signIn('clerk')).cookie, (await signIn('clerk')).cookie]
    const change = async (old: string, fresh: string) => post('/api/console/password', { old, fresh }, { cookie: here })
    expect((await change('wrong', '另一个够长的密码99')).status).toBe(400)
    expect((await change(PASSWORD, 'short')).body.error?.code).toBe('password_weak')
    expect((await change(PASSWORD, '另一个够长的密码99')).status).toBe(200)
    expect([await status(here), await status(there)]).toEqual([200, 401])
    expect((await signIn('clerk')).status).toBe(401)
  })
})

describe('accounts', () => {
  it('are given out, reset and taken back by an administrator, on the audit log', async () => {
    const begun = await signIn('admin')
    const { secret } = (await post('/api/console/second-factor', {}, { cookie: begun.cookie }))
      .body as unknown as EnrolmentView
    await post('/api/console/second-factor/confirm', { code: codeOf(secret) }, { cookie: begun.cookie })
    const { cookie } = begun
    const fresh = {
      username: 'newcomer',
      displayName: '新来的',
      password: '够长也不常见的密码1',
      roles: ['clerk'],
      unit: 'zf',
    }
    expect((await post('/api/console/accounts', { ...fresh, password: 'short' }, { cookie })).status).toBe(400)
    expect((await post('/api/console/accounts', fresh, { cookie })).status).toBe(200)
    expect((await post('/api/console/accounts', fresh, { cookie })).status).toBe(409)
    const theirs = await post('/api/console/sign-in', { username: 'newcomer', password: fresh.password })
    expect(
      (await post('/api/console/accounts', { ...fresh, username: 'another' }, { cookie: theirs.cookie })).status,
    ).toBe(403)
    expect((await post('/api/console/accounts/newcomer/disable', {}, { cookie })).status).toBe(200)
    expect(await status(theirs.cookie)).toBe(401)
    const trail = await auditEntries(services.connection).find({ subject: 'newcomer' }).toArray()
    expect(trail.map(({ event }) => event)).toEqual(['account.created', 'account.disabled'])
  })

  it('of the sample township sign in nowhere but on samples', async () => {
    await accounts.save({
      username: 'demo',
      displayName: '演示',
      password: PASSWORD,
      roles: ['clerk'],
      unit: 'zf',
      operators: [],
      demo: true,
    })
    expect((await signIn('demo')).status).toBe(401)
  })
})
