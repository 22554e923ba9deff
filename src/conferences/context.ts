/** What the use cases of this folder are handed. */
import type { ClientSession } from 'mongoose'
import type { CaseAudit, WorkCalendar } from '../cases/index.ts'
import { computeDeadline, publishedCalendar } from '../cases/index.ts'
import type { Reply } from '../channels/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Organisation } from '../people/index.ts'
import type { Embeddings } from '../infrastructure/embeddings.ts'
import { createAlike } from './alike.ts'
import type { Alike } from './alike.ts'
import { questionCollections } from './model.ts'
import type { QuestionCollections } from './model.ts'

export interface ConferenceDeps {
  say(session: ClientSession, contactId: string, reply: Reply): Promise<boolean>
  organisation(): Promise<Organisation>
  audit(entry: CaseAudit, session?: ClientSession): Promise<void>
  calendar?: WorkCalendar
  embeddings?: Embeddings | null
  /** Takes what a handler says was meant; used from the next message on. @throws DomainError intent_unknown */
  correctIntent?(entry: { text: string; intent: string; accountId: string }): Promise<void>
  /** What a message may be taken for, with the name that people give it. */
  intents?(): readonly { code: string; title: string }[]
}

export interface ConferenceContext extends Services, ConferenceDeps {
  collections: QuestionCollections
  alike: Alike
  /** YYYY-MM-DD by which a question of this moment is to be answered; null when the calendar is not known. */
  dueAfter(at: Date): string | null
  tellSoon(): void
}

/** Questions that were not answered: three working days (DOMAIN.md 4). */
const ANSWER_RULE = { count: 3, unit: 'working-days', restDay: 'not-applicable' } as const
/** A nudge sent from within a transaction must not overtake its commit. */
const AFTER_COMMIT_MS = 200

export const OPEN_QUESTIONS = 'open-questions'

export function conferenceContext(services: Services, deps: ConferenceDeps): ConferenceContext {
  const calendar = deps.calendar ?? publishedCalendar()
  return {
    ...services,
    ...deps,
    collections: questionCollections(services.connection),
    alike: createAlike(deps.embeddings ?? null),
    dueAfter(at) {
      try {
        return computeDeadline({ start: at, rule: ANSWER_RULE }, calendar).due
      } catch (error) {
        if (error instanceof DomainError && error.code === 'calendar_missing') return null
        throw error
      }
    },
    tellSoon: () => void setTimeout(() => services.live.tell(OPEN_QUESTIONS), AFTER_COMMIT_MS).unref(),
  }
}
