/** Who is called out, level by level: those on duty for the village, those of the township, then its heads. */
import type { ClientSession } from 'mongoose'
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { awayToday } from '../give-to-handler.ts'
import { heightOf } from '../routing/levels.ts'
import type { StoredAlarm } from './model.ts'

const ofTownship = ({ level }: AccountActor): boolean => heightOf(level) === 1 && !level.endsWith('discipline')

interface Tier {
  /** Of the village itself. */
  village: boolean
  account(actor: AccountActor, villageId: string | null): boolean
  /** Are the telephones on duty of this level called? */
  phones: boolean
}

export const TIERS: readonly Tier[] = [
  {
    village: true,
    phones: true,
    account: ({ roles, villages }, villageId) =>
      roles.includes('village-committee') && villageId !== null && villages.includes(villageId),
  },
  { village: false, phones: true, account: (actor) => actor.roles.includes('clerk') && ofTownship(actor) },
  { village: false, phones: false, account: (actor) => actor.roles.includes('director') && ofTownship(actor) },
]

/** Somebody who can be written to: an account's paired telephone or WeChat, or a telephone on duty. */
export type OnDuty = { accountId: string; contactId: string } | { phone: string }

export async function findOnDuty(
  context: CaseContext,
  tier: number,
  { villageId, aboveVillage }: Pick<StoredAlarm, 'villageId' | 'aboveVillage'>,
  session: ClientSession,
): Promise<OnDuty[]> {
  const row = TIERS[tier]
  if (!row || (row.village && (aboveVillage || villageId === null))) return []
  const [organisation, accounts, away] = await Promise.all([
    context.organisation(),
    context.accounts(),
    awayToday(context, context.clock.now()),
  ])
  const called = accounts.filter((actor) => !away.has(actor.accountId) && row.account(actor, villageId))
  const paired = await context.collections.handlers
    .find({ _id: { $in: called.map(({ accountId }) => accountId) }, contactId: { $exists: true } }, { session })
    .toArray()
  const phones = row.phones
    ? organisation.duty.filter(({ village }) => (row.village ? village === villageId : village === undefined))
    : []
  return [
    ...phones.map(({ phone }) => ({ phone })),
    ...paired.map(({ _id, contactId }) => ({ accountId: _id, contactId: contactId! })),
  ]
}
