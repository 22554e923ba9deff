import type { SealedPlace } from '../infrastructure/rotate-keys.ts'
export type * from './channel.ts'
export { SendError } from './send-error.ts'
export { createContacts, contactsCollection } from './contacts.ts'
export type { Contacts, StoredContact } from './contacts.ts'
export { eraseMessages } from './erase-messages.ts'
export type { MessageSpan } from './erase-messages.ts'
export { INBOX_QUEUE, PENDING_BATCH, createInbox, inboxCollection, prepareInbox } from './inbox.ts'
export type { Inbox, InboundContent, StoredInbound } from './inbox.ts'
export { createOutbox } from './outbox.ts'
export { outboxQueue } from './outbox-sender.ts'
export type { Outbox, OutboundDraft } from './outbox.ts'
export { outboxCollection, prepareOutbox } from './outbox-store.ts'
export type { StoredOutbound } from './outbox-store.ts'
export { parkedRoutes } from './parked-routes.ts'
export { createSay, createTextTo } from './say.ts'
export type { Say, TextTo } from './say.ts'
export { countSegments, splitText } from './segments.ts'
export { createSmsKannelChannel } from './sms-kannel/index.ts'
export { createWebchat, webchatRoutes } from './webchat/index.ts'
export { createWechatChannel } from './wechat/index.ts'
export type { WechatConfig } from './wechat/index.ts'

/** What a rotation of keys has to bring over; messages under older keys go by themselves within weeks. */
export const sealedPlaces: readonly SealedPlace[] = [
  { collection: 'contacts', field: 'addressSealed', context: (id) => `contact:${id}` },
  { collection: 'files', field: 'sealed', context: (id) => `file:${id}` },
]
