/** MongoDB removes what has expired by the wall clock; a test's clock stands where the test puts it. */
import type { Connection } from 'mongoose'

/** Call once the indexes are made. */
export async function stopExpiry(connection: Connection): Promise<void> {
  for (const { name: collectionName } of await connection.listCollections()) {
    const collection = connection.collection(collectionName)
    for (const { name, expireAfterSeconds } of await collection.indexes())
      if (name && expireAfterSeconds !== undefined) await collection.dropIndex(name)
  }
}
