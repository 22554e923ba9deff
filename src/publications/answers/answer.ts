/** What a villager asked and what is answered, before it is put into words for a channel. */
import type { ChannelForm, Reply } from '../../channels/index.ts'
import type { Period, SkillOutcome, Slots } from '../../conversation/index.ts'
import type { Catalogue, Catalogues } from '../catalogue.ts'
import type { StoredPublication } from '../records.ts'
import type { Store } from '../store.ts'
import type { DocumentSearch } from '../documents/search.ts'
import type { PassageSearch } from '../passages/passage-search.ts'

export interface VillageName {
  id: string
  name: string
}

/** An office of the township or above, as its people publish it. */
export interface Office {
  name: string
  phone: string
  hours: string
  /** What it looks after, in a few words. */
  duties: string
}

/** Kept of the last answer so that “那前年呢”, “明细” and “还有呢” can be understood. JSON. */
export interface Memory {
  asker: string
  /** The record that was spoken of. */
  recordId?: string
  topic?: string
  /** Its name, for “那个合同”. */
  about?: string
  measure?: string
  op?: string
  offset?: number
  period?: Period
}

export interface Question {
  /** Normalised text of this part of the message. */
  text: string
  intent: string
  slots: Slots
  village: VillageName
  /** More than one when villages are compared. */
  villages: VillageName[]
  period: Period | null
  periods: Period[]
  /** Today, YYYY-MM-DD in Asia/Shanghai. */
  today: string
  form: ChannelForm
  /** Set when the question leans on the last answer. */
  memory: Memory | null
  /** The village's published names, and the township's. */
  names: Catalogue
  township: Catalogue
  offices: readonly Office[]
}

/** Asks for the village's income or spending, and leans on nothing said before. */
export const isAboutMoney = ({ intent, memory }: Pick<Question, 'intent' | 'memory'>): boolean =>
  intent.startsWith('ask.finance') && memory === null

/** The records an answer rests on. */
export interface Cite {
  title: string
  period?: string
  url: string
  publications: readonly StoredPublication[]
  recordIds: readonly string[]
}

export interface Answer {
  /** The figure or fact, first. */
  lead: string
  /** The same for SMS; the source is added. */
  short?: string
  lines?: readonly string[]
  card?: {
    title: string
    figure?: string
    rows?: { label: string; value: string }[]
    series?: { label: string; value: number }[]
    unit?: string
  }
  cites: readonly Cite[]
  memory?: Memory
  unanswered?: NonNullable<SkillOutcome['unanswered']>
  /** 元 or counts, for `npm run ask --json`. */
  figures?: Record<string, number>
  /** It speaks of everything that the question names. */
  certain?: boolean
  /** Said after everything else: how to get the rest. */
  hint?: string
}

export interface AskDeps {
  store: Store
  catalogues: Catalogues
  documents: DocumentSearch
  passages: PassageSearch
}

/** Answers one kind of question, or null when it is not its to answer. */
export interface Asker {
  name: string
  /** How strongly the words themselves point here, apart from the intent: 0 = not at all. */
  claims(question: Question): number
  answer(question: Question, deps: AskDeps): Promise<Answer | null>
}

export type { Reply }
