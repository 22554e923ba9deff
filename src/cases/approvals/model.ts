/** What was asked of a second person. In the clear: ids, states, moments. Reasons and texts are sealed with the case's key. */
import type { Collection, Connection, Types } from 'mongoose'
import type { Leak } from '../leak-check/index.ts'
import type { ApprovalKind, RequestSending } from './schema.ts'

export interface StoredApproval {
  _id: Types.ObjectId
  kind: ApprovalKind
  caseId: Types.ObjectId
  state: 'open' | 'approved' | 'refused'
  requestedBy: string
  requestedAt: Date
  decidedBy?: string
  decidedAt?: Date
  /** ApprovalBody, sealed with the case's data key. */
  sealed: Buffer
  /** After that it has to be asked for again. */
  expiresAt: Date
  opened: number
  /** Who asked has seen what was decided. */
  toldAt?: Date
}

export interface ApprovalBody {
  reason: string
  /** What is to be sent. */
  sending?: Omit<RequestSending, 'reason'>
  leaks?: Leak[]
  refusal?: string
}

export const approvalsOf = (connection: Connection): Collection<StoredApproval> =>
  connection.collection<StoredApproval>('case_approvals')

/** Names that an account has tried on the leak check of a case: the check must not be a way to find out who it was. */
export interface StoredTries {
  /** account:case:day. */
  _id: string
  count: number
  at: Date
}

export const triesOf = (connection: Connection): Collection<StoredTries> =>
  connection.collection<StoredTries>('leak_tries')

export async function prepareApprovals(connection: Connection): Promise<void> {
  await Promise.all([
    approvalsOf(connection).createIndex({ requestedAt: -1 }),
    approvalsOf(connection).createIndex({ caseId: 1 }),
    triesOf(connection).createIndex({ at: 1 }),
  ])
}
