/** The audit log: written by many at once, and every way to tamper with it is found and named. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anchorAudit, anchorFile, readAnchors } from '../../src/infrastructure/audit-anchors.ts'
import { auditAnchors, auditEntries, createAuditLog } from '../../src/infrastructure/audit-log.ts'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { fixedClock } from '../../src/infrastructure/clock.ts'
import { contentHash } from '../../src/infrastructure/crypto.ts'
import { runScript } from '../support/run-script.ts'
import { testServers } from '../support/servers.ts'

type Services = Awaited<ReturnType<typeof buildServices>>

const servers = { value: { mongoUri: '' } }
const instanceKey = randomBytes(32).toString('base64')
const clock = fixedClock('2026-11-23T09:00:00+08:00')
let services: Services
let folder: string

beforeAll(async () => {
  const own = testServers()
  servers.value = own
  folder = await mkdtemp(join(tmpdir(), 'village-desk-audit-'))
  services = await buildServices(
    { mongodbUri: own.mongoUri, ...own, instanceKey, publicUrl: '' },
    clock,
    pino({ level: 'silent' }),
  )
})
afterAll(async () => {
  await services.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await auditEntries(services.connection).deleteMany({})
  await auditAnchors(services.connection).deleteMany({})
  await rm(anchorFile(folder), { force: true })
  const log = createAuditLog(services.connection, () => clock.now())
  for (let index = 1; index <= 8; index += 1) await log.append({ event: 'case.read', actor: `a${index}`, subject: 's' })
})

const command = async (...args: string[]) =>
  runScript('scripts/audit.ts', args, {
    MONGODB_URI: servers.value.mongoUri,
    INSTANCE_KEY: instanceKey,
    DATA_DIR: folder,
  })
const verify = async () => createAuditLog(services.connection, () => clock.now()).verify()

describe('the audit log', () => {
  it('holds when many write at once, from several processes and within transactions', async () => {
    const logs = [0, 1, 2].map(() => createAuditLog(services.connection, () => clock.now()))
    await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const log = logs[index % 3]!
        const facts = { event: 'case.read', actor: `many${index}` }
        await (index % 4 === 0
          ? services.transaction(async (session) => log.append(facts, session))
          : log.append(facts))
      }),
    )
    expect(await verify()).toBeNull()
    expect(await logs[0]!.count()).toBe(128)
  })

  it.each([
    {
      what: 'an actor that was changed',
      change: async () => auditEntries(services.connection).updateOne({ _id: 4 }, { $set: { actor: 'nobody' } }),
      broken: { brokenAt: 4, how: 'changed' },
    },
    {
      what: 'a moment that was changed',
      change: async () => auditEntries(services.connection).updateOne({ _id: 2 }, { $set: { at: new Date(0) } }),
      broken: { brokenAt: 2, how: 'changed' },
    },
    {
      what: 'an entry that was taken out',
      change: async () => auditEntries(services.connection).deleteOne({ _id: 5 }),
      broken: { brokenAt: 5, how: 'missing' },
    },
    {
      what: 'an entry that was made anew with a right hash',
      change: async () => forge(6),
      broken: { brokenAt: 7, how: 'unlinked' },
    },
  ])('finds $what', async ({ change, broken }) => {
    expect(await verify()).toBeNull()
    await change()
    expect(await verify()).toMatchObject(broken)
  })

  it('is anchored once a day, in the database and in a file', async () => {
    const anchor = await anchorAudit(services, folder)
    expect(anchor).toMatchObject({ _id: '2026-11-23', entry: 8 })
    expect(await anchorAudit(services, folder)).toBeNull()
    const { good, forged } = await readAnchors(anchorFile(folder), services.vault.publicKey())
    expect([good.length, forged.length]).toEqual([1, 0])
    expect(await readFile(anchorFile(folder), 'utf8')).toContain(anchor!.hash)
  })

  it('finds an end that was cut off, and a chain that was written anew as a whole, by what was anchored outside', async () => {
    await anchorAudit(services, folder)
    await auditEntries(services.connection).deleteMany({ _id: { $gte: 7 } })
    expect(await verify()).toMatchObject({ brokenAt: 7, how: 'missing' })

    await auditEntries(services.connection).deleteMany({})
    await auditAnchors(services.connection).deleteMany({})
    const forger = createAuditLog(services.connection, () => clock.now())
    for (let index = 1; index <= 9; index += 1) await forger.append({ event: 'case.read', actor: 'somebody else' })
    expect(await verify()).toBeNull()
    const told = await command('verify')
    expect(told.code).toBe(1)
    expect(told.output).toMatch(/第8条断开.*锚定/)
  }, 30_000)

  it('is verified by a command, which names the first broken link', async () => {
    const fine = await command('verify')
    expect(fine, fine.output).toMatchObject({ code: 0 })
    expect(fine.output).toMatch(/完整.*8条/)
    await auditEntries(services.connection).updateOne({ _id: 3 }, { $set: { event: 'case.noted' } })
    const told = await command('verify')
    expect(told.code).toBe(1)
    expect(told.output).toMatch(/第3条断开.*2026-11-23 09:00.*case\.noted.*改过/)
  }, 30_000)
})

/** As somebody would who knows how hashes are made but leaves the rest as it is. */
async function forge(place: number): Promise<void> {
  const entry = (await auditEntries(services.connection).findOne({ _id: place }))!
  const { _id, at, event, previous } = entry
  const hash = contentHash(JSON.stringify([_id, at.toISOString(), event, 'forged', null, null, previous]))
  await auditEntries(services.connection).replaceOne({ _id }, { at, event, actor: 'forged', previous, hash })
}
