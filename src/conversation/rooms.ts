/** Groups: which village a room belongs to, and how much the bot may say there. Keyed by room id; names change. */
import type { ClientSession } from 'mongoose'
import type { Services } from '../infrastructure/services.ts'

interface StoredRoom {
  /** Keyed hash of channel, account and room id. */
  _id: string
  villageId: string | null
  /** Answers of the last hour: keyed hash of the question, and when. */
  recent: { question: string; at: Date }[]
  /** When the neutral line was last said unasked. */
  neutralAt?: Date
  boundAt: Date
}

export interface Rooms {
  /** The room's village; an unknown room is bound by the village its topic names, once. */
  villageOf(room: RoomRef): Promise<string | null>
  /** May the bot answer this here and now? */
  allows(room: RoomRef, question: string, now: Date, addressed: boolean): Promise<boolean>
  /** May the neutral line be said unasked? Reserves it when so. */
  allowsNeutral(room: RoomRef, now: Date): Promise<boolean>
  /** Within the turn's transaction: this was answered. */
  answered(room: RoomRef, question: string, now: Date, session: ClientSession): Promise<void>
}

export interface RoomRef {
  channel: string
  account: string
  id: string
  topic?: string
}

/** The same question is not answered twice within this time, unless the bot is asked by name. */
const SAME_QUESTION_MS = 5 * 60_000
const NEUTRAL_MS = 10 * 60_000
const HOUR_MS = 3_600_000
const CACHE_MS = 30_000

export function createRooms(
  { connection, vault }: Services,
  findVillage: (text: string) => Promise<{ id: string } | null>,
  repliesPerHour: number,
): Rooms {
  const collection = connection.collection<StoredRoom>('rooms')
  const known = new Map<string, { villageId: string | null; at: number }>()
  const keyOf = (room: RoomRef): string => vault.fingerprint('room', `${room.channel}|${room.account}|${room.id}`)
  const questionKey = (question: string): string => vault.fingerprint('room-question', question)

  return {
    async villageOf(room) {
      const key = keyOf(room)
      const cached = known.get(key)
      if (cached && Date.now() - cached.at < CACHE_MS) return cached.villageId
      const found = await collection.findOne({ _id: key }, { projection: { villageId: 1 } })
      let villageId = found?.villageId ?? null
      if (!villageId && room.topic) {
        villageId = (await findVillage(room.topic))?.id ?? null
        if (villageId)
          await collection.updateOne(
            { _id: key },
            { $set: { villageId }, $setOnInsert: { recent: [], boundAt: new Date() } },
            { upsert: true },
          )
      }
      known.set(key, { villageId, at: Date.now() })
      return villageId
    },
    async allows(room, question, now, addressed) {
      const found = await collection.findOne({ _id: keyOf(room) }, { projection: { recent: 1 } })
      const recent = (found?.recent ?? []).filter(({ at }) => now.getTime() - at.getTime() < HOUR_MS)
      // Spoken to by name there is room for twice as much: silence would be rude.
      if (recent.length >= (addressed ? repliesPerHour * 2 : repliesPerHour)) return false
      const key = questionKey(question)
      return (
        addressed ||
        !recent.some((entry) => entry.question === key && now.getTime() - entry.at.getTime() < SAME_QUESTION_MS)
      )
    },
    async allowsNeutral(room, now) {
      const before = new Date(now.getTime() - NEUTRAL_MS)
      const updated = await collection.updateOne(
        { _id: keyOf(room), $or: [{ neutralAt: { $exists: false } }, { neutralAt: { $lt: before } }] },
        { $set: { neutralAt: now } },
      )
      return updated.modifiedCount === 1
    },
    async answered(room, question, now, session) {
      await collection.updateOne(
        { _id: keyOf(room) },
        {
          $push: { recent: { $each: [{ question: questionKey(question), at: now }], $slice: -100 } },
          $setOnInsert: { villageId: null, boundAt: now },
        },
        { upsert: true, session },
      )
    },
  }
}
