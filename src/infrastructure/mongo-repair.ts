/** Repairs a fault of the MongoDB driver (7.8 and 7.9) by which an operation can wait for ever. */
import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { mongo } from 'mongoose'

interface DriverConnection extends EventEmitter {
  closed: boolean
  socket: { destroyed: boolean }
  writeCommand(...args: unknown[]): Promise<void>
}

/**
 * When a socket breaks at the very moment a command is written to it (mongod was killed), write() gives false and the driver waits
 * for “drain”, which a destroyed socket never tells. The operation then never ends, nor does what waits for it: a batch of the
 * inbox, a worker's turn. Here the end of the connection ends the wait, with the error that the driver retries.
 * Does nothing when the driver's inside is not what we know.
 */
export function repairMongoDriver(): void {
  const require = createRequire(import.meta.resolve('mongoose'))
  const { Connection } = require('mongodb/lib/cmap/connection.js') as { Connection?: { prototype: DriverConnection } }
  const driver = Connection?.prototype
  if (typeof driver?.writeCommand !== 'function' || repaired.has(driver)) return
  repaired.add(driver)
  const write = driver.writeCommand
  driver.writeCommand = async function (this: DriverConnection, ...args): Promise<void> {
    let ended: () => void = () => undefined
    const end = new Promise<never>((_, reject) => {
      ended = () => reject(new mongo.MongoNetworkError('the connection ended while a command was written'))
      this.once('close', ended)
    })
    try {
      await Promise.race([write.apply(this, args), end])
    } finally {
      this.off('close', ended)
    }
  }
}

const repaired = new WeakSet<object>()
