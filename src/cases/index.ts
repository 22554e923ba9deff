/** Front door of cases: tips, petitions, suggestions, disputes, help, disclosure. */
import type { ClientSession } from 'mongoose'
import type { Capability } from '../conversation/index.ts'
import type { SealedPlace } from '../infrastructure/rotate-keys.ts'
import type { Services } from '../infrastructure/services.ts'
import { alarmPlace, prepareAlarms } from './alarms/model.ts'
import { alarmPolicy } from './alarms/policy.ts'
import { ALARMS, escalateAlarms, raiseAlarm } from './alarms/raise-alarm.ts'
import type { NewAlarm } from './alarms/raise-alarm.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { prepareApprovals } from './approvals/model.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { caseContext } from './context.ts'
import type { CaseDeps } from './context.ts'
import { deskRoutes } from './desk-routes.ts'
import { askFollowUps } from './follow-up.ts'
import { eraseExpired } from './erase-case.ts'
import { intakeForm } from './intake/form.ts'
import { prepareCases } from './model.ts'
import { overviewRoutes } from './overview/routes.ts'
import { progressRoutes } from './progress/routes.ts'
import { receiptRoutes } from './receipts/routes.ts'
import { caseRoutes } from './routes.ts'
import { indexWords } from './search-cases.ts'
import { settleDeadlines } from './settle-deadlines.ts'
import { caseSkills } from './skills.ts'
import { streamRoute } from './stream.ts'
import type { LiveTopic } from './stream.ts'
import { sweepDeadlines } from './sweep-deadlines.ts'

export type { CaseAudit, CaseDeps } from './context.ts'
export type { LiveTopic } from './stream.ts'
export { calendarFromFile, publishedCalendar } from './procedures/calendar.ts'
export type { CalendarFile, WorkCalendar } from './procedures/calendar.ts'
export { readLocalRules } from './procedures/local-rules.ts'
export { computeDeadline } from './procedures/deadline.ts'
export type { Deadline, DeadlineInput, DeadlineRule } from './procedures/deadline.ts'
export { LEAK_WAYS, SMALLEST_CELL, findLeaks } from './leak-check/index.ts'
export type { Leak, LeakAudience, LeakInput, LeakReport, LeakWay } from './leak-check/index.ts'
export { createReceiptCode, findReceiptCode, formatReceiptCode, isReceiptCode } from './receipt-code.ts'
export { openTemplates } from './template-file.ts'
export { accusesOfficial } from './routing/accuses.ts'
export { reportKind } from './routing/report-kind.ts'
export { routeReport } from './routing/route-report.ts'
export type { RoutingDecision, RoutingInput } from './routing/route-report.ts'
export type { RoutingOrganisation } from './routing/organisation-view.ts'

/** What a rotation of keys has to bring over. */
export const sealedPlaces: readonly SealedPlace[] = [
  { collection: 'cases', field: 'dataKey', context: 'data-key' },
  { collection: 'alarms', field: 'sealed', context: alarmPlace },
]

export interface Cases extends Capability {
  /** A life is in danger: tells those on duty, within the caller's transaction. */
  raiseAlarm(session: ClientSession, alarm: NewAlarm): Promise<void>
}

export interface Cases extends Capability {
  /** Tells an account something on the phone that it was paired with. @returns false when there is none */
  tellAccount(session: ClientSession, accountId: string, text: string): Promise<boolean>
}

/** @param deps.topics other topics that the console's live stream carries */
export function createCases(services: Services, deps: CaseDeps & { topics?: readonly LiveTopic[] }): Cases {
  const context = caseContext(services, deps)
  return {
    name: 'cases',
    skills: caseSkills(context),
    forms: [intakeForm(context)],
    routes: [
      streamRoute(context, [{ topic: ALARMS, may: alarmPolicy['alarms.list'] }, ...(deps.topics ?? [])]),
      ...alarmRoutes(context),
      ...caseRoutes(context),
      ...deskRoutes(context),
      ...overviewRoutes(context),
      ...progressRoutes(context),
      ...approvalRoutes(context),
      ...receiptRoutes(context),
    ],
    jobs: [
      { name: 'cases.escalate-alarms', everyMs: 5000, run: async () => void (await escalateAlarms(context)) },
      { name: 'cases.settle-deadlines', everyMs: 6 * 3_600_000, run: async () => settleDeadlines(context) },
      { name: 'cases.erase-expired', everyMs: 24 * 3_600_000, run: async () => void (await eraseExpired(context)) },
      { name: 'cases.index-words', everyMs: 60_000, run: async () => indexWords(context) },
      { name: 'cases.sweep-deadlines', everyMs: 60_000, run: async () => void (await sweepDeadlines(context)) },
      { name: 'cases.ask-follow-ups', everyMs: 15 * 60_000, run: async () => void (await askFollowUps(context)) },
    ],
    async tellAccount(session, accountId, text) {
      const handler = await context.collections.handlers.findOne({ _id: accountId }, { session })
      if (!handler?.contactId) return false
      await context.say(session, handler.contactId, { text })
      return true
    },
    start: async () => {
      await prepareCases(services.connection)
      await prepareApprovals(services.connection)
      await prepareAlarms(services.connection)
    },
    raiseAlarm: async (session, alarm) => raiseAlarm(context, session, alarm),
  }
}
