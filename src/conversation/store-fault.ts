/** Tells “the store is away” from “our code is wrong”: the first is waited out, the second is told and passed over. */
import mongoose from 'mongoose'

export function isStoreFault(thrown: unknown): boolean {
  if (thrown instanceof mongoose.mongo.MongoNetworkError || thrown instanceof mongoose.mongo.MongoServerSelectionError)
    return true
  if (thrown instanceof mongoose.mongo.MongoError) {
    // Retryable by the driver's own account: a primary stepping down, a restart, a transaction that met another.
    return (
      thrown.hasErrorLabel('RetryableWriteError') ||
      thrown.hasErrorLabel('TransientTransactionError') ||
      /NotWritablePrimary|interrupted|shutdown|pool/i.test(String(thrown.message)) ||
      thrown.name === 'MongoPoolClearedError' ||
      thrown.name === 'MongoNotConnectedError' ||
      thrown.name === 'MongoTopologyClosedError'
    )
  }
  return thrown instanceof mongoose.Error.MongooseServerSelectionError
}
