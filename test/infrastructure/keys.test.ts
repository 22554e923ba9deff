/** Keys: rotated while the service runs, from a file or a command, and nothing opens with a wrong one. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildServices } from '../../src/infrastructure/build-services.ts'
import { systemClock } from '../../src/infrastructure/clock.ts'
import { readInstanceKey } from '../../src/infrastructure/instance-key.ts'
import { runScript } from '../support/run-script.ts'
import { testServers } from '../support/servers.ts'

const logger = pino({ level: 'silent' })
const newKey = (): string => randomBytes(32).toString('base64')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'village-desk-keys-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

describe('rotation', () => {
  const servers = testServers()
  const [oldKey, freshKey] = [newKey(), newKey()]
  const open = async (instanceKey: string) =>
    buildServices({ mongodbUri: servers.mongoUri, ...servers, instanceKey, publicUrl: '' }, systemClock, logger)
  const keys = async (instanceKey: string, ...args: string[]) =>
    runScript('scripts/keys.ts', args, { MONGODB_URI: servers.mongoUri, INSTANCE_KEY: instanceKey })

  it('goes on under what runs, brings cases over, and lets a new instance key take the place of the old', async () => {
    const running = await open(oldKey)
    const other = await open(oldKey)
    try {
      const { connection, vault } = running
      const cases = connection.collection<{ _id: string; dataKey: Buffer; note: Buffer }>('cases')
      const { key, wrapped } = vault.newDataKey()
      await cases.insertOne({ _id: 'one', dataKey: wrapped, note: vault.seal('修井的钱', 'one', key) })
      const looked = vault.fingerprint('contact', 'sms|13800000001')

      await writeFile(join(folder, 'new.key'), `${freshKey}\n`)
      const rotated = await keys(oldKey, 'rotate', '--new-key-file', join(folder, 'new.key'))
      expect(rotated, rotated.output).toMatchObject({ code: 0 })

      const stored = await cases.findOne({ _id: 'one' }, { promoteBuffers: true })
      expect(stored!.dataKey.equals(wrapped)).toBe(false)
      expect(stored!.dataKey[0]).toBe(2)
      // Both processes were running all the time, and read what the rotation wrote.
      for (const { vault: own } of [running, other]) {
        expect(own.openText(stored!.note, 'one', own.unwrapDataKey(stored!.dataKey))).toBe('修井的钱')
        expect(own.seal('x', 'y')[0]).toBe(2)
        expect(own.fingerprint('contact', 'sms|13800000001')).toBe(looked)
        expect(own.openText(own.seal('新', 'y'), 'y')).toBe('新')
      }
      // The old one opens it until it is retired; then only the new one does.
      await (await open(oldKey)).close()
      expect((await keys(oldKey, 'rotate')).output).toMatch(/retire/)
      expect((await keys(freshKey, 'retire')).code).toBe(0)
      await expect(open(oldKey)).rejects.toMatchObject({ code: 'instance_key_wrong' })
      const restarted = await open(freshKey)
      expect(restarted.vault.openText(stored!.note, 'one', restarted.vault.unwrapDataKey(stored!.dataKey))).toBe(
        '修井的钱',
      )
      await restarted.close()
      // Who still runs with the old one is not cut off in the middle of the day.
      expect(running.vault.openText(running.vault.seal('好', 'y'), 'y')).toBe('好')
    } finally {
      await running.close()
      await other.close()
    }
  }, 60_000)

  it('takes up a generation that came while it ran, by itself', async () => {
    const own = testServers()
    const key = newKey()
    const running = await buildServices(
      { mongodbUri: own.mongoUri, ...own, instanceKey: key, publicUrl: '' },
      systemClock,
      logger,
    )
    await runScript('scripts/keys.ts', ['rotate'], { MONGODB_URI: own.mongoUri, INSTANCE_KEY: key })
    await vi.waitFor(() => expect(running.vault.seal('x', 'y')[0]).toBe(2), { timeout: 10_000 })
    await running.close()
  }, 30_000)
})

describe('the instance key', () => {
  it('comes from a file, from a key service, or from the setting', async () => {
    const key = newKey()
    await writeFile(join(folder, 'instance.key'), `${key}\n`)
    expect(await readInstanceKey({ INSTANCE_KEY_FILE: join(folder, 'instance.key'), INSTANCE_KEY: 'x' })).toBe(key)
    expect(await readInstanceKey({ INSTANCE_KEY_COMMAND: `cat ${join(folder, 'instance.key')}` })).toBe(key)
    expect(await readInstanceKey({ INSTANCE_KEY: key })).toBe(key)
    await expect(readInstanceKey({ INSTANCE_KEY_COMMAND: 'echo secret; exit 3' })).rejects.toMatchObject({
      code: 'instance_key_unreadable',
    })
  })

  it('must be of the right length', async () => {
    const { mongoUri, redisUrl, queuePrefix } = testServers()
    const settings = { mongodbUri: mongoUri, redisUrl, queuePrefix, publicUrl: '' }
    for (const instanceKey of [undefined, '', 'c2hvcnQ='])
      await expect(buildServices({ ...settings, instanceKey }, systemClock, logger)).rejects.toMatchObject({
        code: 'instance_key_missing',
      })
  })
})

describe('a sealed value', () => {
  it('opens in its own place only, and not when a byte was changed', async () => {
    const own = testServers()
    const { vault, close } = await buildServices(
      { mongodbUri: own.mongoUri, ...own, instanceKey: newKey(), publicUrl: '' },
      systemClock,
      logger,
    )
    const sealed = vault.seal('王秀英', 'case:1:reporter')
    expect(() => vault.open(sealed, 'case:2:reporter')).toThrow()
    for (const place of [1, 14, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[place] = changed[place]! ^ 1
      expect(() => vault.open(changed, 'case:1:reporter'), `byte ${place}`).toThrow()
    }
    expect(vault.seal('王秀英', 'a').equals(vault.seal('王秀英', 'a'))).toBe(false)
    await close()
  })
})
