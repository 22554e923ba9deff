/** The console's addresses for dangers to life. */
import { adviceFor } from '../../conversation/index.ts'
import { defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { console as words } from '../replies.ts'
import { alarmCollection } from './model.ts'
import { alarmFilter, alarmPolicy } from './policy.ts'
import { openAlarm } from './raise-alarm.ts'
import { AlarmPath, AlarmReply } from './schema.ts'
import type { AlarmContact, AlarmList } from './schema.ts'
import { readAlarmContact, replyToAlarm, takeAlarm } from './take-alarm.ts'

/** What has been taken is shown for so long. */
const SHOWN_MS = 12 * 3_600_000
const LIMIT = 50

export function alarmRoutes(context: CaseContext): Route[] {
  const path = '/api/console/alarms'
  return [
    defineRoute({
      method: 'get',
      path,
      summary: 'Lives in danger: what nobody has yet, and what was taken lately',
      // Empty for those who have nothing to do with it: the console asks for everybody.
      policy: (actor) => actor.kind === 'account',
      handler: async ({ actor, now }): Promise<AlarmList> => {
        const since = new Date(now.getTime() - SHOWN_MS)
        const [found, organisation, accounts] = await Promise.all([
          alarmCollection(context.connection)
            .find(
              { $and: [alarmFilter(actor), { $or: [{ state: 'open' }, { state: 'taken', at: { $gte: since } }] }] },
              { promoteBuffers: true },
            )
            .sort({ at: -1 })
            .limit(LIMIT)
            .toArray(),
          context.organisation(),
          context.accounts(),
        ])
        return {
          items: found.map((alarm) => {
            const { said } = openAlarm(context, alarm)
            const by = accounts.find(({ accountId }) => accountId === alarm.taken?.accountId)
            return {
              id: alarm._id.toHexString(),
              villageName: organisation.villages.find(({ id }) => id === alarm.villageId)?.name ?? words.noVillage,
              title: adviceFor(said.map(({ text }) => text).join(' ')).title,
              said,
              state: alarm.state,
              told: alarm.told.length,
              takenBy: alarm.taken ? (by?.displayName ?? words.onDuty) : null,
              takenAt: alarm.taken?.at.toISOString() ?? null,
              at: alarm.at.toISOString(),
              mayContact: alarmPolicy['alarms.contact'](actor),
            }
          }),
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: `${path}/:id/take`,
      summary: 'I see to it',
      params: AlarmPath,
      policy: alarmPolicy['alarms.list'],
      handler: async ({ actor, params }) => {
        await takeAlarm(context, actor as AccountActor, params.id)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: `${path}/:id/reply`,
      summary: 'Write to the person at once',
      params: AlarmPath,
      body: AlarmReply,
      policy: alarmPolicy['alarms.list'],
      handler: async ({ actor, params, body }) => {
        await replyToAlarm(context, actor as AccountActor, params.id, body.text)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: `${path}/:id/contact`,
      summary: 'How to reach the person; on the audit log',
      params: AlarmPath,
      policy: alarmPolicy['alarms.contact'],
      handler: async ({ actor, params }): Promise<AlarmContact> => ({
        reach: await readAlarmContact(context, actor as AccountActor, params.id),
      }),
    }),
  ]
}
