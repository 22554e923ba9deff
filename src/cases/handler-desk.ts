/** What belongs to a handler and not to a case: days away, and the telephone on which to be reminded. */
import { DomainError } from '../infrastructure/errors.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { AccountActor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { createReceiptCode, findReceiptCode } from './receipt-code.ts'
import type { Absence, Absences, ChannelCode, Reminders } from './schema.ts'

const PAIRING_MS = 15 * 60_000

/** One's own days, and for heads those of their unit. */
const mayPlan = (actor: AccountActor, account: AccountActor): boolean =>
  account.accountId === actor.accountId ||
  (actor.unit === account.unit && actor.roles.some((role) => role === 'director' || role === 'clerk'))

/** While somebody is away nothing is given to them; what they have not opened goes to others. */
export async function planAbsence(context: CaseContext, actor: AccountActor, input: Absence): Promise<void> {
  if (input.until < input.from) throw new DomainError('absence_invalid', 400, '回来的日子不能早于离开的日子。')
  const account = await accountOf(context, actor, input.accountId ?? actor.accountId)
  await context.collections.handlers.updateOne(
    { _id: account.accountId },
    { $set: { away: { from: input.from, until: input.until } } },
    { upsert: true },
  )
  await context.audit({ event: 'absence.planned', actor: actor.accountId, subject: account.accountId })
}

export async function endAbsence(context: CaseContext, actor: AccountActor, accountId: string): Promise<void> {
  const account = await accountOf(context, actor, accountId)
  await context.collections.handlers.updateOne({ _id: account.accountId }, { $unset: { away: '' } })
  await context.audit({ event: 'absence.ended', actor: actor.accountId, subject: account.accountId })
}

/** Today's and coming absences of those whose days one may plan. */
export async function listAbsences(context: CaseContext, actor: AccountActor): Promise<Absences> {
  const today = shanghaiDate(context.clock.now())
  const accounts = (await context.accounts()).filter((account) => mayPlan(actor, account))
  const rows = await context.collections.handlers
    .find({ _id: { $in: accounts.map(({ accountId }) => accountId) }, 'away.until': { $gte: today } })
    .toArray()
  return {
    people: accounts.flatMap(({ accountId, displayName }) =>
      accountId === actor.accountId ? [] : [{ accountId, displayName }],
    ),
    items: rows.flatMap(({ _id, away }) => {
      const account = accounts.find(({ accountId }) => accountId === _id)
      return account && away
        ? [{ accountId: _id, displayName: account.displayName, ...away, mine: _id === actor.accountId }]
        : []
    }),
  }
}

async function accountOf(context: CaseContext, actor: AccountActor, accountId: string): Promise<AccountActor> {
  const account = (await context.accounts()).find((one) => one.accountId === accountId)
  if (!account || !mayPlan(actor, account)) throw new DomainError('not_found', 404, '没有找到这个账号。')
  return account
}

/** Sent from the handler's own phone to the bot, the code says: remind me here. */
export async function createChannelCode(context: CaseContext, actor: AccountActor): Promise<ChannelCode> {
  const code = createReceiptCode()
  const until = new Date(context.clock.now().getTime() + PAIRING_MS)
  await context.collections.handlers.updateOne(
    { _id: actor.accountId },
    { $set: { pairing: { codeHash: context.codeHash(code), until } } },
    { upsert: true },
  )
  return { code, until: until.toISOString() }
}

export async function hasChannel(context: CaseContext, actor: AccountActor): Promise<Reminders> {
  const row = await context.collections.handlers.findOne({ _id: actor.accountId }, { projection: { contactId: 1 } })
  return { on: Boolean(row?.contactId) }
}

export async function forgetChannel(context: CaseContext, actor: AccountActor): Promise<void> {
  await context.collections.handlers.updateOne({ _id: actor.accountId }, { $unset: { contactId: '', pairing: '' } })
}

/** @returns true when the text holds a code that pairs this contact; used once */
export async function pairChannel(context: CaseContext, text: string, contactId: string, now: Date): Promise<boolean> {
  const code = findReceiptCode(text)
  if (!code || !('code' in code)) return false
  const paired = await context.collections.handlers.updateOne(
    { 'pairing.codeHash': context.codeHash(code.code), 'pairing.until': { $gte: now } },
    { $set: { contactId }, $unset: { pairing: '' } },
  )
  return paired.modifiedCount === 1
}
