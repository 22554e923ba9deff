/** Accounts of the sample township, so that a newcomer can sit in each chair. Never on an installation that serves people. */
import { z } from 'zod'
import type { Services } from '../infrastructure/services.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { Accounts } from './account.ts'
import { ROLES } from './actor.ts'

/** Shape of demo-accounts.yaml. */
const DemoAccounts = z.object({
  password: z.string().min(8),
  accounts: z.array(
    z.object({
      username: z.string(),
      displayName: z.string(),
      operators: z.array(z.string()).default([]),
      unit: z.string(),
      roles: z.array(z.enum(ROLES)).min(1),
      villages: z.array(z.string()).default([]),
    }),
  ),
})

export interface DemoAccountStore {
  /** Creates them. @throws DomainError demo_accounts_invalid */
  load(raw: unknown): Promise<number>
  /** For the sign-in page; empty where none were loaded. */
  list(): Promise<{ username: string; displayName: string; password: string }[]>
}

export function createDemoAccounts({ connection }: Pick<Services, 'connection'>, accounts: Accounts): DemoAccountStore {
  const collection = connection.collection<{
    _id: string
    accounts: { username: string; displayName: string; password: string }[]
  }>('demo_accounts')
  return {
    async load(raw) {
      const parsed = DemoAccounts.safeParse(raw)
      if (!parsed.success) {
        const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        throw new DomainError('demo_accounts_invalid', 400, '演示账号文件有误。', places)
      }
      const { password, accounts: list } = parsed.data
      for (const account of list) await accounts.save({ ...account, password, demo: true })
      const shown = list.map(({ username, displayName }) => ({ username, displayName, password }))
      await collection.replaceOne({ _id: 'demo' }, { accounts: shown }, { upsert: true })
      return list.length
    },
    list: async () => (await collection.findOne({ _id: 'demo' }))?.accounts ?? [],
  }
}
