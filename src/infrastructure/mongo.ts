/** MongoDB: the truth. Majority writes, retried; transactions for what belongs together. */
import mongoose from 'mongoose'
import type { ClientSession, Connection } from 'mongoose'
import { repairMongoDriver } from './mongo-repair.ts'

/**
 * Connects, with limits that make an outage an error within seconds rather than a wait without end.
 * @throws MongooseServerSelectionError when no primary answers within 8 s
 */
export async function connectMongo(uri: string, options: { maxPoolSize?: number } = {}): Promise<Connection> {
  repairMongoDriver()
  const connection = mongoose.createConnection(uri, {
    maxPoolSize: options.maxPoolSize ?? 64,
    serverSelectionTimeoutMS: 8000,
    // A command whose answer is lost with a broken network ends after this, and is retried.
    socketTimeoutMS: 30_000,
    waitQueueTimeoutMS: 8000,
    writeConcern: { w: 'majority' },
    retryWrites: true,
    autoIndex: false,
    promoteBuffers: true,
  })
  // Operations wait for the driver's own server selection, not for Mongoose's buffer: one time-out, not two.
  connection.set('bufferCommands', false)
  return connection.asPromise()
}

/**
 * Runs `work` in a transaction with majority write concern; transient errors are retried by the driver,
 * so `work` must give the same result when it runs again.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession()
  try {
    return await session.withTransaction(() => work(session), {
      writeConcern: { w: 'majority' },
      readConcern: { level: 'local' },
    })
  } finally {
    await session.endSession()
  }
}

/** True for the error that a unique index raises. */
export function isDuplicateKey(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 11000
}
