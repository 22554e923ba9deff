/** What is kept of what is said in a group: only what is addressed to the bot or is a clear question; of an accusation, nothing. */
import type { InboundMessage } from '../channels/index.ts'
import type { Rooms } from './rooms.ts'
import type { Understander, Vocabulary } from './understand/index.ts'

export type Admission = 'keep' | 'keep-without-words' | 'ignore'

export interface AdmitDeps {
  understander: Understander
  vocabulary(villageId: string | null): Promise<Vocabulary>
  rooms: Rooms
}

/** Overheard, only a question this clear is answered. */
const CLEAR = 0.85
/** From here on, words about an official are taken for an accusation. */
const ACCUSES = 0.4
/** Overheard, the neutral line is said when it is this clear. */
const ACCUSES_CLEARLY = 0.6

/** @throws when the rooms cannot be read: the message must then not be acknowledged */
export async function admit(
  message: InboundMessage,
  now: Date,
  { understander, vocabulary, rooms }: AdmitDeps,
): Promise<Admission> {
  if (!message.room) return 'keep'
  const room = { channel: message.channel, account: message.account, ...message.room }
  const villageId = await rooms.villageOf(room)
  const understood = understander.understand(message.text, { now, vocabulary: await vocabulary(villageId) })
  const accusation = Math.max(
    ...understood.intents.map(({ code, confidence }) => (code.startsWith('report.tip') ? confidence : 0)),
    ...understood.segments.map(({ intent }) => (intent.code.startsWith('report.tip') ? intent.confidence : 0)),
  )
  if (accusation >= ACCUSES) {
    if (message.addressed) return 'keep-without-words'
    return accusation >= ACCUSES_CLEARLY && (await rooms.allowsNeutral(room, now)) ? 'keep-without-words' : 'ignore'
  }
  if (message.addressed || understood.danger) return 'keep'
  const best = understood.intents[0]
  if (!best?.code.startsWith('ask.') || best.confidence < CLEAR || best.code === 'ask.case-status') return 'ignore'
  return (await rooms.allows(room, understood.text, now, false)) ? 'keep' : 'ignore'
}
