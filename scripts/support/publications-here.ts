/** Publications on their own, for commands: a connection to MongoDB and nothing else. */
import type mongoose from 'mongoose'
import type { Connection } from 'mongoose'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/infrastructure/clock.ts'
import { embeddingsFrom } from '../../src/infrastructure/embeddings.ts'
import type { Embeddings } from '../../src/infrastructure/embeddings.ts'
import { connectMongo, inTransaction } from '../../src/infrastructure/mongo.ts'
import type { Services } from '../../src/infrastructure/services.ts'
import { createAccounts, createDemoAccounts, createOrganisation } from '../../src/people/index.ts'
import type { DemoAccountStore, OrganisationStore } from '../../src/people/index.ts'
import { createPublications } from '../../src/publications/index.ts'
import type { Publications } from '../../src/publications/index.ts'

export interface PublicationsHere {
  publications: Publications
  organisation: OrganisationStore
  demoAccounts: DemoAccountStore
  connection: Connection
  close(): Promise<void>
}

/**
 * @param uri default MONGODB_URI, else the development server
 * @param given embeddings, closed by who gave them; default those of the settings
 */
export async function createPublicationsHere(
  uri = process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/village-desk?replicaSet=rs0',
  given?: Embeddings | null,
): Promise<PublicationsHere> {
  const connection = await connectMongo(uri, { maxPoolSize: 4 })
  const services = {
    connection,
    clock: systemClock,
    publicUrl: process.env.PUBLIC_URL ?? '',
    transaction: async <T>(work: (session: mongoose.ClientSession) => Promise<T>) => inTransaction(connection, work),
  } as unknown as Services
  const organisation = createOrganisation(services)
  const demoAccounts = createDemoAccounts(services, createAccounts(services, organisation))
  const embeddings = given === undefined ? embeddingsFrom(readConfig(process.env)) : given
  const publications = await createPublications(services, {
    villages: async () => (await organisation.get()).villages,
    township: async () => organisation.get(),
    embeddings,
  })
  const close = async (): Promise<void> => {
    if (given === undefined) await embeddings?.close()
    await connection.close()
  }
  return { publications, organisation, demoAccounts, connection, close }
}
