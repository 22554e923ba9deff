/** What an account is, and what can be done with accounts. */
import type { Types } from 'mongoose'
import type { AccountActor, Role } from './actor.ts'
import type { SessionFacts } from './sessions.ts'

export interface StoredAccount {
  _id: Types.ObjectId
  username: string
  displayName: string
  passwordHash: string
  roles: Role[]
  unit: string
  operators: string[]
  villages: string[]
  active: boolean
  /** Of the sample township: no second factor asked for; refused where demo accounts are off. */
  demo?: boolean
  /** Shared secret, sealed; in force once a first code was right. */
  totp?: { sealed: Buffer; confirmed: boolean; lastStep: number }
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
  demo?: boolean
}

export interface AccountOptions {
  /** required: who sees tips or gives out accounts signs in with a code too. Default: only who has set one up. */
  secondFactor?: 'required' | 'optional'
  /** Default true. */
  demoAccounts?: boolean
}

export interface SignInFrom {
  code?: string | undefined
  address?: string
  device?: string
}

export interface SignedIn {
  token: string
  actor: AccountActor
  expiresAt: Date
  /** The session is good for setting up the second factor only. */
  enrol: boolean
}

export interface Accounts {
  prepare(): Promise<void>
  /** Creates or replaces by user name, as it is given. */
  save(account: NewAccount): Promise<void>
  /** @throws DomainError password_weak, account_exists */
  create(account: NewAccount): Promise<void>
  /** Ends its sessions too. @returns false when there is no such account */
  setActive(username: string, active: boolean): Promise<boolean>
  /** Somebody has lost telephone or password: a new password, the second factor is set up anew. @throws DomainError password_weak */
  reset(username: string, password: string): Promise<boolean>
  /** @throws DomainError sign_in_failed, account_locked, totp_needed, totp_wrong */
  signIn(username: string, password: string, from?: SignInFrom): Promise<SignedIn>
  signOut(token: string): Promise<void>
  actorOf(token: string): Promise<AccountActor | null>
  /** Whoever has signed in with the password at least. */
  accountOf(token: string): Promise<{ actor: AccountActor; enrolling: boolean; secondFactor: boolean } | null>
  /** A fresh secret, to be confirmed. @throws DomainError sign_in_needed, totp_set_already */
  beginEnrolment(token: string): Promise<{ secret: string; uri: string }>
  /** @throws DomainError sign_in_needed, totp_wrong */
  confirmEnrolment(token: string, code: string): Promise<AccountActor>
  /** Ends all other sessions. @throws DomainError sign_in_failed, password_weak */
  changePassword(token: string, old: string, fresh: string): Promise<void>
  sessions(accountId: string | null, currentToken: string): Promise<SessionFacts[]>
  endSession(accountId: string | null, handle: string): Promise<boolean>
  list(): Promise<AccountActor[]>
}
