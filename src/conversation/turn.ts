/** What one turn of a conversation takes and gives. */
import type { ChannelForm, Reply } from '../channels/index.ts'
import type { Ways } from './replies.ts'
import type { Commit, Form, Skill, SkillOutcome, StoredAttachment } from './skill.ts'
import type { ConversationState } from './state.ts'
import type { Slots, Understander, Understanding, Vocabulary } from './understand/index.ts'

export interface Incoming {
  text: string
  attachments: StoredAttachment[]
  /** The text was longer than we keep. */
  cut?: boolean
  /** Some attachments were too large or too many. */
  refused?: boolean
  dropped?: 'group-accusation'
  /** A voice message: its words are in `text`; or nothing could be made out. */
  voice?: 'heard' | 'unclear'
}

export interface Person {
  id: string
  channel: string
  account: string
  form: ChannelForm
  villageId: string | null
  /** Keyed hash of where the message came from, for limits. */
  origin?: string
}

export interface Unanswered {
  question: string
  intent: string
  villageId: string | null
  reason: 'not-published' | 'not-found' | 'not-understood' | 'badly-rated'
}

export interface Response {
  replies: Reply[]
  state: ConversationState
  commits: Commit[]
  unanswered: Unanswered[]
  /** The contact said which village. */
  villageId?: string
  optedOut?: boolean
  /** Danger to life was spoken of: somebody on duty must know. */
  danger?: boolean
  understanding?: Understanding
  outcomes: { intent: string; confidence: number; slots: Slots; outcome: SkillOutcome }[]
}

export interface RespondDeps {
  understander: Understander
  vocabulary(villageId: string | null): Promise<Vocabulary>
  skills: readonly Skill[]
  forms: readonly Form[]
  villages(): Promise<{ id: string; name: string; aliases: string[] }[]>
  ways(): Promise<Ways>
  /** What somebody has answered to the same question already. */
  known?(question: string, villageId: string | null): Promise<Reply | null>
}

export interface RespondInput {
  incoming: Incoming
  person: Person
  state: ConversationState
  /** In a group: the room and its village; `overheard` when the bot was not addressed. */
  group: { roomId: string; villageId: string | null; overheard: boolean } | null
  now: Date
}
