/** Somebody on duty says “I have it”: by a digit from their telephone, or on the console. The first one has it. */
import type { ClientSession } from 'mongoose'
import { Types } from 'mongoose'
import type { Commit } from '../../conversation/index.ts'
import type { Reply } from '../../channels/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { alarmCollection } from './model.ts'
import type { StoredAlarm } from './model.ts'
import { alarmFilter } from './policy.ts'
import { openAlarm, tellConsoles } from './raise-alarm.ts'
import { alarmReplies } from './replies.ts'

/** An answer counts for what was told this long ago at most. */
const ANSWER_MS = 6 * 3_600_000

/** In the caller's transaction. @returns false when somebody was faster */
async function take(
  context: CaseContext,
  session: ClientSession,
  alarm: StoredAlarm,
  by: { accountId: string | null; contactId: string | null },
  now: Date,
): Promise<boolean> {
  const written = await alarmCollection(context.connection).updateOne(
    { _id: alarm._id, state: 'open' },
    { $set: { state: 'taken', nextAt: null, taken: { accountId: by.accountId, at: now } } },
    { session },
  )
  if (written.modifiedCount !== 1) return false
  const { dutyPhone } = await context.organisation()
  await context.say(session, openAlarm(context, alarm).contactId, alarmReplies.toPerson(dutyPhone ?? null))
  for (const { contactId } of alarm.told)
    if (contactId !== by.contactId) await context.say(session, contactId, alarmReplies.takenByOther())
  await context.audit(
    { event: 'alarm.taken', actor: by.accountId ?? 'duty', subject: alarm._id.toHexString() },
    session,
  )
  tellConsoles(context)
  return true
}

/** “1” from a telephone that was told. @returns null when this contact was told of nothing lately */
export async function answerAlarm(
  context: CaseContext,
  contactId: string,
  now: Date,
): Promise<{ reply: Reply; commit?: Commit } | null> {
  const lately = { 'told.contactId': contactId, at: { $gte: new Date(now.getTime() - ANSWER_MS) } }
  const alarms = alarmCollection(context.connection)
  const options = { sort: { at: -1 }, promoteBuffers: true } as const
  const open = await alarms.findOne({ ...lately, state: 'open' }, options)
  if (!open) return (await alarms.findOne(lately, options)) ? { reply: alarmReplies.tookAlready() } : null
  const accountId = open.told.find((one) => one.contactId === contactId)?.accountId ?? null
  return {
    reply: alarmReplies.taken(),
    commit: async (session) => void (await take(context, session, open, { accountId, contactId }, now)),
  }
}

async function getAlarm(context: CaseContext, actor: AccountActor, id: string): Promise<StoredAlarm> {
  const found = await alarmCollection(context.connection).findOne(
    { $and: [{ _id: new Types.ObjectId(id) }, alarmFilter(actor)] },
    { promoteBuffers: true },
  )
  if (!found) throw new DomainError('not_found', 404, '没有找到这件事。')
  return found
}

/** @throws DomainError not_found; alarm_taken when somebody was faster */
export async function takeAlarm(context: CaseContext, actor: AccountActor, id: string): Promise<void> {
  const alarm = await getAlarm(context, actor, id)
  const contactId = alarm.told.find(({ accountId }) => accountId === actor.accountId)?.contactId ?? null
  const done = await context.transaction(async (session) =>
    take(context, session, alarm, { accountId: actor.accountId, contactId }, context.clock.now()),
  )
  if (!done) throw new DomainError('alarm_taken', 409, '已经有人在处理了。')
}

/** Written to the person at once, over their own channel. */
export async function replyToAlarm(context: CaseContext, actor: AccountActor, id: string, text: string): Promise<void> {
  const alarm = await getAlarm(context, actor, id)
  await context.transaction(async (session) => {
    await context.say(session, openAlarm(context, alarm).contactId, alarmReplies.fromDuty(text))
    await context.audit({ event: 'alarm.replied', actor: actor.accountId, subject: id }, session)
  })
}

/** Channel and address of the person: a life is in danger, so one person suffices, and it is on the audit log. */
export async function readAlarmContact(context: CaseContext, actor: AccountActor, id: string): Promise<string | null> {
  const alarm = await getAlarm(context, actor, id)
  await context.audit({ event: 'alarm.contact-read', actor: actor.accountId, subject: id })
  return (await context.addressOf?.(openAlarm(context, alarm).contactId)) ?? null
}
