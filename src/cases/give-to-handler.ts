/** Gives a case to one of those who may handle it: the one with the fewest open cases, never one who is away. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { AccountActor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent, StoredCase } from './model.ts'
import { canBeAssigned, stepFor } from './policy.ts'
import { keptFromBelow, unitAbove } from './routing/climb.ts'
import type { Above } from './routing/climb.ts'
import { OPEN_STATES } from './schema.ts'

/** What changes with the case, and what is recorded of it. */
export interface Giving {
  set: Partial<StoredCase>
  entries: { event: CaseEvent; to?: string }[]
}

/** Accounts of the unit whose work this is and that nothing keeps from it. */
export function eligibleIn(
  context: CaseContext,
  accounts: readonly AccountActor[],
  stored: StoredCase,
): AccountActor[] {
  const { handlers } = context.procedures[stored.kind]
  return accounts.filter(
    (account) =>
      account.unit === stored.unit &&
      account.roles.some((role) => handlers.includes(role)) &&
      canBeAssigned(account, stored),
  )
}

/** The desk and the heads see to what nobody has yet. */
const canTake = (account: AccountActor, stored: StoredCase): boolean =>
  stepFor(account, { ...stored, state: 'filed' }, 'accept') !== null

/** The unit above that looks at it again; null when nobody there is on this system: then it stays, with somebody else. */
export async function reviewerAbove(context: CaseContext, stored: StoredCase): Promise<Above | null> {
  const [organisation, accounts] = await Promise.all([context.organisation(), context.accounts()])
  const above = unitAbove(organisation, stored)
  if (!above) return null
  const there = { ...stored, unit: above.unit, level: above.level, assignee: null }
  const somebody =
    accounts.some((account) => canTake(account, there)) || eligibleIn(context, accounts, there).length > 0
  return somebody ? above : null
}

/** Account → open cases, and when one was last given to it. */
export async function loadOf(
  context: CaseContext,
  accountIds: readonly string[],
): Promise<Map<string, { open: number; last: number }>> {
  const rows = await context.collections.cases
    .aggregate<{ _id: string; open: number; last: Date | null }>([
      { $match: { assignee: { $in: [...accountIds] }, state: { $in: [...OPEN_STATES] } } },
      { $group: { _id: '$assignee', open: { $sum: 1 }, last: { $max: '$assignedAt' } } },
    ])
    .toArray()
  return new Map(rows.map(({ _id, open, last }) => [_id, { open, last: last?.getTime() ?? 0 }]))
}

export async function awayToday(context: CaseContext, now: Date): Promise<Set<string>> {
  const today = shanghaiDate(now)
  const away = await context.collections.handlers
    .find({ 'away.from': { $lte: today }, 'away.until': { $gte: today } }, { projection: { _id: 1 } })
    .toArray()
  return new Set(away.map(({ _id }) => _id))
}

/**
 * Who gets it. When nobody at all may handle it where it is, it goes up, level by level; when the right people are
 * only away, it waits for them in sight of the desk.
 * @param prefer who has the others that tell the same
 */
export async function giveToHandler(
  context: CaseContext,
  stored: StoredCase,
  now: Date,
  options: { without?: readonly string[]; prefer?: string } = {},
): Promise<Giving> {
  const [organisation, accounts, away] = await Promise.all([
    context.organisation(),
    context.accounts(),
    awayToday(context, now),
  ])
  const entries: Giving['entries'] = []
  let at: StoredCase = { ...stored, assignee: null }
  while (!accounts.some((account) => canTake(account, at)) && !eligibleIn(context, accounts, at).length) {
    const above = unitAbove(organisation, at)
    if (!above) break
    const mayNotSee = [...new Set([...at.mayNotSee, ...keptFromBelow(organisation, at.kind, above.level)])]
    at = { ...at, unit: above.unit, level: above.level, mayNotSee }
    entries.push({ event: 'climbed', to: above.unit })
  }
  const eligible = eligibleIn(context, accounts, at).filter(
    ({ accountId }) => !away.has(accountId) && !(options.without ?? []).includes(accountId),
  )
  const load = await loadOf(
    context,
    eligible.map(({ accountId }) => accountId),
  )
  const [best] = eligible.toSorted((a, b) => {
    if (a.accountId === options.prefer || b.accountId === options.prefer) return a.accountId === options.prefer ? -1 : 1
    const [left, right] = [load.get(a.accountId), load.get(b.accountId)]
    return (left?.open ?? 0) - (right?.open ?? 0) || (left?.last ?? 0) - (right?.last ?? 0)
  })
  if (best) entries.push({ event: 'assigned', to: best.accountId })
  const { unit, level, mayNotSee } = at
  // Help was asked for by the unit that had it: it ends when the case moves on.
  const helpers = (stored.helpers ?? []).filter((one) => one.unit === unit && one.accountId !== best?.accountId)
  return { set: { unit, level, mayNotSee, helpers, ...givenTo(best?.accountId ?? null, now) }, entries }
}

/** Not read yet by whoever has it now; the old reading counts for nothing. */
export function givenTo(accountId: string | null, now: Date): Partial<StoredCase> {
  return { assignee: accountId, assignedAt: now, assigneeReadAt: UNREAD }
}

/** Stands for “not read”: fields are set, never left from the last assignee. */
export const UNREAD = new Date(0)
