/** Writing to a contact outside of a turn: a handler's reply, a reminder. The caller names the contact, never the address. */
import type { ClientSession } from 'mongoose'
import type { Services } from '../infrastructure/services.ts'
import type { Reply } from './channel.ts'
import type { Contacts } from './contacts.ts'
import type { Outbox } from './outbox.ts'
import { outboxQueue } from './outbox-sender.ts'

/** @returns false when nobody is known under that id: nothing was enqueued */
export type Say = (session: ClientSession, contactId: string, reply: Reply) => Promise<boolean>

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
