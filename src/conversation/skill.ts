/** What a capability offers to the conversation: skills (one turn) and forms (several turns). The kit knows none by name. */
import type { ClientSession } from 'mongoose'
import type { ChannelForm, Reply, Source } from '../channels/index.ts'
import type { Period, Slots, Understanding } from './understand/index.ts'

/** What is remembered of the conversation, so that “那前年呢” can be understood. Holds no accusation and no name of a reporter. */
export interface Context {
  /** Intent, slots and village of the last answered question. */
  last?: {
    intent: string
    slots: Slots
    villageId?: string
    at: Date
    sources?: Source[]
    more?: { skill: string; cursor: unknown }
    /** The answer asked for a name: a name alone answers it. */
    expects?: 'name'
    /** What was asked and is not published, for “申请公开”. */
    wanted?: string
    /** What was answered from records, so that “这账不对” can be taken up with them. */
    answered?: AnsweredFigure
  }
  /** Receipt code that this conversation last spoke of (hashed form only is stored elsewhere). */
  caseId?: string
}

/** An answer that can be questioned: what was asked, what was said, and the published records it rests on. */
export interface AnsweredFigure {
  question: string
  /** The figure or fact, as it was told. */
  answer: string
  publicationIds: string[]
  recordIds: string[]
}

/** An attachment that was received, checked and sealed. */
export interface StoredAttachment {
  fileId: string
  kind: 'image' | 'audio' | 'video' | 'file'
  /** Detected media type; null when the content is not what it claims to be. */
  mediaType: string | null
  size: number
}

export interface Turn {
  now: Date
  /** As written (bounded to 5,000 characters), for the record in the villager's own words. */
  text: string
  attachments: StoredAttachment[]
  /** The words were spoken: the recording is among the attachments. */
  heard?: true
  understanding: Understanding
  /** The part of the message that this skill was called for, with its slots (follow-ups already filled in from context). */
  segment: { text: string; intent: string; confidence: number; slots: Slots }
  contact: {
    id: string
    channel: string
    account: string
    form: ChannelForm
    villageId: string | null
    origin?: string
  }
  /** Village that the question is about: named in the text, else the room's, else the contact's. */
  villageId: string | null
  group: { roomId: string } | null
  context: Context
}

/** Writes that belong to the turn; run inside the transaction that also marks the message processed and fills the outbox. */
export type Commit = (session: ClientSession) => Promise<void>

export interface SkillOutcome {
  replies: Reply[]
  commit?: Commit
  /** Starts a form with this data (the form's own shape, JSON). */
  form?: { name: string; data: unknown }
  /** The question could not be answered from what is published: logged as an open question. */
  unanswered?: { reason: 'not-published' | 'not-found' | 'not-understood'; topic?: string }
  /** The answer speaks of everything that the question names: it may be given though the intent was not sure. */
  certain?: boolean
  /** Context to remember; `last` is set by the engine from the segment when omitted. */
  context?: Partial<Context>
  /** Figures and ids for `npm run ask --json`. */
  trace?: { recordIds: string[]; query?: unknown; figures?: Record<string, number> }
}

export interface Skill {
  name: string
  /** Intent codes of INTENTS.md; a code also takes its finer codes. */
  intents: readonly string[]
  /** May this be answered in a group in front of everybody? Default false: the engine offers the private way instead. */
  inGroup?: boolean
  answer(turn: Turn): Promise<SkillOutcome>
}

export interface FormOutcome {
  replies: Reply[]
  /** New data, or null when the form has ended (filed or left). */
  data: unknown
  commit?: Commit
  /** False: this was not for the form (a question in between); the engine answers it with a skill, then says `prompt` again. */
  handled: boolean
  context?: Partial<Context>
}

/** A dialogue over several turns. Its data is sealed at rest. Private conversations only. */
export interface Form {
  name: string
  /** First words; called when a skill starts the form with `data`. The skill's own replies come before. */
  step(turn: Turn, data: unknown): Promise<FormOutcome>
  /** The question that stands open, said again after an aside or when the person comes back. */
  prompt(data: unknown): Reply | null
  /** Words by which this dialogue is left, emptied or sent: they are for it, whatever else they could mean. */
  steers?(text: string): boolean
}

export type { Period, Slots, Understanding }
