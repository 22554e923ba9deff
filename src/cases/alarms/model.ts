/** A life is in danger: what was said (sealed), who on duty was told, and who has taken it. */
import type { Collection, Connection, Types } from 'mongoose'
import type { Danger } from '../../conversation/index.ts'

export interface StoredAlarm {
  _id: Types.ObjectId
  villageId: string | null
  danger: Danger
  state: 'open' | 'taken'
  /** Keyed hash of the contact: what is said next joins it. */
  contactKey: string
  /** AlarmContent, sealed. */
  sealed: Buffer
  /** An official of the village is accused in it: the village's own people are neither told nor shown it. */
  aboveVillage: boolean
  /** Contacts of those who were told. */
  told: { contactId: string; accountId: string | null; at: Date }[]
  /** Next of the TIERS to be told, and when; null: all have been, or somebody has it. */
  nextTier: number
  nextAt: Date | null
  at: Date
  /** Account null: answered from a telephone on duty. */
  taken?: { accountId: string | null; at: Date }
}

export interface AlarmContent {
  contactId: string
  said: { text: string; at: string }[]
}

export function alarmCollection(connection: Connection): Collection<StoredAlarm> {
  return connection.collection<StoredAlarm>('alarms')
}

export const alarmPlace = (id: string): string => `alarm:${id}`

const KEPT_S = 180 * 86_400

export async function prepareAlarms(connection: Connection): Promise<void> {
  await alarmCollection(connection).createIndexes([
    { key: { contactKey: 1, at: -1 } },
    { key: { nextAt: 1 }, partialFilterExpression: { state: 'open' }, name: 'open_by_next' },
    { key: { state: 1, at: -1 } },
    { key: { 'told.contactId': 1, at: -1 } },
    { key: { at: 1 }, expireAfterSeconds: KEPT_S },
  ])
}
