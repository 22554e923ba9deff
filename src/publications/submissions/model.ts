/** Files on their way to publication. They lie apart from what is published, so that no answer and no page can come upon them. */
import type { Collection } from 'mongodb'
import type { Connection } from 'mongoose'
import type { DraftRecord } from '../import/draft.ts'
import type { ImportKind } from '../import/kinds.ts'
import type { MaskedCell } from '../import/table.ts'
import type { Part } from './arrange-parts.ts'
import type { Change } from './compare-records.ts'

export type SubmissionState = 'draft' | 'checked' | 'published' | 'returned' | 'withdrawn'

export interface Signature {
  accountId: string
  name: string
  at: Date
}

export interface SubmissionStep extends Signature {
  step: 'submitted' | 'checked' | 'returned' | 'published' | 'withdrawn'
  reason: string
}

export interface StoredSubmission {
  _id: string
  villageId: string
  kind: ImportKind
  fileName: string
  state: SubmissionState
  /** villageId|item|period while it is under way: one at a time for each publication. */
  openParts?: string[]
  parts: Part[]
  /** The first ones; the counts of the parts are complete. */
  changes: Change[]
  notes: string[]
  /** Numbers of people that were taken out of the file; they are kept nowhere. */
  masked: MaskedCell[]
  /** Why something published is changed; empty when nothing is. */
  reason: string
  submitted: Signature
  checked: Signature | null
  history: SubmissionStep[]
  /** Rises with each step, so that two people cannot take one at the same time. */
  revision: number
  /** Somebody is publishing it until then at the latest. */
  publishingUntil?: Date
  updatedAt: Date
}

export interface SubmissionRecord extends DraftRecord {
  _id: string
  submissionId: string
  /** Place of its part among the submission's. */
  part: number
  at: Date
}

export interface SubmissionCollections {
  submissions: Collection<StoredSubmission>
  records: Collection<SubmissionRecord>
}

export function submissionCollections(connection: Connection): SubmissionCollections {
  return {
    submissions: connection.collection<StoredSubmission>('submissions') as unknown as Collection<StoredSubmission>,
    records: connection.collection<SubmissionRecord>('submission_records') as unknown as Collection<SubmissionRecord>,
  }
}

/** A handing-in that takes longer has died half-way. */
const UNFINISHED_MS = 3_600_000

export async function prepareSubmissions(connection: Connection, now: Date): Promise<void> {
  const { submissions, records } = submissionCollections(connection)
  await Promise.all([
    submissions.createIndex(
      { openParts: 1 },
      { unique: true, partialFilterExpression: { openParts: { $exists: true } } },
    ),
    submissions.createIndex({ villageId: 1, state: 1, updatedAt: -1 }),
    submissions.createIndex({ state: 1, updatedAt: -1 }),
    records.createIndex({ submissionId: 1, part: 1 }),
  ])
  // Left over where a process died between the records and their submission, or after it was closed.
  const left = (await records.distinct('submissionId', {
    at: { $lt: new Date(now.getTime() - UNFINISHED_MS) },
  })) as string[]
  const open = await submissions
    .find({ _id: { $in: left }, openParts: { $exists: true } }, { projection: { _id: 1 } })
    .toArray()
  const closed = left.filter((id) => !open.some(({ _id }) => _id === id))
  if (closed.length > 0) await records.deleteMany({ submissionId: { $in: closed } })
}
