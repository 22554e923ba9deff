/**
 * A villager speaks of danger to life: somebody on duty is told in the same transaction that answers. Who does not
 * acknowledge in time is followed by the next level. Petition regulations art. 26: report at once, act first.
 */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import { adviceFor } from '../../conversation/index.ts'
import type { CaseContext } from '../context.ts'
import { routeReport } from '../routing/route-report.ts'
import { alarmCollection, alarmPlace } from './model.ts'
import type { AlarmContent, StoredAlarm } from './model.ts'
import { TIERS, findOnDuty } from './on-duty.ts'
import { alarmReplies } from './replies.ts'

export const ALARMS = 'alarms'

/** More words within this time belong to the same danger. */
const SAME_MS = 30 * 60_000
/** Words that are kept of one danger. */
const MAX_SAID = 20
/** Dangers of one village in an hour of which telephones ring; of more the console tells. */
const RING_AN_HOUR = 20
const HOUR_MS = 3_600_000
const AFTER_COMMIT_MS = 200

export interface NewAlarm {
  contactId: string
  villageId: string | null
  text: string
  at: Date
}

/** Runs in the turn's transaction; may run more than once. */
export async function raiseAlarm(context: CaseContext, session: ClientSession, entry: NewAlarm): Promise<void> {
  const { vault } = context
  const alarms = alarmCollection(context.connection)
  const { contactId, villageId, text, at } = entry
  const contactKey = vault.fingerprint('alarm-contact', contactId)
  const said = { text, at: at.toISOString() }
  const known = await alarms.findOne(
    { contactKey, at: { $gte: new Date(at.getTime() - SAME_MS) } },
    { session, sort: { at: -1 }, promoteBuffers: true },
  )
  if (known) {
    const content = openAlarm(context, known)
    const sealed = sealAlarm(context, known._id, { ...content, said: [...content.said, said].slice(-MAX_SAID) })
    await alarms.updateOne({ _id: known._id }, { $set: { sealed } }, { session })
    // Who has it hears what is said next.
    for (const { contactId: told } of known.told)
      await context.say(session, told, alarmReplies.more(await villageName(context, known.villageId), text))
    return tellConsoles(context)
  }
  const _id = new Types.ObjectId()
  const alarm: StoredAlarm = {
    _id,
    villageId,
    danger: adviceFor(text).danger,
    state: 'open',
    contactKey,
    sealed: sealAlarm(context, _id, { contactId, said: [said] }),
    aboveVillage: await namesOwnOfficial(context, text, villageId),
    told: [],
    nextTier: 0,
    nextAt: null,
    at,
  }
  const lately = await alarms.countDocuments(
    { state: { $in: ['open', 'taken'] }, at: { $gte: new Date(at.getTime() - HOUR_MS) }, villageId },
    { session, limit: RING_AN_HOUR },
  )
  const ringing = lately < RING_AN_HOUR ? await ring(context, session, alarm, at) : {}
  await alarms.insertOne({ ...alarm, ...ringing }, { session })
  await context.audit(
    { event: 'alarm.raised', actor: 'system', subject: _id.toHexString(), detail: { danger: alarm.danger } },
    session,
  )
  tellConsoles(context)
}

/** Who swings the knife may sit in the village's office: then its own people are not the ones to be told. */
async function namesOwnOfficial(context: CaseContext, text: string, villageId: string | null): Promise<boolean> {
  const organisation = await context.organisation()
  const { accused, alsoNamed } = routeReport(organisation, { text, village: villageId, kind: 'tip' })
  const villages = new Set(organisation.units.filter(({ level }) => level === 'village').map(({ id }) => id))
  const named = new Set([...accused, ...alsoNamed])
  return organisation.officials.some(({ id, unit }) => named.has(id) && villages.has(unit))
}

/** Tells the next level that has somebody to be told. @returns what changes with the alarm */
async function ring(
  context: CaseContext,
  session: ClientSession,
  alarm: StoredAlarm,
  now: Date,
): Promise<Pick<StoredAlarm, 'told' | 'nextTier' | 'nextAt'>> {
  const told = [...alarm.told]
  const name = await villageName(context, alarm.villageId)
  const content = openAlarm(context, alarm)
  const words = content.said.map(({ text }) => text).join(' ')
  let tier = alarm.nextTier
  while (tier < TIERS.length && told.length === alarm.told.length) {
    // Only the township learns how to reach the person.
    const reach = TIERS[tier]!.village ? null : ((await context.addressOf?.(content.contactId)) ?? null)
    const message = alarmReplies.call(name, adviceFor(words).title, words, reach)
    for (const one of await findOnDuty(context, tier, alarm, session)) {
      const accountId = 'phone' in one ? null : one.accountId
      const contactId =
        'phone' in one
          ? ((await context.textTo?.(session, one.phone, message)) ?? null)
          : (await context.say(session, one.contactId, message))
            ? one.contactId
            : null
      if (contactId !== null && !told.some((other) => other.contactId === contactId))
        told.push({ contactId, accountId, at: now })
    }
    tier += 1
  }
  if (told.length === alarm.told.length)
    context.logger.warn({ alarm: alarm._id.toHexString() }, 'nobody on duty could be told; the console shows it')
  const more = tier < TIERS.length
  return { told, nextTier: tier, nextAt: more ? new Date(now.getTime() + context.alarmWaitMs) : null }
}

/** Nobody has acknowledged in time: the next level. @returns how many alarms went on */
export async function escalateAlarms(context: CaseContext): Promise<number> {
  const alarms = alarmCollection(context.connection)
  const now = context.clock.now()
  const due = await alarms
    .find({ state: 'open', nextAt: { $lte: now } }, { hint: 'open_by_next', promoteBuffers: true })
    .limit(100)
    .toArray()
  for (const alarm of due) {
    await context.transaction(async (session) => {
      // Of two workers one goes on; who acknowledges meanwhile wins.
      const claimed = await alarms.updateOne(
        { _id: alarm._id, state: 'open', nextTier: alarm.nextTier },
        { $set: { nextAt: null } },
        { session },
      )
      if (claimed.modifiedCount !== 1) return
      await alarms.updateOne({ _id: alarm._id }, { $set: await ring(context, session, alarm, now) }, { session })
      await context.audit({ event: 'alarm.escalated', actor: 'system', subject: alarm._id.toHexString() }, session)
    })
  }
  if (due.length > 0) context.live.tell(ALARMS)
  return due.length
}

export async function villageName(context: CaseContext, villageId: string | null): Promise<string> {
  const { villages, name } = await context.organisation()
  return villages.find(({ id }) => id === villageId)?.name ?? name
}

const sealAlarm = ({ vault }: CaseContext, id: Types.ObjectId, content: AlarmContent): Buffer =>
  vault.seal(JSON.stringify(content), alarmPlace(id.toHexString()))

export const openAlarm = ({ vault }: CaseContext, { _id, sealed }: Pick<StoredAlarm, '_id' | 'sealed'>): AlarmContent =>
  JSON.parse(vault.openText(sealed, alarmPlace(_id.toHexString()))) as AlarmContent

/** A nudge sent from within a transaction must not overtake its commit. */
export function tellConsoles({ live }: Pick<CaseContext, 'live'>): void {
  setTimeout(() => live.tell(ALARMS), AFTER_COMMIT_MS).unref()
}
