/** Whoever answers for a village's publications is told before and after: each once, on their own phone. */
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { isDuplicateKey } from '../../infrastructure/mongo.ts'
import type { Services } from '../../infrastructure/services.ts'
import type { AccountActor } from '../../people/index.ts'
import type { Store } from '../store.ts'
import { listObligations, periodText } from './list-obligations.ts'
import type { Obligation } from './list-obligations.ts'
import { obligationReplies as say } from './replies.ts'

export interface RemindDeps {
  services: Pick<Services, 'connection' | 'clock' | 'transaction'>
  store: Pick<Store, 'history'>
  villages(): Promise<readonly { id: string; name: string }[]>
  accounts(): Promise<readonly AccountActor[]>
  /** False when the account has given no phone to be reminded on. */
  tellAccount(session: ClientSession, accountId: string, text: string): Promise<boolean>
}

/** Days before the due date (negative: after) on which something is said; the latest that is reached counts. */
const STAGES = [3, 0, -1, -7, -30] as const

/** Runs again and again; what was said is marked in the same transaction. @returns how many messages were sent */
export async function remindObligations(deps: RemindDeps): Promise<number> {
  const today = shanghaiDate(deps.services.clock.now())
  const accounts = (await deps.accounts()).filter(({ roles }) => roles.includes('village-committee'))
  let told = 0
  for (const { id, name } of await deps.villages()) {
    const own = accounts.filter(({ villages }) => villages.includes(id))
    if (own.length === 0) continue
    const open = listObligations(await deps.store.history(id), today).flatMap((obligation) => {
      const stage = stageOf(obligation, today)
      return stage === null ? [] : [{ key: `${id}|${obligation.item}|${obligation.period}|${stage}`, obligation }]
    })
    for (const { accountId } of own) if (await tellOnce(deps, accountId, name, open)) told += 1
  }
  return told
}

function stageOf({ dueAt, state }: Obligation, today: string): number | null {
  if (state !== 'soon' && state !== 'overdue') return null
  const left = Math.round((Date.parse(dueAt) - Date.parse(today)) / 86_400_000)
  return STAGES.findLast((stage) => left <= stage) ?? null
}

/** All that is new in one message. */
async function tellOnce(
  { services, tellAccount }: RemindDeps,
  accountId: string,
  village: string,
  open: readonly { key: string; obligation: Obligation }[],
): Promise<boolean> {
  const marks = services.connection.collection<{ _id: string; at: Date }>('obligation_reminders')
  const keyed = open.map(({ key, obligation }) => ({ _id: `${accountId}|${key}`, obligation }))
  const said = await marks.find({ _id: { $in: keyed.map(({ _id }) => _id) } }).toArray()
  const fresh = keyed.filter(({ _id }) => !said.some((mark) => mark._id === _id))
  if (fresh.length === 0) return false
  try {
    return await services.transaction(async (session) => {
      const text = textOf(
        village,
        fresh.map(({ obligation }) => obligation),
      )
      // Who pairs a phone later is told then.
      if (!(await tellAccount(session, accountId, text))) return false
      await marks.insertMany(
        fresh.map(({ _id }) => ({ _id, at: services.clock.now() })),
        { session },
      )
      return true
    })
  } catch (error) {
    // Another worker was faster.
    if (isDuplicateKey(error)) return false
    throw error
  }
}

const LINES = 6

function textOf(village: string, obligations: readonly Obligation[]): string {
  const lines = obligations.slice(0, LINES).map(({ item, period, dueAt, state, lateDays }) => {
    const what = `${item}${period ? `(${periodText(period)})` : ''}`
    return state === 'overdue' ? say.late(what, dueAt, lateDays) : say.soon(what, dueAt)
  })
  return [
    say.remind(village),
    ...lines,
    ...(obligations.length > LINES ? [say.more(obligations.length - LINES)] : []),
    say.where,
  ].join('\n')
}
