/** Holds back a text that would give the reporter away. */
import { DomainError } from '../../infrastructure/errors.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { findLeaks } from '../leak-check/index.ts'
import type { Leak, LeakInput } from '../leak-check/index.ts'
import type { StoredCase } from '../model.ts'
import type { StaffAction } from '../procedures/index.ts'
import { console as words } from '../replies.ts'
import { openSeal } from '../seals.ts'
import { triesOf } from './model.ts'

/** Steps whose text the villager is sent. */
const TOLD: ReadonlySet<StaffAction> = new Set(['reply', 'refuse', 'close', 'extend'])

/** Texts with the reporter's name in them that one account may try on one case in a day. */
export const NAME_TRIES = 3
const DAY_MS = 86_400_000

/**
 * What a text about a case would tell its readers. Where it found the name, the place is not shown: who writes names one
 * after the other must not learn from the check which of them it was. Tries are counted and on the audit log.
 * @throws DomainError leak_check_spent after too many tries with names
 */
export async function checkText(
  context: CaseContext,
  actor: AccountActor,
  stored: StoredCase,
  input: Pick<LeakInput, 'text' | 'audience' | 'kind'>,
): Promise<Leak[]> {
  const seal = openSeal(context.vault, stored)
  const reporter = await context.collections.reporters.findOne({ _id: stored._id }, { promoteBuffers: true })
  const identity = reporter && seal.openReporter(reporter.sealed)
  const { text, facts } = seal.openContent(stored.content)
  const { accused } = seal.openRouting(stored.routing)
  const { officials } = await context.organisation()
  const about = officials.filter(({ id }) => accused.includes(id)).map(({ name, post }) => `${name}(${post})`)
  const { name, contact } = splitIdentity(identity?.name ?? '')
  const address =
    identity && input.audience !== 'reporter' ? ((await context.addressOf?.(identity.contactId)) ?? '') : ''
  const leaks = findLeaks({
    ...input,
    report: {
      reporter: name,
      contact: `${contact} ${address}`.trim(),
      details: '',
      about: about.join(','),
      body: [text, ...facts.map(({ value }) => value)].join('\n'),
      submittedAt: stored.filedAt.toISOString(),
    },
  })
  const named = leaks.some(({ way }) => way === 'name' || way === 'nickname')
  if (named) await countTry(context, actor, stored)
  return leaks.map((leak) => (leak.way === 'name' || leak.way === 'nickname' ? { ...leak, excerpt: '' } : leak))
}

async function countTry(context: CaseContext, actor: AccountActor, stored: StoredCase): Promise<void> {
  const now = context.clock.now()
  const caseId = stored._id.toHexString()
  await context.audit({ event: 'leak.name-held', actor: actor.accountId, subject: caseId })
  await triesOf(context.connection).deleteMany({ at: { $lt: new Date(now.getTime() - 2 * DAY_MS) } })
  const tried = await triesOf(context.connection).findOneAndUpdate(
    { _id: `${actor.accountId}:${caseId}:${shanghaiDate(now)}` },
    { $inc: { count: 1 }, $set: { at: now } },
    { upsert: true, returnDocument: 'after' },
  )
  if ((tried?.count ?? 0) > NAME_TRIES) throw new DomainError('leak_check_spent', 429, words.leakChecksSpent)
}

/** Name and how to be reached, as one line of the villager's. */
function splitIdentity(said: string): { name: string; contact: string } {
  const name =
    /[\u4e00-\u9fa5]{2,4}/u.exec(said.replaceAll(/我叫|我是|姓名|电话|手机|名字|叫|是|:|:/gu, ' '))?.[0] ?? ''
  return { name, contact: said.replace(name, '') }
}

/**
 * Called by every step before anything is written.
 * @throws DomainError leak_found with the places and why
 */
export async function holdLeaks(
  context: CaseContext,
  actor: AccountActor,
  action: StaffAction,
  stored: StoredCase,
  text: string | undefined,
): Promise<void> {
  if (!text || !TOLD.has(action)) return
  const leaks = await checkText(context, actor, stored, { text, audience: 'reporter', kind: 'reply' })
  if (leaks.length === 0) return
  await context.audit({
    event: 'leak.held',
    actor: actor.accountId,
    subject: stored._id.toHexString(),
    detail: { ways: leaks.map(({ way }) => way).join(',') },
  })
  throw new DomainError('leak_found', 409, words.leakFound, leaks)
}
