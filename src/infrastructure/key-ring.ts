/**
 * The key ring: the keys that seal, wrap, hash and sign, kept in MongoDB wrapped by the instance's key. Rotation adds a
 * generation and wraps the ring anew; processes that run take it up by themselves, so nothing stops meanwhile.
 */
import { createHash, generateKeyPairSync, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { openBytes, sealBytes } from './crypto.ts'
import type { KeyRing } from './crypto.ts'
import { DomainError } from './errors.ts'
import { isDuplicateKey } from './mongo.ts'

interface StoredRing {
  _id: 'ring'
  /** Counts changes. */
  version: number
  /** The same ring under each instance key that opens it: two while a new one is brought in. */
  wraps: { keyId: string; value: Buffer }[]
  /** Generation that new values are sealed with. */
  current: number
  changedAt: Date
}

/** A process that holds the ring, and how new its ring is. */
interface StoredHolder {
  _id: string
  version: number
  seenAt: Date
}

interface RingContent {
  hash: string
  generations: { number: number; seal: string; wrap: string }[]
  /** PKCS #8, base64. */
  sign: string
}

export interface KeyRings {
  /** Opens the ring; makes it on the first start. @throws DomainError instance_key_wrong */
  open(): Promise<KeyRing>
  /** Takes up what changed, every few seconds, until the returned function is called. */
  follow(ring: KeyRing): () => Promise<void>
  /** A new generation of keys; resolves when every running process has it. @returns its number */
  addGeneration(): Promise<number>
  /** New values are sealed with it from now on. */
  useGeneration(number: number): Promise<void>
  /** Lets a second instance key open the ring. */
  admit(newKey: Buffer): Promise<void>
  /** From now on only the instance key that this was built with opens the ring. @returns how many others it was taken from */
  retireOthers(): Promise<number>
}

const FOLLOW_MS = 2000
/** A process that has not been heard of for so long is gone. */
const GONE_MS = 15_000

/** Names an instance key without telling it. */
export const keyIdOf = (instanceKey: Buffer): string =>
  createHash('sha256').update(derive(instanceKey, 'id')).digest('hex').slice(0, 16)

function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'village-desk', use, 32))
}

export function createKeyRings(connection: Connection, instanceKey: Buffer): KeyRings {
  const rings = connection.collection<StoredRing>('keys')
  const holders = connection.collection<StoredHolder>('key_holders')
  const keyId = keyIdOf(instanceKey)

  const wrap = (content: RingContent, key: Buffer): { keyId: string; value: Buffer } => ({
    keyId: keyIdOf(key),
    value: sealBytes(JSON.stringify(content), 'key-ring', derive(key, 'ring'), 1),
  })

  const unwrap = (stored: StoredRing): RingContent => {
    const own = stored.wraps.find((one) => one.keyId === keyId)
    if (!own)
      throw new DomainError(
        'instance_key_wrong',
        500,
        '主密钥和数据库对不上。 INSTANCE_KEY is not the key that this database was sealed with.',
      )
    return JSON.parse(openBytes(own.value, 'key-ring', derive(instanceKey, 'ring')).toString('utf8')) as RingContent
  }

  const read = async (): Promise<StoredRing | null> => rings.findOne({ _id: 'ring' }, { promoteBuffers: true })

  /** Installations that are older than the ring sealed with keys derived from the instance key: those are its first generation. */
  const firstContent = async (): Promise<RingContent> => {
    const inUse = await Promise.all(
      ['contacts', 'cases', 'inbox', 'questions'].map(async (name) =>
        connection.collection(name).findOne({}, { projection: { _id: 1 } }),
      ),
    )
    const older = inUse.some((found) => found !== null)
    const key = (use: string): string => (older ? derive(instanceKey, use) : randomBytes(32)).toString('base64')
    const { privateKey } = generateKeyPairSync('ed25519')
    return {
      hash: key('hash'),
      generations: [{ number: 1, seal: key('seal'), wrap: key('wrap') }],
      sign: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    }
  }

  const fill = (ring: KeyRing, stored: StoredRing): KeyRing => {
    const content = unwrap(stored)
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
    ring.version = stored.version
    ring.hash = bytes(content.hash)
    ring.sign = bytes(content.sign)
    for (const { number, seal, wrap: wrapping } of content.generations)
      ring.generations.set(number, { seal: bytes(seal), wrap: bytes(wrapping) })
    ring.current = stored.current
    return ring
  }

  /** Changes the ring; another change at the same moment makes it begin again. */
  const change = async (make: (content: RingContent, stored: StoredRing) => Partial<StoredRing>): Promise<number> => {
    for (;;) {
      const stored = await read()
      if (!stored) throw new Error('there is no key ring yet')
      const set = make(unwrap(stored), stored)
      const version = stored.version + 1
      const written = await rings.updateOne(
        { _id: 'ring', version: stored.version },
        { $set: { ...set, version, changedAt: new Date() } },
        { writeConcern: { w: 'majority' } },
      )
      if (written.matchedCount === 1) return version
    }
  }

  const allHave = async (version: number): Promise<void> => {
    const until = Date.now() + GONE_MS * 2
    for (;;) {
      const behind = await holders.countDocuments({
        version: { $lt: version },
        seenAt: { $gt: new Date(Date.now() - GONE_MS) },
      })
      if (behind === 0) return
      if (Date.now() > until)
        throw new DomainError(
          'keys_not_taken_up',
          503,
          '有进程没有跟上新密钥,没有轮换。 A running process did not take up the new keys.',
        )
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  return {
    async open() {
      let stored = await read()
      if (!stored) {
        const first: StoredRing = {
          _id: 'ring',
          version: 1,
          wraps: [wrap(await firstContent(), instanceKey)],
          current: 1,
          changedAt: new Date(),
        }
        try {
          await rings.insertOne(first, { writeConcern: { w: 'majority' } })
        } catch (error) {
          // Another process was first: its ring is the ring.
          if (!isDuplicateKey(error)) throw error
        }
        stored = await read()
      }
      if (!stored) throw new Error('the key ring is gone')
      return fill(
        { version: 0, current: 1, generations: new Map(), hash: Buffer.alloc(0), sign: Buffer.alloc(0) },
        stored,
      )
    },
    follow(ring) {
      const _id = randomUUID()
      let stopped = false
      let running = Promise.resolve()
      const look = async (): Promise<void> => {
        const stored = await read()
        if (stored && stored.version !== ring.version) fill(ring, stored)
        if (!stopped)
          await holders.updateOne({ _id }, { $set: { version: ring.version, seenAt: new Date() } }, { upsert: true })
      }
      // MongoDB away, or our key retired: this process goes on with what it has until its next start.
      const again = (): void => void (running = running.then(look).catch(() => undefined))
      again()
      const timer = setInterval(again, FOLLOW_MS)
      timer.unref()
      return async () => {
        stopped = true
        clearInterval(timer)
        await running
        await holders.deleteOne({ _id }).catch(() => undefined)
      }
    },
    async addGeneration() {
      let number = 0
      // A second instance key could not read what it cannot be wrapped for: such a change is ended first.
      const version = await change((content, stored) => {
        if (stored.wraps.length > 1)
          throw new DomainError(
            'rotation_unfinished',
            409,
            '上次换主密钥还没收尾。 Finish the last change first: npm run keys -- retire',
          )
        number = Math.max(...content.generations.map((one) => one.number)) + 1
        if (number > 255) throw new Error('the ring is full')
        content.generations.push({
          number,
          seal: randomBytes(32).toString('base64'),
          wrap: randomBytes(32).toString('base64'),
        })
        return { wraps: [wrap(content, instanceKey)] }
      })
      await allHave(version)
      return number
    },
    async useGeneration(number) {
      await allHave(await change(() => ({ current: number })))
    },
    async admit(newKey) {
      await change((content, stored) => ({
        wraps: [...stored.wraps.filter((one) => one.keyId !== keyIdOf(newKey)), wrap(content, newKey)],
      }))
    },
    async retireOthers() {
      let others = 0
      await change((_, stored) => {
        others = stored.wraps.length - 1
        return { wraps: stored.wraps.filter((one) => one.keyId === keyId) }
      })
      return others
    },
  }
}
