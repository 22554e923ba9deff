/** Front door of conferences: for now the log of open questions. */
import type { ClientSession } from 'mongoose'
import type { LiveTopic } from '../cases/index.ts'
import type { Reply } from '../channels/index.ts'
import type { Capability } from '../conversation/index.ts'
import type { Services } from '../infrastructure/services.ts'
import { OPEN_QUESTIONS, conferenceContext } from './context.ts'
import type { ConferenceDeps } from './context.ts'
import { groupQuestions } from './group-questions.ts'
import { knownAnswer } from './known-answers.ts'
import { prepareQuestions } from './model.ts'
import { questionPolicy } from './policy.ts'
import { recordQuestion } from './record-question.ts'
import type { NewQuestion } from './record-question.ts'
import { questionRoutes } from './routes.ts'
import { conferenceSkills } from './skills.ts'

export type { ConferenceDeps } from './context.ts'
export type { NewQuestion } from './record-question.ts'

/** Over the console's live stream: somebody asked or answered. */
export const questionsTopic: LiveTopic = { topic: OPEN_QUESTIONS, may: questionPolicy['questions.list'] }

const GROUP_EVERY_MS = 5_000

export interface Conferences extends Capability {
  /** Logs what could not be answered, within the caller's transaction. */
  record(session: ClientSession, question: NewQuestion): Promise<void>
  /** What a handler answered to the same question; null when nobody did. */
  known(question: string, villageId: string | null): Promise<Reply | null>
  /** Joins open questions that ask the same; the job does so by itself. @returns how many were joined */
  group(): Promise<number>
}

export function createConferences(services: Services, deps: ConferenceDeps): Conferences {
  const context = conferenceContext(services, deps)
  return {
    name: 'conferences',
    skills: conferenceSkills(context),
    routes: questionRoutes(context),
    jobs: [
      { name: 'conferences.group', everyMs: GROUP_EVERY_MS, run: async () => void (await groupQuestions(context)) },
    ],
    start: async () => prepareQuestions(services.connection),
    known: async (question, villageId) => knownAnswer(context, question, villageId),
    group: async () => groupQuestions(context),
    record: async (session, question) => recordQuestion(context, session, question),
  }
}
