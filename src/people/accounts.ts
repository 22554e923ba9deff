/** Accounts of the console. Passwords are kept as argon2id, second factors sealed, session tokens as hashes. */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'
import type { AccountOptions, Accounts, NewAccount, StoredAccount } from './account.ts'
import type { AccountActor } from './actor.ts'
import { createLockOut } from './lock-out.ts'
import type { OrganisationStore } from './organisation.ts'
import { findPasswordFault } from './password-rules.ts'
import { createSessions } from './sessions.ts'
import type { StoredSession } from './sessions.ts'
import { findTotpStep, newTotpSecret, toBase32, totpUri } from './totp.ts'

const ISSUER = '村务通'
const wrong = (): DomainError => new DomainError('sign_in_failed', 401, '用户名或密码不对。')
const needed = (): DomainError => new DomainError('sign_in_needed', 401, '请先登录。')

/** Sees tips, or could give itself an account that does. */
const needsSecondFactor = ({ roles }: Pick<StoredAccount, 'roles'>, level: string): boolean =>
  roles.some((role) => role === 'discipline-officer' || role === 'administrator') ||
  (level.endsWith('discipline') && roles.some((role) => role === 'supervisor' || role === 'director'))

export function createAccounts(
  services: Services,
  organisation: OrganisationStore,
  options: AccountOptions = {},
): Accounts {
  const { connection, clock, vault } = services
  const accounts = connection.collection<StoredAccount>('accounts')
  const sessions = createSessions(services)
  const lockOut = createLockOut(services)
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

  const byToken = async (token: string): Promise<{ account: StoredAccount; session: StoredSession } | null> => {
    const session = await sessions.find(token)
    const account =
      session && (await accounts.findOne({ _id: session.accountId, active: true }, { promoteBuffers: true }))
    return session && account && !(account.demo && options.demoAccounts === false) ? { account, session } : null
  }

  const secretOf = (account: StoredAccount): Buffer | null =>
    account.totp ? vault.open(account.totp.sealed, `totp:${account._id.toHexString()}`) : null

  /** Takes a code once. */
  const takeCode = async (account: StoredAccount, code: string): Promise<boolean> => {
    const secret = secretOf(account)
    const step = secret && findTotpStep(secret, code, clock.now(), account.totp?.lastStep)
    if (!step) return false
    const taken = await accounts.updateOne(
      { _id: account._id, 'totp.lastStep': { $lt: step } },
      { $set: { 'totp.lastStep': step, 'totp.confirmed': true } },
    )
    return taken.modifiedCount === 1
  }

  const checkPassword = (password: string, username: string): void => {
    const fault = findPasswordFault(password, username)
    if (fault) throw new DomainError('password_weak', 400, fault)
  }
  const save = async ({ password, ...account }: NewAccount): Promise<void> => {
    await accounts.updateOne(
      { username: account.username },
      { $set: { ...account, villages: account.villages ?? [], passwordHash: await hash(password), active: true } },
      { upsert: true, writeConcern: { w: 'majority' } },
    )
  }

  return {
    async prepare() {
      await accounts.createIndex({ username: 1 }, { unique: true })
      await Promise.all([sessions.prepare(), lockOut.prepare()])
    },
    save,
    async create(account) {
      checkPassword(account.password, account.username)
      if (await accounts.findOne({ username: account.username }))
        throw new DomainError('account_exists', 409, '已经有这个用户名了。')
      await save(account)
    },
    async setActive(username, active) {
      const account = await accounts.findOneAndUpdate({ username }, { $set: { active } })
      if (account && !active) await sessions.endAll(account._id)
      return account !== null
    },
    async reset(username, password) {
      checkPassword(password, username)
      const account = await accounts.findOneAndUpdate(
        { username },
        { $set: { passwordHash: await hash(password) }, $unset: { totp: '' } },
      )
      if (account) await sessions.endAll(account._id)
      return account !== null
    },
    async signIn(username, password, { code, address = '', device = '' } = {}) {
      await lockOut.check(username, address)
      const account = await accounts.findOne({ username, active: true }, { promoteBuffers: true })
      const right = await verify(account?.passwordHash ?? (await decoy), password)
      if (!account || !right || (account.demo && options.demoAccounts === false)) {
        await lockOut.failed(username, address)
        throw wrong()
      }
      const actor = await toActor(account)
      if (account.totp?.confirmed) {
        if (!code) throw new DomainError('totp_needed', 401, '请输入手机验证器上的6位数字。')
        if (!(await takeCode(account, code))) {
          await lockOut.failed(username, address)
          throw new DomainError('totp_wrong', 401, '验证码不对或者用过了,请等下一个。')
        }
      }
      await lockOut.succeeded(username)
      const enrol =
        options.secondFactor === 'required' &&
        !account.demo &&
        !account.totp?.confirmed &&
        needsSecondFactor(account, actor.level)
      return { ...(await sessions.begin(account._id, { address, device }, enrol)), actor, enrol }
    },
    signOut: sessions.end,
    async actorOf(token) {
      const found = await byToken(token)
      return found && !found.session.enrolling ? toActor(found.account) : null
    },
    async accountOf(token) {
      const found = await byToken(token)
      if (!found) return null
      return {
        actor: await toActor(found.account),
        enrolling: found.session.enrolling === true,
        secondFactor: found.account.totp?.confirmed === true,
      }
    },
    async beginEnrolment(token) {
      const found = await byToken(token)
      if (!found) throw needed()
      const { _id, username, totp } = found.account
      if (totp?.confirmed) throw new DomainError('totp_set_already', 409, '已经设过验证器了;换手机请找管理员重置。')
      const secret = newTotpSecret()
      const sealed = vault.seal(secret, `totp:${_id.toHexString()}`)
      await accounts.updateOne({ _id }, { $set: { totp: { sealed, confirmed: false, lastStep: 0 } } })
      return { secret: toBase32(secret), uri: totpUri(secret, username, ISSUER) }
    },
    async confirmEnrolment(token, code) {
      const found = await byToken(token)
      if (!found) throw needed()
      if (!(await takeCode(found.account, code)))
        throw new DomainError('totp_wrong', 400, '验证码不对,请看准当前的6位数字。')
      await sessions.complete(token)
      return toActor(found.account)
    },
    async changePassword(token, old, fresh) {
      const found = await byToken(token)
      if (!found) throw needed()
      const { _id, username, passwordHash } = found.account
      await lockOut.check(username, '')
      if (!(await verify(passwordHash, old))) {
        await lockOut.failed(username, '')
        throw new DomainError('password_wrong', 400, '原来的密码不对。')
      }
      checkPassword(fresh, username)
      await accounts.updateOne({ _id }, { $set: { passwordHash: await hash(fresh) } })
      await sessions.endAll(_id, token)
    },
    sessions: sessions.list,
    endSession: sessions.endByHandle,
    async list() {
      return Promise.all((await accounts.find({ active: true }).toArray()).map(toActor))
    },
  }
}
