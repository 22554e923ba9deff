/**
 * What each address answers to whom. A row for every address that exists: one without a row fails the test, and so does a row
 * whose answers are others. Rows of a group are alike; the groups say who is let in.
 */
export const ROLES = [
  'nobody',
  'clerk',
  'handler',
  'director',
  'discipline',
  'county',
  'supervisor',
  'admin',
  'village',
] as const
export type Who = (typeof ROLES)[number]

/** Statuses: of who is not signed in, of who is let in, of other accounts. */
interface Group {
  nobody: number
  in: number
  out?: number
  who?: readonly Who[]
}

/** Anybody at all. */
const open = (status: number): Group => ({ nobody: status, in: status })
/** Any account; what it gets depends on the record, and one that it may not see is not there. */
const account = (status: number): Group => ({ nobody: 401, in: status })
/** These roles only; to the others it is refused before anything is looked at. */
const only = (status: number, who: readonly Who[]): Group => ({ nobody: 401, in: status, out: 403, who })

const WORKS: readonly Who[] = ['clerk', 'handler', 'director', 'discipline', 'county', 'village']
const HELPS: readonly Who[] = ['clerk', 'handler', 'director', 'admin']

/** Path and method → group, asked for records that do not exist and with bodies that are right. */
export const EXPECTED: Readonly<Record<string, Group>> = {
  // cases: whoever asks for one that is not theirs is told that there is none
  'GET /api/console/cases': account(200),
  'GET /api/console/stream': account(200),
  'GET /api/console/cases/:id': account(404),
  'GET /api/console/cases/:id/assignees': account(404),
  'GET /api/console/cases/:id/reply-templates': account(404),
  'GET /api/console/cases/:id/similar': account(404),
  'GET /api/console/cases/:id/helpers': account(404),
  'POST /api/console/cases/:id/ask-help': account(404),
  'POST /api/console/cases/:id/end-help': account(404),
  'GET /api/console/cases/:id/files/:fileId': account(404),
  'POST /api/console/cases/:id/assign': account(404),
  'POST /api/console/cases/:id/accept': account(404),
  'POST /api/console/cases/:id/refuse': account(404),
  'POST /api/console/cases/:id/reply': account(404),
  'POST /api/console/cases/:id/note': account(404),
  'POST /api/console/cases/:id/extend': account(404),
  'POST /api/console/cases/:id/close': account(404),
  'POST /api/console/cases/:id/reopen': account(404),
  'POST /api/console/cases/:id/transfer': account(404),
  // further steps, lists and figures; 400 where the empty body is refused before the record is looked for
  'POST /api/console/cases/:id/press': account(400),
  'POST /api/console/cases/:id/ask-extension': account(400),
  'POST /api/console/cases/:id/decline-extension': account(400),
  'POST /api/console/cases/:id/pause': account(400),
  'POST /api/console/cases/:id/resume': account(404),
  'POST /api/console/cases/:id/dispose': account(400),
  'POST /api/console/cases/:id/reroute': account(400),
  'POST /api/console/cases/:id/recuse': account(400),
  'POST /api/console/cases': only(400, WORKS),
  'GET /api/console/absences': only(200, WORKS),
  'POST /api/console/absences': only(400, WORKS),
  'DELETE /api/console/absences/:accountId': only(404, WORKS),
  'POST /api/console/reminders/code': only(200, WORKS),
  'GET /api/console/reminders': only(200, WORKS),
  'DELETE /api/console/reminders': only(200, WORKS),
  'GET /api/console/case-counts': account(200),
  'GET /api/console/case-assignees': account(400),
  'POST /api/console/case-steps': account(400),
  'GET /api/console/case-filters': account(200),
  'PUT /api/console/case-filters': account(400),
  'GET /api/console/statistics': account(200),
  'GET /api/console/statistics.xlsx': account(200),
  'POST /api/public/progress': open(400),
  'POST /api/public/progress/step': open(400),
  // a life in danger
  'GET /api/console/alarms': account(200),
  'POST /api/console/alarms/:id/take': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/alarms/:id/reply': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/alarms/:id/contact': only(404, ['clerk', 'handler', 'director']),
  // two people
  'GET /api/console/approvals': account(200),
  'GET /api/console/approval-count': account(200),
  'POST /api/console/cases/:id/identity-requests': account(404),
  'POST /api/console/cases/:id/send-requests': account(404),
  'POST /api/console/cases/:id/leak-check': account(404),
  'POST /api/console/approvals/:id/decide': account(404),
  'POST /api/console/approvals/:id/open': account(404),
  // signing in
  'POST /api/console/sign-in': open(401),
  'POST /api/console/sign-out': open(204),
  'GET /api/console/demo-accounts': open(200),
  'GET /api/console/me': account(200),
  'POST /api/console/second-factor': account(200),
  'POST /api/console/second-factor/confirm': account(400),
  'POST /api/console/password': account(400),
  'GET /api/console/sessions': account(200),
  'POST /api/console/sessions/:handle/end': account(404),
  'GET /api/console/accounts': only(200, ['admin']),
  'POST /api/console/accounts': only(400, ['admin']),
  'POST /api/console/accounts/:username/disable': only(404, ['admin']),
  'POST /api/console/accounts/:username/enable': only(404, ['admin']),
  'POST /api/console/accounts/:username/reset': only(404, ['admin']),
  'POST /api/console/accounts/sessions/:handle/end': only(404, ['admin']),
  // the desk
  'GET /api/console/open-questions': only(200, ['clerk', 'handler', 'director', 'supervisor', 'village']),
  'POST /api/console/open-questions/:id/answer': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/open-questions/:id/dismiss': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/open-questions/:id/conference': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/open-questions/:id/merge': only(404, ['clerk', 'handler', 'director', 'village']),
  'POST /api/console/open-questions/:id/intent': only(404, ['clerk', 'handler', 'director']),
  'GET /api/console/intents': only(200, ['clerk', 'handler', 'director']),
  'GET /api/console/parked': only(200, HELPS),
  'POST /api/console/parked/:id/retry': only(404, HELPS),
  // villagers
  'POST /api/public/chat/messages': open(202),
  'GET /api/public/chat/history': open(200),
  'GET /api/public/chat/stream': open(200),
  'GET /api/public/villages': open(200),
  'GET /api/public/receipt-key': open(200),
  'GET /api/public/receipts/:token': open(404),
  'GET /api/public/pages': open(400),
  // channels and the operator
  'GET /healthz': open(200),
  'GET /api/hooks/sms-kannel/:token/incoming': open(404),
  'POST /api/hooks/sms-kannel/:token/incoming': open(404),
  'GET /api/hooks/sms-kannel/:token/report': open(404),
  // pages: the same to everybody, built or not
  'GET /': open(302),
}

/** The status that this actor is to get; null when the table has no row. */
export function expected(row: string, who: Who): number | null {
  const group = EXPECTED[row]
  if (!group) return null
  if (who === 'nobody') return group.nobody
  return !group.who || group.who.includes(who) ? group.in : (group.out ?? group.in)
}

/** Pages are of the public: their addresses do not begin with /api, and what they answer is compared between actors. */
export const isPage = (path: string): boolean => !path.startsWith('/api/') && path !== '/healthz' && path !== '/'
