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

/** A text message to a number that we know ourselves. @returns the contact by which its answers are known; null when SMS is off */
export type TextTo = (session: ClientSession, phone: string, reply: Reply) => Promise<string | null>

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

/** @param from our own number, as the gateway names it in what comes in */
export function createTextTo(
  { wakes, connection, clock }: Services,
  kit: {
    inbox: Pick<Inbox, 'contactIdOf'>
    contacts: Contacts
    outbox: Outbox
    channels: ReadonlyMap<string, unknown>
  },
  from: string,
): TextTo {
  const collection = contactsCollection(connection)
  const channel = 'sms-kannel'
  const account = from.replaceAll(/[\s-]/g, '') || 'default'
  return async (session, phone, reply) => {
    if (!kit.channels.has(channel)) return null
    const contactId = kit.inbox.contactIdOf(channel, account, phone)
    const at = clock.now()
    const addressSealed = kit.contacts.sealAddress(contactId, phone)
    // Known from now on: can be written to again by its id.
    await collection.updateOne(
      { _id: contactId },
      { $setOnInsert: { channel, account, addressSealed, villageId: null, createdAt: at, updatedAt: at } },
      { upsert: true, session },
    )
    const entries = await kit.outbox.enqueue(session, [{ contactId, channel, account, to: phone, reply }])
    for (const { lane, sendsFrom } of entries) wakes.wake(outboxQueue(sendsFrom), lane, { delayMs: AFTER_COMMIT_MS })
    return contactId
  }
}
