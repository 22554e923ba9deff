/** What the kits and capabilities are built from: one object, made in main.ts (or by a test), handed down. */
import type { Redis } from 'ioredis'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from './clock.ts'
import type { Files } from './files.ts'
import type { Live } from './live.ts'
import type { Logger } from './logger.ts'
import type { Vault } from './crypto.ts'
import type { Wakes } from './wakes.ts'

export interface Services {
  clock: Clock
  logger: Logger
  /** Mongoose connection: models are made on it (`connection.model`), hot paths use `connection.collection`. */
  connection: Connection
  redis: Redis
  vault: Vault
  files: Files
  live: Live
  wakes: Wakes
  /** Runs writes that belong together; retried on transient errors, so `work` must be repeatable. */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T>
  /** Where the pages are reachable, without a slash at the end: http://localhost:3000. */
  publicUrl: string
}
