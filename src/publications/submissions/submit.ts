/** Keeps a file that was read without a fault as a draft, for the supervision committee to check. */
import { randomUUID } from 'node:crypto'
import { DomainError } from '../../infrastructure/errors.ts'
import { isDuplicateKey } from '../../infrastructure/mongo.ts'
import type { Services } from '../../infrastructure/services.ts'
import { importReplies } from '../import/replies.ts'
import type { Part } from './arrange-parts.ts'
import type { Audit } from './audit.ts'
import { submissionCollections } from './model.ts'
import type { Signature, StoredSubmission } from './model.ts'
import type { ReadSubmission, SubmissionInput } from './read-submission.ts'
import { submissionReplies as say } from './replies.ts'

/** More changes than anybody looks through; their number is told whole. */
const CHANGES_KEPT = 300
const MASKS_KEPT = 500

/**
 * @param reason why something published is changed; needed when the file does
 * @returns the draft as it is kept
 * @throws DomainError import_invalid (the file has faults, or changes nothing), reason_needed, submission_under_way
 */
export async function submit(
  services: Pick<Services, 'connection' | 'clock' | 'transaction'>,
  input: SubmissionInput & { reason: string },
  read: ReadSubmission,
  by: Omit<Signature, 'at'>,
  audit: Audit,
): Promise<StoredSubmission> {
  if (read.errors.length > 0) {
    const lines = read.errors.map(({ line }) => line)
    throw new DomainError('import_invalid', 400, importReplies.refused(lines.length), lines)
  }
  const parts = read.parts.map(({ part }) => part)
  if (parts.length === 0) throw new DomainError('import_invalid', 400, say.nothingNew, [say.nothingNew])
  const reason = input.reason.trim()
  if (reason === '' && parts.some(({ baseId }) => baseId !== null))
    throw new DomainError('reason_needed', 400, say.reasonNeeded)
  const { submissions, records } = submissionCollections(services.connection)
  const id = randomUUID()
  const submitted = { ...by, at: services.clock.now() }
  const submission: StoredSubmission = {
    _id: id,
    villageId: input.villageId,
    kind: input.kind,
    fileName: read.fileName,
    state: 'draft',
    openParts: parts.flatMap((part) => keysOf(input.villageId, part)),
    parts,
    changes: read.parts.flatMap(({ changes }) => changes).slice(0, CHANGES_KEPT),
    notes: read.notes,
    masked: read.masked.slice(0, MASKS_KEPT),
    reason,
    submitted,
    checked: null,
    history: [{ ...submitted, step: 'submitted', reason }],
    revision: 1,
    updatedAt: submitted.at,
  }
  try {
    // The records first and by themselves: nobody finds them before their submission is there, and the transaction stays small.
    await records.insertMany(
      read.parts.flatMap((arranged, part) =>
        arranged.records.map((record) => ({
          ...record,
          _id: `${id}#${part}#${record.kind}#${record.recordId}`,
          submissionId: id,
          part,
          at: submitted.at,
        })),
      ),
    )
    await services.transaction(async (session) => {
      await submissions.insertOne(submission, { session })
      await audit(
        { event: 'publication.submitted', actor: by.accountId, subject: id, detail: { village: input.villageId } },
        session,
      )
    })
  } catch (error) {
    await records.deleteMany({ submissionId: id })
    if (!isDuplicateKey(error)) throw error
    const open = await submissions.findOne({ openParts: { $in: submission.openParts! } })
    const part = open?.parts.find((one) =>
      keysOf(input.villageId, one).some((key) => submission.openParts!.includes(key)),
    )
    throw new DomainError('submission_under_way', 409, say.underWay(part?.item ?? '', part?.period ?? ''))
  }
  return submission
}

/** What only one submission at a time may be about: a publication, or a register wherever it is published. */
const keysOf = (villageId: string, { item, period, kinds, takesOver }: Part): string[] =>
  takesOver ? kinds.map((kind) => `${villageId}|${kind}`) : [`${villageId}|${item}|${period}`]
