/** Contacts: who can be written to, without saying who it is. The id is a keyed hash of the address; the address itself is sealed. */
import type { ClientSession, Connection } from 'mongoose'
import { groupCommit } from '../infrastructure/group-commit.ts'
import type { Services } from '../infrastructure/services.ts'

export interface StoredContact {
  /** Keyed hash of channel, account and address. */
  _id: string
  channel: string
  account: string
  addressSealed: Buffer
  villageId: string | null
  /** Asked for no more unasked messages (退订). Direct questions are still answered. */
  optedOut?: boolean
  /** Dialogue state, sealed: see conversation/. */
  stateSealed?: Buffer
  /** State in groups, by room fingerprint. */
  rooms?: Record<string, Buffer>
  /** Answers in the current minute. */
  minute?: { at: number; count: number }
  createdAt: Date
  updatedAt: Date
}

export interface Contacts {
  find(contactId: string): Promise<StoredContact | null>
  /** Channel address in the clear: for sending only. */
  addressOf(contact: Pick<StoredContact, '_id' | 'addressSealed'>): string
  sealAddress(contactId: string, address: string): Buffer
  setVillage(contactId: string, villageId: string, session?: ClientSession): Promise<void>
  setOptedOut(contactId: string, optedOut: boolean, session?: ClientSession): Promise<void>
}

export function contactsCollection(connection: Connection): ReturnType<typeof connection.collection<StoredContact>> {
  return connection.collection<StoredContact>('contacts')
}

export function createContacts({ connection, vault, clock }: Services): Contacts {
  const collection = contactsCollection(connection)
  const set = async (contactId: string, fields: Partial<StoredContact>, session?: ClientSession): Promise<void> => {
    await collection.updateOne({ _id: contactId }, { $set: { ...fields, updatedAt: clock.now() } }, { session })
  }
  const find = groupCommit<string, StoredContact | null>(
    async (ids) => {
      const found = await collection.find({ _id: { $in: ids } }, { promoteBuffers: true }).toArray()
      const byId = new Map(found.map((contact) => [contact._id, contact]))
      return ids.map((id) => byId.get(id) ?? null)
    },
    { max: 64, parallel: 4 },
  )
  return {
    find,
    addressOf: ({ _id, addressSealed }) => vault.openText(addressSealed, `contact:${_id}`),
    sealAddress: (contactId, address) => vault.seal(address, `contact:${contactId}`),
    setVillage: async (contactId, villageId, session) => set(contactId, { villageId }, session),
    setOptedOut: async (contactId, optedOut, session) => set(contactId, { optedOut }, session),
  }
}
