/** Writing to a contact outside of a turn: a handler's reply, a reminder. The caller names the contact, never the address. */
import type { ClientSession } from 'mongoose'
import type { Services } from '../infrastructure/services.ts'
import type { Reply } from './channel.ts'
import { contactsCollection } from './contacts.ts'
import type { Contacts } from './contacts.ts'
import type { Inbox } from './inbox.ts'
import type { Outbox } from './outbox.ts'
import { outboxQueue } from './outbox-sender.ts'

/** @returns false when nobody is known under that id: nothing was enqueued */
export type Say = (session: ClientSession, contactId: string, reply: Reply) => Promise<boolean>

/** To an address that we know ourselves, not from a message: the telephone of somebody on duty. */
export type SayTo = (
  session: ClientSession,
  to: { channel: string; account: string; address: string },
  reply: Reply,
) => Promise<string>

/** A wake sent within a transaction must not overtake its commit. */
const AFTER_COMMIT_MS = 200

export function createSay({ wakes }: Services, contacts: Contacts, outbox: Outbox): Say {
  return async (session, contactId, reply) => {
    const contact = await contacts.find(contactId)
    if (!contact) return false
    const { channel, account } = contact
    const entries = await outbox.enqueue(session, [
      { contactId, channel, account, to: contacts.addressOf(contact), reply },
    ])
    for (const { lane, sendsFrom } of entries) wakes.wake(outboxQueue(sendsFrom), lane, { delayMs: AFTER_COMMIT_MS })
    return true
  }
}

/** @returns a function that gives the contact id of the address, by which its answers are known */
export function createSayTo(
  { wakes, connection, clock }: Services,
  inbox: Pick<Inbox, 'contactIdOf'>,
  contacts: Contacts,
  outbox: Outbox,
): SayTo {
  const collection = contactsCollection(connection)
  return async (session, { channel, account, address }, reply) => {
    const contactId = inbox.contactIdOf(channel, account, address)
    const at = clock.now()
    const addressSealed = contacts.sealAddress(contactId, address)
    // Known from now on: can be written to again by its id.
    await collection.updateOne(
      { _id: contactId },
      { $setOnInsert: { channel, account, addressSealed, villageId: null, createdAt: at, updatedAt: at } },
      { upsert: true, session },
    )
    const entries = await outbox.enqueue(session, [{ contactId, channel, account, to: address, reply }])
    for (const { lane, sendsFrom } of entries) wakes.wake(outboxQueue(sendsFrom), lane, { delayMs: AFTER_COMMIT_MS })
    return contactId
  }
}
