/** Sessions of the console: they end by themselves, after a working day or when nobody is there, and can be ended from elsewhere. */
import { randomBytes } from 'node:crypto'
import { Types } from 'mongoose'
import { contentHash } from '../infrastructure/crypto.ts'
import type { Services } from '../infrastructure/services.ts'

export interface StoredSession {
  /** SHA-256 of the token. */
  _id: string
  /** Names it to people; opens nothing. */
  handle: string
  accountId: Types.ObjectId
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  /** Signed in with the password, still to set up the second factor: good for that alone. */
  enrolling?: true
  address: string
  device: string
}

export interface SessionFacts {
  handle: string
  accountId: string
  createdAt: Date
  lastSeenAt: Date
  address: string
  device: string
  current: boolean
}

export const SESSION_MS = 12 * 3_600_000
export const IDLE_MS = 2 * 3_600_000
const ENROLLING_MS = 15 * 60_000
const SEEN_MS = 60_000

export interface Sessions {
  prepare(): Promise<void>
  begin(
    accountId: Types.ObjectId,
    from: { address: string; device: string },
    enrolling: boolean,
  ): Promise<{ token: string; expiresAt: Date }>
  /** The session that stands behind a token, null when it has ended. */
  find(token: string): Promise<StoredSession | null>
  /** The second factor is set up: it is a whole session now. */
  complete(token: string): Promise<void>
  end(token: string): Promise<void>
  /** @returns false when the account has no such session */
  endByHandle(accountId: string | null, handle: string): Promise<boolean>
  endAll(accountId: Types.ObjectId, exceptToken?: string): Promise<void>
  /** @param accountId null: of everybody */
  list(accountId: string | null, currentToken: string): Promise<SessionFacts[]>
}

export function createSessions({ connection, clock }: Pick<Services, 'connection' | 'clock'>): Sessions {
  const sessions = connection.collection<StoredSession>('sessions')
  const alive = (): object => {
    const now = clock.now()
    return { expiresAt: { $gt: now }, lastSeenAt: { $gt: new Date(now.getTime() - IDLE_MS) } }
  }
  return {
    async prepare() {
      // Our clock says what has ended, not MongoDB's: the index that removed sessions by that one is gone.
      await sessions.dropIndex('expiresAt_1').catch(() => undefined)
      await sessions.createIndex({ expiresAt: 1 }, { name: 'by_end' })
      await sessions.createIndex({ accountId: 1 })
    },
    async begin(accountId, { address, device }, enrolling) {
      const now = clock.now()
      await sessions.deleteMany({ expiresAt: { $lt: now } })
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + (enrolling ? ENROLLING_MS : SESSION_MS))
      await sessions.insertOne({
        _id: contentHash(token),
        handle: randomBytes(9).toString('base64url'),
        accountId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
        ...(enrolling && { enrolling: true as const }),
        address: address.slice(0, 60),
        device: device.slice(0, 120),
      })
      return { token, expiresAt }
    },
    async find(token) {
      const session = await sessions.findOne({ _id: contentHash(token), ...alive() })
      const now = clock.now()
      if (session && now.getTime() - session.lastSeenAt.getTime() > SEEN_MS)
        await sessions.updateOne({ _id: session._id }, { $set: { lastSeenAt: now } })
      return session
    },
    async complete(token) {
      await sessions.updateOne(
        { _id: contentHash(token) },
        { $unset: { enrolling: '' }, $set: { expiresAt: new Date(clock.now().getTime() + SESSION_MS) } },
      )
    },
    end: async (token) => void (await sessions.deleteOne({ _id: contentHash(token) })),
    async endByHandle(accountId, handle) {
      const { deletedCount } = await sessions.deleteOne({
        handle,
        ...(accountId && { accountId: new Types.ObjectId(accountId) }),
      })
      return deletedCount === 1
    },
    endAll: async (accountId, exceptToken) =>
      void (await sessions.deleteMany({ accountId, ...(exceptToken && { _id: { $ne: contentHash(exceptToken) } }) })),
    async list(accountId, currentToken) {
      const found = await sessions
        .find({ ...(accountId && { accountId: new Types.ObjectId(accountId) }), ...alive() })
        .sort({ lastSeenAt: -1 })
        .limit(500)
        .toArray()
      return found.map(({ _id, handle, accountId: id, createdAt, lastSeenAt, address, device }) => ({
        handle,
        accountId: id.toHexString(),
        createdAt,
        lastSeenAt,
        address,
        device,
        current: _id === contentHash(currentToken),
      }))
    },
  }
}
