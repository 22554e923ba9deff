/** Who sees that a life is in danger: those who answer for the village's people; a village not, where its own officials are accused. */
import type { Filter } from 'mongodb'
import type { AccountActor, Actor } from '../../people/index.ts'
import { heightOf } from '../routing/levels.ts'
import type { StoredAlarm } from './model.ts'

const DESK = ['clerk', 'handler', 'director'] as const

const isDesk = ({ roles, level }: AccountActor): boolean =>
  !roles.includes('administrator') &&
  heightOf(level) === 1 &&
  !level.endsWith('discipline') &&
  DESK.some((role) => roles.includes(role))

const isCommittee = ({ roles }: AccountActor): boolean =>
  roles.includes('village-committee') && !roles.includes('administrator')

export const alarmPolicy = {
  'alarms.list': (actor: Actor): boolean => actor.kind === 'account' && (isDesk(actor) || isCommittee(actor)),
  /** How to reach the person is for the township's desk. */
  'alarms.contact': (actor: Actor): boolean => actor.kind === 'account' && isDesk(actor),
}

export function alarmFilter(actor: Actor): Filter<StoredAlarm> {
  if (!alarmPolicy['alarms.list'](actor) || actor.kind !== 'account') return { _id: { $in: [] } }
  return isDesk(actor) ? {} : { villageId: { $in: [...actor.villages] }, aboveVillage: false }
}
