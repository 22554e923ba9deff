/** Saves what was read: all of a village in one transaction or nothing. Unchanged publications stay; changed ones get a new version. */
import type { Services } from '../../infrastructure/services.ts'
import { publicationModels, stampCollection } from '../model.ts'
import type { StoredPublication, StoredRecord } from '../records.ts'
import type { DraftPublication } from './assign.ts'
import { importReplies } from './replies.ts'

export interface ImportResult {
  /** Publications that are new, that have a new version, and that were as before. */
  added: number
  changed: number
  unchanged: number
  /** Records that no published publication covers: kept as drafts, never answered from. */
  drafts: number
  records: number
}

/**
 * @param villageId the village, or the township for its lists and policies
 * @throws whatever MongoDB throws; nothing is saved then
 */
export async function saveImport(
  services: Services,
  villageId: string,
  drafts: readonly DraftPublication[],
): Promise<ImportResult> {
  const { publications, records } = publicationModels(services.connection)
  return services.transaction(async (session) => {
    const known = await publications
      .find({ villageId, state: { $in: ['draft', 'checked', 'published'] } }, null, { session })
      .lean()
    const latest = new Map<string, StoredPublication>()
    for (const each of known) {
      const before = latest.get(keyOf(each))
      if (!before || before.version < each.version) latest.set(keyOf(each), each)
    }
    const result: ImportResult = { added: 0, changed: 0, unchanged: 0, drafts: 0, records: 0 }
    const newPublications: StoredPublication[] = []
    const newRecords: StoredRecord[] = []
    for (const draft of newestOf(drafts)) {
      const before = latest.get(keyOf(draft))
      latest.delete(keyOf(draft))
      const state = draft.publishedAt === '' ? 'draft' : 'published'
      if (state === 'draft') result.drafts += draft.records.length
      result.records += draft.records.length
      if (before && isSame(before, draft)) {
        result.unchanged += 1
        continue
      }
      if (before) result.changed += 1
      else result.added += 1
      const wasPublished = before?.state === 'published'
      const version = wasPublished
        ? Math.max(before.version + 1, draft.version)
        : Math.max(before?.version ?? 1, draft.version)
      const id = `${villageId}:${draft.item}:${draft.period}:v${version}`
      if (before) await retire(before, wasPublished)
      const { records: own, ...about } = draft
      newPublications.push({
        ...about,
        _id: id,
        villageId,
        version,
        state,
        reason: wasPublished ? draft.note || importReplies.correction : version > 1 ? draft.note : '',
        importedAt: services.clock.now(),
      })
      for (const record of own)
        newRecords.push({
          ...record,
          _id: `${id}#${record.kind}#${record.recordId}`,
          villageId,
          publicationId: id,
          state,
        })
    }
    // Drafts that the files no longer have go; what was published stays published until it is replaced.
    for (const gone of latest.values()) if (gone.state !== 'published') await retire(gone, false)
    // What a publication from the console had laid down under these names when its process died.
    const names = newPublications.map(({ _id }) => _id)
    await records.deleteMany({ publicationId: { $in: names }, state: 'draft' }, { session })
    if (newPublications.length > 0)
      await services.connection.collection<StoredPublication>('publications').insertMany(newPublications, { session })
    if (newRecords.length > 0)
      await services.connection.collection<StoredRecord>('records').insertMany(newRecords, { session })
    await stampCollection(services.connection).updateOne(
      { _id: villageId },
      { $inc: { changes: 1 } },
      { upsert: true, session },
    )
    return result

    async function retire(publication: StoredPublication, keep: boolean): Promise<void> {
      if (keep) {
        await publications.updateOne({ _id: publication._id }, { $set: { state: 'superseded' } }, { session })
        await records.updateMany({ publicationId: publication._id }, { $set: { state: 'superseded' } }, { session })
      } else {
        await publications.deleteOne({ _id: publication._id }, { session })
        await records.deleteMany({ publicationId: publication._id }, { session })
      }
    }
  })
}

/** A publication that stands in the list twice was corrected: the files hold its newest version only. */
function newestOf(drafts: readonly DraftPublication[]): DraftPublication[] {
  const newest = new Map<string, DraftPublication>()
  for (const draft of drafts) {
    const before = newest.get(keyOf(draft))
    if (!before || before.version < draft.version) newest.set(keyOf(draft), draft)
  }
  return [...newest.values()]
}

const keyOf = ({ item, period }: { item: string; period: string }): string => `${item}|${period}`

function isSame(before: StoredPublication, draft: DraftPublication): boolean {
  return (
    before.hash === draft.hash &&
    before.publishedAt === draft.publishedAt &&
    before.dueAt === draft.dueAt &&
    before.checkedBy === draft.checkedBy &&
    before.way === draft.way &&
    before.class === draft.class &&
    before.kinds.join() === draft.kinds.join()
  )
}
