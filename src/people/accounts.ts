/** Accounts of the console and their sessions. Passwords are kept as argon2id; session tokens as hashes. */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Types } from 'mongoose'
import { contentHash } from '../infrastructure/crypto.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'
import type { AccountActor, Role } from './actor.ts'
import type { OrganisationStore } from './organisation.ts'

interface StoredAccount {
  _id: Types.ObjectId
  username: string
  displayName: string
  passwordHash: string
  roles: Role[]
  unit: string
  operators: string[]
  villages: string[]
  active: boolean
  failures?: { count: number; lockedUntil?: Date }
}

interface StoredSession {
  /** SHA-256 of the token. */
  _id: string
  accountId: Types.ObjectId
  createdAt: Date
  expiresAt: Date
}

export interface NewAccount {
  username: string
  displayName: string
  password: string
  roles: Role[]
  unit: string
  /** Ids of the officials who work with it. */
  operators: string[]
  villages?: string[]
}

export interface Accounts {
  prepare(): Promise<void>
  /** Creates or replaces by user name. */
  save(account: NewAccount): Promise<void>
  /** @throws DomainError sign_in_failed, account_locked */
  signIn(username: string, password: string): Promise<{ token: string; actor: AccountActor; expiresAt: Date }>
  signOut(token: string): Promise<void>
  actorOf(token: string): Promise<AccountActor | null>
  list(): Promise<AccountActor[]>
}

const SESSION_MS = 12 * 3_600_000
/** Five wrong passwords, a quarter of an hour of rest: for this account only. */
const FAILURES_ALLOWED = 5
const LOCK_MS = 15 * 60_000

export function createAccounts({ connection, clock }: Services, organisation: OrganisationStore): Accounts {
  const accounts = connection.collection<StoredAccount>('accounts')
  const sessions = connection.collection<StoredSession>('sessions')
  /** Verified against when there is no such account, so that the answer takes as long. */
  const decoy = hash(randomBytes(16).toString('hex'))

  const toActor = async (account: StoredAccount): Promise<AccountActor> => ({
    kind: 'account',
    accountId: account._id.toHexString(),
    username: account.username,
    displayName: account.displayName,
    roles: account.roles,
    unit: account.unit,
    level: (await organisation.get()).units.find(({ id }) => id === account.unit)?.level ?? 'none',
    operators: account.operators,
    villages: account.villages,
  })

  return {
    async prepare() {
      await accounts.createIndex({ username: 1 }, { unique: true })
      await sessions.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    },
    async save({ password, ...account }) {
      await accounts.updateOne(
        { username: account.username },
        {
          $set: { ...account, villages: account.villages ?? [], passwordHash: await hash(password), active: true },
          $unset: { failures: '' },
        },
        { upsert: true, writeConcern: { w: 'majority' } },
      )
    },
    async signIn(username, password) {
      const now = clock.now()
      const account = await accounts.findOne({ username, active: true })
      if (account?.failures?.lockedUntil && account.failures.lockedUntil > now)
        throw new DomainError('account_locked', 429, '密码错的次数太多，请15分钟后再试。')
      const right = await verify(account?.passwordHash ?? (await decoy), password)
      if (!account || !right) {
        if (account) {
          const count = (account.failures?.count ?? 0) + 1
          const locked = count >= FAILURES_ALLOWED
          await accounts.updateOne(
            { _id: account._id },
            { $set: { failures: locked ? { count: 0, lockedUntil: new Date(now.getTime() + LOCK_MS) } : { count } } },
          )
        }
        throw new DomainError('sign_in_failed', 401, '用户名或密码不对。')
      }
      await accounts.updateOne({ _id: account._id }, { $unset: { failures: '' } })
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + SESSION_MS)
      await sessions.insertOne({ _id: contentHash(token), accountId: account._id, createdAt: now, expiresAt })
      return { token, actor: await toActor(account), expiresAt }
    },
    async signOut(token) {
      await sessions.deleteOne({ _id: contentHash(token) })
    },
    async actorOf(token) {
      const session = await sessions.findOne({ _id: contentHash(token), expiresAt: { $gt: clock.now() } })
      const account = session && (await accounts.findOne({ _id: session.accountId, active: true }))
      return account ? toActor(account) : null
    },
    async list() {
      return Promise.all((await accounts.find({ active: true }).toArray()).map(toActor))
    },
  }
}
