/** Wrong passwords make one account, or one address, wait: never everybody. Kept by keyed hash; gone after a day. */
import { DomainError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'

interface StoredFailures {
  /** Keyed hash of the account's name or of the address. */
  _id: string
  count: number
  lockedUntil?: Date
  at: Date
}

/** An office shares one address: it gets more tries than one account. */
const ALLOWED = { account: 5, address: 20 } as const
const LOCK_MS = 15 * 60_000
const DAY_MS = 86_400_000

export interface LockOut {
  prepare(): Promise<void>
  /** @throws DomainError account_locked, address_locked */
  check(username: string, address: string): Promise<void>
  failed(username: string, address: string): Promise<void>
  /** Right at last: the account's own count begins anew, the address's goes on. */
  succeeded(username: string): Promise<void>
}

export function createLockOut({ connection, clock, vault }: Services): LockOut {
  const failures = connection.collection<StoredFailures>('sign_in_failures')
  const keyOf = (kind: keyof typeof ALLOWED, value: string): string => vault.fingerprint(`sign-in-${kind}`, value)
  const count = async (kind: keyof typeof ALLOWED, value: string): Promise<void> => {
    if (value === '') return
    const now = clock.now()
    const found = await failures.findOne({ _id: keyOf(kind, value) })
    const fresh = found && now.getTime() - found.at.getTime() < LOCK_MS ? found.count : 0
    const reached = fresh + 1 >= ALLOWED[kind]
    await failures.updateOne(
      { _id: keyOf(kind, value) },
      {
        $set: {
          count: reached ? 0 : fresh + 1,
          at: now,
          ...(reached && { lockedUntil: new Date(now.getTime() + LOCK_MS) }),
        },
      },
      { upsert: true },
    )
  }
  return {
    prepare: async () => void (await failures.createIndex({ at: 1 })),
    async check(username, address) {
      const locked = await failures
        .find({
          _id: { $in: [keyOf('account', username), keyOf('address', address)] },
          lockedUntil: { $gt: clock.now() },
        })
        .toArray()
      // The same words whether there is such an account or not.
      if (locked.length > 0) throw new DomainError('account_locked', 429, '密码错的次数太多，请15分钟后再试。')
    },
    async failed(username, address) {
      await failures.deleteMany({ at: { $lt: new Date(clock.now().getTime() - DAY_MS) } })
      await count('account', username)
      await count('address', address)
    },
    succeeded: async (username) => void (await failures.deleteOne({ _id: keyOf('account', username) })),
  }
}
