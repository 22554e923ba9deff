/** What understanding takes and gives; shared by the parts of this folder and by its callers. */

/** ISO dates in Asia/Shanghai, both inclusive; the label is what the villager is shown: 2025年第三季度. */
export interface Period {
  from: string
  to: string
  label: string
}

/** Names as in INTENTS.md. Project, asset, subsidy, person and procedure hold the vocabulary's full name where it is known. */
export interface Slots {
  period?: Period
  /** All periods when more than one was named, in the order of the text. */
  periods?: Period[]
  /** 元. */
  amount?: number
  /** Content words that remain: what the question is about. */
  topic?: string
  project?: string
  asset?: string
  subsidy?: string
  person?: string
  role?: string
  place?: string
  /** Village id. */
  village?: string
  villages?: string[]
  household?: string
  caseCode?: string
  choice?: number
  procedure?: string
}

/** A code of INTENTS.md with its calibrated probability. */
export interface IntentScore {
  code: string
  confidence: number
}

export type VocabularyKind =
  | 'person'
  | 'place'
  | 'project'
  | 'asset'
  | 'contract'
  | 'village'
  | 'role'
  | 'subsidy'
  | 'procedure'
  | 'power'

export interface VocabularyEntry {
  kind: VocabularyKind
  name: string
  id: string
  aliases?: string[]
}

/** Names that one village's messages may contain. Keep the same object while it is unchanged: its index is built once an object. */
export interface Vocabulary {
  villageId: string | null
  entries: VocabularyEntry[]
  /** Names that all villages share: one object for all of them, so that its index is built and held once. */
  common?: Vocabulary
}

export interface Segment {
  text: string
  intent: IntentScore
  slots: Slots
}

export interface Understanding {
  /** Normalised. */
  text: string
  /** Best first, the top few. */
  intents: IntentScore[]
  /** One for each thing asked or said; at least one. */
  segments: Segment[]
  slots: Slots
  /** Is the best intent above the threshold? If not, ask. */
  sure: boolean
  /** Danger to life: outranks everything else. */
  danger: boolean
  /** A rule decided, not the weighing of words: danger, a receipt code, an answer to the bot's question. */
  byRule?: boolean
  /** Says only what differs from the question before: 那前年呢 · 李家洼的呢 · 为啥这么多. */
  followUp?: boolean
}

export interface UnderstandContext {
  now: Date
  vocabulary: Vocabulary
  /** What the bot has just asked for. */
  expecting?: 'choice' | 'confirm' | 'free'
}

export interface Understander {
  /** By its words alone: at once. */
  understand(text: string, context: UnderstandContext): Understanding
  /** By its words and, where they leave it open, by its meaning: may wait for the embeddings endpoint, as long as that is allowed to take. */
  consider(text: string, context: UnderstandContext): Promise<Understanding>
  /** Responsible departments of a petition, best first. */
  classifyDepartment(text: string): IntentScore[]
  /** Changes when the intent files do. */
  version: string
}

/** Why an intent file was not taken. Lines count from 1. */
export interface Refusal {
  file: string
  line: number
  reason: string
}
