/** A checked submission becomes what the village has published: a new version of each publication, the old ones stay to be read. */
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { Services } from '../../infrastructure/services.ts'
import { hashRecords } from '../import/assign.ts'
import { publicationModels, stampCollection } from '../model.ts'
import type { StoredPublication, StoredRecord } from '../records.ts'
import type { Part } from './arrange-parts.ts'
import { submissionCollections } from './model.ts'
import type { StoredSubmission } from './model.ts'
import { submissionReplies as say } from './replies.ts'

/** @throws DomainError submission_overtaken when something else was published in the meantime */
export async function publishParts(
  { connection }: Pick<Services, 'connection'>,
  submission: StoredSubmission,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const { villageId } = submission
  for (const [index, part] of submission.parts.entries())
    await publishPart(connection, submission, part, index, now, session)
  await stampCollection(connection).updateOne({ _id: villageId }, { $inc: { changes: 1 } }, { upsert: true, session })
}

async function publishPart(
  connection: Services['connection'],
  submission: StoredSubmission,
  part: Part,
  index: number,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const { villageId } = submission
  const models = publicationModels(connection)
  const newest = await models.publications
    .findOne({ villageId, item: part.item, period: part.period }, null, { session })
    .sort({ version: -1 })
    .lean<StoredPublication>()
  const base = newest?.state === 'published' ? newest : null
  if ((base?._id ?? null) !== part.baseId) throw new DomainError('submission_overtaken', 409, say.overtaken(part.item))
  const lying = await submissionCollections(connection)
    .records.find({ submissionId: submission._id, part: index }, { session })
    .toArray()
  // What is signed is what was checked: the hash was taken when the file was read.
  if (hashRecords(lying) !== part.hash) throw new Error('the records of a submission do not have its hash')
  if (base) {
    await models.publications.updateOne({ _id: base._id }, { $set: { state: 'superseded' } }, { session })
    await models.records.updateMany({ publicationId: base._id }, { $set: { state: 'superseded' } }, { session })
  } else if (newest) {
    await models.publications.deleteOne({ _id: newest._id }, { session })
    await models.records.deleteMany({ publicationId: newest._id }, { session })
  }
  if (part.takesOver)
    await models.records.updateMany(
      { villageId, kind: { $in: part.kinds }, state: 'published' },
      { $set: { state: 'superseded' } },
      { session },
    )
  const { publication, records } = compose(submission, part, lying, base, now)
  await connection.collection<StoredPublication>('publications').insertOne(publication, { session })
  if (records.length > 0) await connection.collection<StoredRecord>('records').insertMany(records, { session })
}

function compose(
  submission: StoredSubmission,
  part: Part,
  lying: readonly Pick<StoredRecord, 'kind' | 'recordId' | 'date' | 'keys' | 'text' | 'data'>[],
  base: StoredPublication | null,
  now: Date,
): { publication: StoredPublication; records: StoredRecord[] } {
  const { villageId } = submission
  const version = base ? base.version + 1 : part.version
  const id = `${villageId}:${part.item}:${part.period}:v${version}`
  const today = shanghaiDate(now)
  const publication: StoredPublication = {
    _id: id,
    villageId,
    class: part.class,
    item: part.item,
    kinds: part.kinds,
    period: part.period,
    from: part.from,
    to: part.to,
    version,
    state: 'published',
    dueAt: part.dueAt,
    publishedAt: today,
    // A correction does not make late what was in time.
    firstPublishedAt: base ? (base.firstPublishedAt ?? base.publishedAt) : today,
    checkedBy: submission.checked?.name ?? '',
    way: part.way,
    note: base?.note ?? '',
    hash: part.hash,
    reason: base ? submission.reason : '',
    importedAt: now,
  }
  const records = lying.map(({ kind, recordId, date, keys, text, data }) => ({
    _id: `${id}#${kind}#${recordId}`,
    kind,
    villageId,
    publicationId: id,
    recordId,
    state: 'published' as const,
    date,
    keys,
    text,
    data,
  }))
  return { publication, records }
}
