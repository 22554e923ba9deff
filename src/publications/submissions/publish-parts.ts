/** A checked submission becomes what the village has published: a new version of each publication, the old ones stay to be read. */
import type { Filter } from 'mongodb'
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import { isDuplicateKey } from '../../infrastructure/mongo.ts'
import type { Services } from '../../infrastructure/services.ts'
import { hashRecords } from '../import/assign.ts'
import { publicationModels, stampCollection } from '../model.ts'
import type { StoredPublication, StoredRecord } from '../records.ts'
import type { Part } from './arrange-parts.ts'
import { submissionCollections } from './model.ts'
import type { StoredSubmission } from './model.ts'
import { submissionReplies as say } from './replies.ts'

export interface StagedPart {
  part: Part
  publication: StoredPublication
  /** Records that were laid down. */
  count: number
}

/**
 * Lays the records of each part down beside what is published, as drafts that nothing reads. Done before the
 * transaction, which only turns them over: so a long list neither outgrows a transaction nor makes it slow. May be
 * repeated after a crash.
 * @throws DomainError submission_overtaken when something else was published in the meantime
 */
export async function stageParts(
  { connection }: Pick<Services, 'connection'>,
  submission: StoredSubmission,
  now: Date,
): Promise<StagedPart[]> {
  const staged: StagedPart[] = []
  for (const [index, part] of submission.parts.entries()) {
    const base = await findBase(connection, submission.villageId, part)
    const lying = await submissionCollections(connection)
      .records.find({ submissionId: submission._id, part: index })
      .toArray()
    // What is signed is what was checked: the hash was taken when the file was read.
    if (hashRecords(lying) !== part.hash) throw new Error('the records of a submission do not have its hash')
    const { publication, records } = compose(submission, part, lying, base, now)
    const collection = connection.collection<StoredRecord>('records')
    await collection.deleteMany({ publicationId: publication._id, state: { $in: ['draft', 'checked'] } })
    try {
      if (records.length > 0) await collection.insertMany(records, { ordered: true })
    } catch (error) {
      if (isDuplicateKey(error)) throw overtaken(part)
      throw error
    }
    staged.push({ part, publication, count: records.length })
  }
  return staged
}

/** Turns what was staged over, within the caller's transaction. @throws as stageParts */
export async function publishParts(
  { connection }: Pick<Services, 'connection'>,
  { villageId }: StoredSubmission,
  staged: readonly StagedPart[],
  session: ClientSession,
): Promise<void> {
  const { publications } = publicationModels(connection)
  const records = connection.collection<StoredRecord>('records')
  const turn = async (filter: Filter<StoredRecord>, state: 'published' | 'superseded'): Promise<number> =>
    (await records.updateMany(filter, { $set: { state } }, { session })).modifiedCount
  for (const { part, publication, count } of staged) {
    const base = await findBase(connection, villageId, part, session)
    if (base) {
      await publications.updateOne({ _id: base._id }, { $set: { state: 'superseded' } }, { session })
      await turn({ publicationId: base._id, state: 'published' }, 'superseded')
    } else if (part.draftId) await publications.deleteOne({ _id: part.draftId }, { session })
    if (part.takesOver) await turn({ villageId, kind: { $in: part.kinds }, state: 'published' }, 'superseded')
    // Somebody else who publishes the same at this moment may have laid them anew.
    const turned = await turn({ publicationId: publication._id, state: 'draft' }, 'published')
    if (turned !== count) throw overtaken(part)
    await connection.collection<StoredPublication>('publications').insertOne(publication, { session })
  }
  await stampCollection(connection).updateOne({ _id: villageId }, { $inc: { changes: 1 } }, { upsert: true, session })
}

/** What was laid down and not published. */
export async function forgetStaged(
  { connection }: Pick<Services, 'connection'>,
  staged: readonly StagedPart[],
): Promise<void> {
  const ids = staged.map(({ publication }) => publication._id)
  await connection.collection<StoredRecord>('records').deleteMany({ publicationId: { $in: ids }, state: 'draft' })
}

const overtaken = ({ item }: Part): DomainError => new DomainError('submission_overtaken', 409, say.overtaken(item))

/** The published version that the part corrects. @throws DomainError submission_overtaken when it is another by now */
async function findBase(
  connection: Services['connection'],
  villageId: string,
  part: Part,
  session?: ClientSession,
): Promise<StoredPublication | null> {
  const newest = await publicationModels(connection)
    .publications.findOne({ villageId, item: part.item, period: part.period }, null, session ? { session } : {})
    .sort({ version: -1 })
    .lean<StoredPublication>()
  const base = newest?.state === 'published' ? newest : null
  const draft = newest && !base ? newest._id : null
  if ((base?._id ?? null) !== part.baseId || draft !== part.draftId) throw overtaken(part)
  return base
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
    state: 'draft' as const,
    date,
    keys,
    text,
    data,
  }))
  return { publication, records }
}
