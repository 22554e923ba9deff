/** The first look over what came in: how many wait in which state, and the same step on several at once. */
import type { AccountActor, Actor } from '../../people/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { CaseContext } from '../context.ts'
import { awayToday, loadOf } from '../give-to-handler.ts'
import { acceptCase, assignCase } from '../handle-case.ts'
import { getCase, inScope } from '../list-cases.ts'
import { canBeAssigned, stepFor } from '../policy.ts'
import { OPEN_STATES } from '../schema.ts'
import type { CaseAssignees, CaseQuery } from '../schema.ts'
import type { BulkDone, BulkStep, CaseCounts } from './schema.ts'

/** Counted up to this; more is told as so many. */
export const MAX_COUNTED = 1000

export async function countByState(
  context: CaseContext,
  actor: Actor,
  { scope }: Pick<CaseQuery, 'scope'>,
): Promise<CaseCounts> {
  const count = async (conditions: Parameters<typeof inScope>[2]): Promise<number> =>
    context.collections.cases.countDocuments(inScope(actor, scope, conditions), { limit: MAX_COUNTED })
  const overdue = { nextDue: { $lt: shanghaiDate(context.clock.now()) } }
  const [late, ...open] = await Promise.all([
    count([{ state: { $in: [...OPEN_STATES] } }, overdue]),
    ...OPEN_STATES.map(async (state) => count([{ state }])),
  ])
  return { overdue: late, states: OPEN_STATES.map((state, index) => ({ state, count: open[index] ?? 0 })) }
}

/** Each goes its own way through policy and procedure; one that fails does not hold up the others. */
export async function stepOnMany(context: CaseContext, actor: Actor, request: BulkStep): Promise<BulkDone> {
  const items: BulkDone['items'] = []
  for (const { id, version } of request.cases) {
    try {
      if (request.action === 'accept') await acceptCase(context, actor, { id, version })
      else await assignCase(context, actor, { id, version, accountId: request.accountId ?? '' })
      items.push({ id, done: true })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      items.push({ id, done: false, problem: error.shown })
    }
  }
  return { items }
}

/** Who may be given all of these. */
export async function listAssignees(
  context: CaseContext,
  actor: Actor,
  ids: readonly string[],
  now: Date,
): Promise<CaseAssignees> {
  const cases = await Promise.all(ids.map(async (id) => getCase(context, actor, id)))
  if (cases.some((stored) => !stepFor(actor, stored, 'assign'))) return { items: [] }
  const away = await awayToday(context, now)
  const eligible: AccountActor[] = (await context.accounts()).filter(
    (account) => !away.has(account.accountId) && cases.every((stored) => canBeAssigned(account, stored)),
  )
  const load = await loadOf(
    context,
    eligible.map(({ accountId }) => accountId),
  )
  const items = eligible.map(({ accountId, displayName }) => ({
    accountId,
    displayName,
    open: load.get(accountId)?.open ?? 0,
  }))
  return { items: items.toSorted((a, b) => a.open - b.open) }
}
