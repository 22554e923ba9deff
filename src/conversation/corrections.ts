/** What handlers said a message means: kept, learnt by every process, and in force from the next message on. */
import type { Collection } from 'mongoose'
import { contentHash } from '../infrastructure/crypto.ts'
import type { Services } from '../infrastructure/services.ts'
import type { LoadedUnderstander } from './understand/index.ts'
import { normalise } from './understand/index.ts'

interface StoredCorrection {
  /** Hash of the normalised words. */
  _id: string
  /** Numbers of people masked by who hands it over. */
  text: string
  intent: string
  accountId: string
  at: Date
}

export interface Corrections {
  /** Reads what is kept, and listens for what other processes take. */
  start(): Promise<void>
  /** In force in this process when it resolves, in the others a moment later. */
  add(entry: { text: string; intent: string; accountId: string }): Promise<void>
  close(): void
}

const TOPIC = 'intent-corrections'
const MOST = 5_000

export function createCorrections(services: Services, understander: LoadedUnderstander): Corrections {
  const stored: Collection<StoredCorrection> = services.connection.collection<StoredCorrection>('intent_corrections')
  const load = async (): Promise<void> => {
    const all = await stored.find().sort({ at: -1 }).limit(MOST).toArray()
    await understander.correct(all.map(({ text, intent }) => ({ text, intent })))
  }
  let stop = (): void => undefined
  return {
    async start() {
      stop = services.live.listen(TOPIC, () => {
        load().catch((error: unknown) => services.logger.warn({ err: error }, 'corrections of intents were not read'))
      })
      await load()
    },
    async add({ text, intent, accountId }) {
      const plain = normalise(text)
      await stored.updateOne(
        { _id: contentHash(plain).slice(0, 32) },
        { $set: { text: plain, intent, accountId, at: services.clock.now() } },
        { upsert: true },
      )
      await load()
      services.live.tell(TOPIC)
    },
    close: () => stop(),
  }
}
