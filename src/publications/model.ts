/** Collections of what villages published, and the index behind every query that an answer or a page makes. */
import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import type { StoredPublication, StoredRecord } from './records.ts'

const options = { autoIndex: false, versionKey: false, minimize: false, strict: 'throw' } as const

const publicationSchema = new Schema<StoredPublication>(
  {
    _id: { type: String, required: true },
    villageId: { type: String, required: true },
    class: { type: String, enum: ['party', 'affairs', 'finance', 'assets', 'lists'], required: true },
    item: { type: String, required: true },
    kinds: { type: [String], required: true },
    period: { type: String, default: '' },
    from: { type: String, default: '' },
    to: { type: String, default: '' },
    version: { type: Number, required: true, min: 1 },
    state: { type: String, enum: ['draft', 'checked', 'published', 'superseded'], required: true },
    dueAt: { type: String, default: '' },
    publishedAt: { type: String, default: '' },
    firstPublishedAt: { type: String, required: false },
    checkedBy: { type: String, default: '' },
    way: { type: String, default: '' },
    note: { type: String, default: '' },
    hash: { type: String, required: true },
    reason: { type: String, default: '' },
    importedAt: { type: Date, required: true },
  },
  options,
)
publicationSchema.index({ villageId: 1, state: 1, kinds: 1, from: -1 })
publicationSchema.index({ villageId: 1, item: 1, period: 1, version: -1 }, { unique: true })

const recordSchema = new Schema<StoredRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    villageId: { type: String, required: true },
    publicationId: { type: String, required: true },
    recordId: { type: String, required: true },
    state: { type: String, enum: ['draft', 'checked', 'published', 'superseded'], required: true },
    date: { type: String, default: '' },
    keys: { type: [String], required: true },
    text: { type: String, default: '' },
    // Typed by kind in records.ts; checked by the import before it gets here.
    data: { type: Schema.Types.Mixed, required: true },
  },
  options,
)
recordSchema.index({ villageId: 1, kind: 1, state: 1, date: 1, recordId: 1 })
// Without the state: a record has dozens of keys, and publishing must not rewrite them all within one transaction.
recordSchema.index({ villageId: 1, kind: 1, keys: 1, date: 1 })
recordSchema.index({ villageId: 1, kind: 1, state: 1, recordId: 1 })
recordSchema.index({ publicationId: 1, recordId: 1 })

export interface PublicationModels {
  publications: Model<StoredPublication>
  records: Model<StoredRecord>
}

/** Models on this connection; made once a connection. */
export function publicationModels(connection: Connection): PublicationModels {
  return {
    publications:
      (connection.models.Publication as Model<StoredPublication> | undefined) ??
      connection.model<StoredPublication>('Publication', publicationSchema, 'publications'),
    records:
      (connection.models.PublishedRecord as Model<StoredRecord> | undefined) ??
      connection.model<StoredRecord>('PublishedRecord', recordSchema, 'records'),
  }
}

/** Builds what is missing of the indexes. */
export async function preparePublications(connection: Connection): Promise<void> {
  const { publications, records } = publicationModels(connection)
  await Promise.all([publications.createIndexes(), records.createIndexes()])
  // What it was called before the state was taken out of it.
  await records.collection.dropIndex('villageId_1_kind_1_state_1_keys_1_date_1').catch(() => undefined)
}

/** How often a village's published data has changed: what is held in memory is good as long as this stands still. */
export function stampCollection(
  connection: Connection,
): ReturnType<typeof connection.collection<{ _id: string; changes: number }>> {
  return connection.collection<{ _id: string; changes: number }>('publication_stamps')
}
