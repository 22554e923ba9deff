/** The one interface between the system and the places where villagers talk. A channel is a folder beside this file. */
import type { Router } from '@koa/router'

/** How a channel is read: decides length and form of an answer. */
export type ChannelForm = 'web' | 'chat' | 'sms'

export interface InboundAttachment {
  kind: 'image' | 'audio' | 'video' | 'file'
  /** Content as received; checked and sealed before it is stored. */
  bytes: Buffer
  /** What the sender claims (media type or file name); never trusted. */
  claimedType?: string
}

/** One message as a channel received it. `from`, `text` and attachments are sealed before anything is stored. */
export interface InboundMessage {
  channel: string
  account: string
  /** Unique within (channel, account); repeats are acknowledged and do nothing. */
  messageId: string
  /** The sender's address on the channel: phone number, contact id, browser token. */
  from: string
  /** Present in a group only. */
  room?: { id: string; topic?: string }
  /** In a group: was the bot mentioned? In private always true. */
  addressed: boolean
  /** Village when the channel itself knows it (chosen on the page, bound number). */
  villageId?: string
  text: string
  attachments?: InboundAttachment[]
  /** When the sender's device or gateway says it was sent; defaults to the time of receipt. */
  sentAt?: Date
  /** Address of the connection, where the sender's own address is easily changed: kept as a keyed hash, for limits only. */
  origin?: string
}

export type ReceiveOutcome = 'stored' | 'duplicate' | 'ignored'

/** Where an answer comes from. Every answer about published data carries one. */
export interface Source {
  /** What people call it: 张家庄2025年财务收支明细. */
  title: string
  /** 2025年 / 2025-03 / empty when it has no period. */
  period?: string
  /** YYYY-MM-DD, Asia/Shanghai. */
  publishedAt?: string
  /** Path on our own site where the record opens, e.g. /v/zhangjiazhuang/ledger?period=2025. */
  url: string
  /** Stable ids of the records used. */
  recordIds: string[]
  /** Version and content hash of the publication, so that the figure can be questioned later. */
  version?: number
  hash?: string
}

/** A card on the web page; channels without cards send `Reply.text`. */
export interface Card {
  title: string
  /** The figure or fact, first: 86,400元. */
  figure?: string
  rows?: { label: string; value: string }[]
  series?: { label: string; value: number }[]
  unit?: string
  sources?: Source[]
}

/** One thing said to a villager. `text` stands alone on any channel; `short` is for SMS (140 characters or fewer). */
export interface Reply {
  text: string
  short?: string
  card?: Card
  /** Numbered choices, already part of `text`; a page may show buttons. */
  choices?: string[]
}

/** One message to send. Address and reply are in the clear here and nowhere else. */
export interface OutgoingMessage {
  /** Stable id of the outbox entry: pass it to the provider as its own reference where there is one. */
  id: string
  account: string
  to: string
  room?: { id: string; mention?: string }
  reply: Reply
}

export interface SendReceipt {
  /** The provider's id for the message, when it gives one. */
  providerId?: string
  /** True when the provider promises a delivery report for it. */
  expectsReport?: boolean
}

/** What the world tells us about a message that we sent. */
export interface DeliveryReport {
  /** Our id (OutgoingMessage.id). */
  outboundId: string
  status: 'accepted' | 'delivered' | 'failed'
  /** Operator's text, never the message. */
  reason?: string
}

/** What a channel is given when it starts. */
export interface ChannelContext {
  /** Stores the message durably, then wakes the worker. Throws when it could not be stored: do not acknowledge then. */
  receive(message: InboundMessage): Promise<ReceiveOutcome>
  report(report: DeliveryReport): Promise<void>
}

/** What app.ts lists. A channel that lacks its keys is not built, and says so at start. */
export interface Channel {
  readonly name: string
  readonly form: ChannelForm
  /** Which process role may send on it: `worker` for stateless ones, `bot` where a live session is needed, `api` for the web. */
  readonly sendsFrom: 'worker' | 'bot' | 'api'
  /** Messages a second over the whole channel; the outbox obeys it. */
  readonly perSecond?: number
  /** Sends one message. Throws SendError; anything else thrown counts as retryable, maybe sent. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendReceipt>
  /** Mounts its callbacks below /api/hooks/<name>. */
  routes?(router: Router, context: ChannelContext): void
  /** Starts and stops a live session (bot role). `start` returns when it is trying, not when it is logged in. */
  start?(context: ChannelContext): Promise<void>
  stop?(): Promise<void>
  /** One line for the status page: connected, deaf for N s, off. */
  health?(): { ok: boolean; detail: string }
}
