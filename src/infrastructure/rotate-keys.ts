/** Brings stored values under the newest generation of keys while the service runs: each is replaced only where nobody changed it meanwhile. */
import type { Connection, Types } from 'mongoose'
import type { Vault } from './crypto.ts'

/** A field that is sealed by the ring. */
export interface SealedPlace {
  collection: string
  field: string
  /** What the value is bound to; `data-key`: a wrapped data key. */
  context: 'data-key' | ((id: string) => string)
}

const BATCH = 500

/** @returns how many values were brought over */
export async function resealAll(connection: Connection, vault: Vault, places: readonly SealedPlace[]): Promise<number> {
  let count = 0
  for (const { collection: name, field, context } of places) {
    const collection = connection.collection<{ _id: Types.ObjectId | string } & Record<string, unknown>>(name)
    let writes: { updateOne: { filter: object; update: object } }[] = []
    const flush = async (): Promise<void> => {
      if (writes.length > 0) count += (await collection.bulkWrite(writes as never[], { ordered: false })).modifiedCount
      writes = []
    }
    const found = collection.find({ [field]: { $exists: true } }, { projection: { [field]: 1 }, promoteBuffers: true })
    for await (const document of found) {
      const before = document[field] as Buffer
      const fresh =
        context === 'data-key' ? vault.rewrapDataKey(before) : vault.reseal(before, context(String(document._id)))
      if (!fresh) continue
      writes.push({
        updateOne: { filter: { _id: document._id, [field]: before }, update: { $set: { [field]: fresh } } },
      })
      if (writes.length >= BATCH) await flush()
    }
    await flush()
  }
  return count
}
