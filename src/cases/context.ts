/** What the use cases of this folder are handed. */
import type { ClientSession } from 'mongoose'
import type { Reply } from '../channels/index.ts'
import type { AnsweredFigure, Understander } from '../conversation/index.ts'
import type { Services } from '../infrastructure/services.ts'
import type { AccountActor, Organisation } from '../people/index.ts'
import type { QuestionedRecords } from '../publications/index.ts'
import { caseCollections } from './model.ts'
import type { CaseCollections } from './model.ts'
import { publishedCalendar } from './procedures/calendar.ts'
import type { WorkCalendar } from './procedures/calendar.ts'
import { PROCEDURES } from './procedures/index.ts'
import type { Procedures } from './procedures/index.ts'
import { accusesOfficial } from './routing/accuses.ts'
import { openTemplates } from './template-file.ts'
import type { ReplyTemplate } from './template-file.ts'
import { createRarity } from './word-index.ts'

/** Ids and codes only, never words. */
export interface CaseAudit {
  event: string
  /** Account id, 'reporter' or 'system'. */
  actor: string
  subject?: string
  detail?: Record<string, string | number | boolean>
}

export interface CaseDeps {
  /** YAML with beginnings of replies; none when left out. */
  templatesFile?: string
  /** Writes to a contact over their own channel; false when the contact is not known. */
  say(session: ClientSession, contactId: string, reply: Reply): Promise<boolean>
  organisation(): Promise<Organisation>
  /** All accounts of the console. */
  accounts(): Promise<AccountActor[]>
  understander: Pick<Understander, 'classifyDepartment'>
  audit(entry: CaseAudit, session?: ClientSession): Promise<void>
  /** Channel and address of a contact in the clear: for the leak check, and for an identity that was opened by two. */
  addressOf?(contactId: string): Promise<string | null>
  /** A text message to a number on duty; the contact that it makes, or null when there is no such channel. */
  textTo?(session: ClientSession, phone: string, reply: Reply): Promise<string | null>
  /** Milliseconds after which the next level is told that a life is in danger; default five minutes. */
  alarmWaitMs?: number
  /** The published lines behind an answer that is doubted. */
  questioned?(answered: AnsweredFigure): Promise<QuestionedRecords>
  /** Working days; the published arrangements when left out. */
  calendar?: WorkCalendar
  /** The tables, with this place's own promises; as they are when left out. */
  procedures?: Procedures
}

export interface CaseContext extends Services, CaseDeps {
  collections: CaseCollections
  /** Beginnings of replies, as they stand in the file now. */
  templates(): Promise<readonly ReplyTemplate[]>
  calendar: WorkCalendar
  procedures: Procedures
  alarmWaitMs: number
  /** Which of the hashed pairs of a search stands in the fewest cases. */
  rarity: ReturnType<typeof createRarity>
  /** Keyed hash of a contact, as stored with its cases. */
  contactKey(contactId: string): string
  /** Keyed hash of a receipt code. */
  codeHash(code: string): string
  /** Accuses an official, whatever it was taken for: then it goes where tips go. */
  accuses(text: string, villageId: string | null): Promise<boolean>
  /** Tells the consoles to look again, once the running transaction has been committed. */
  tellSoon(caseId: string, change: string): void
}

/** A nudge sent from within a transaction must not overtake its commit; a console that comes too early looks again. */
const AFTER_COMMIT_MS = 200
const ALARM_WAIT_MS = 5 * 60_000

export function caseContext(services: Services, deps: CaseDeps): CaseContext {
  const { vault, live } = services
  const collections = caseCollections(services.connection)
  return {
    ...services,
    ...deps,
    collections,
    templates: deps.templatesFile ? openTemplates(deps.templatesFile, services.logger) : async () => [],
    rarity: createRarity(collections.cases),
    calendar: deps.calendar ?? publishedCalendar(),
    procedures: deps.procedures ?? PROCEDURES,
    alarmWaitMs: deps.alarmWaitMs ?? ALARM_WAIT_MS,
    contactKey: (contactId) => vault.fingerprint('case-reporter', contactId),
    codeHash: (code) => vault.fingerprint('case-code', code),
    accuses: async (text, villageId) => accusesOfficial(await deps.organisation(), { text, village: villageId }),
    tellSoon: (caseId, change) => {
      setTimeout(() => live.tell('cases', { caseId, change }), AFTER_COMMIT_MS).unref()
    },
  }
}
