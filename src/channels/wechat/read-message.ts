/** A puppet's payload → our message: who, where, what; or null for what is not meant for us. */
import * as PUPPET from 'wechaty-puppet'
import type { InboundAttachment, InboundMessage } from '../channel.ts'
import { readMention } from './mention.ts'

type Puppet = PUPPET.impls.PuppetInterface
export type MessagePayload = PUPPET.payloads.Message

const FILE_TIMEOUT_MS = 20_000
const MAX_FILE_BYTES = 10 * 1024 * 1024
const MILLISECONDS_FROM = 1e11

const ATTACHMENTS: Partial<Record<number, InboundAttachment['kind']>> = {
  [PUPPET.types.Message.Image]: 'image',
  [PUPPET.types.Message.Audio]: 'audio',
  [PUPPET.types.Message.Video]: 'video',
  [PUPPET.types.Message.Attachment]: 'file',
}

/** The platform's own notice that we speak too often: friday#412 and others saw it as a message of an unknown type. */
export const isThrottleNotice = (payload: MessagePayload): boolean =>
  payload.type === PUPPET.types.Message.Unknown && /过于频繁|too frequent/i.test(payload.text ?? '')

/** Own messages, recalls, cards, system notices: nothing to answer. */
export function isForUs(payload: MessagePayload, selfId: string): boolean {
  if (!payload.talkerId || payload.talkerId === selfId) return false
  return payload.type === PUPPET.types.Message.Text || ATTACHMENTS[payload.type] !== undefined
}

/**
 * @throws when the puppet could not be asked (an outage); the caller tries again
 */
export async function readMessage(
  puppet: Puppet,
  payload: MessagePayload,
  facts: { channel: string; account: string; selfId: string; selfName: string },
): Promise<InboundMessage | null> {
  const { selfId, selfName } = facts
  const { roomId, talkerId } = payload
  const ids = ('mentionIdList' in payload ? payload.mentionIdList : undefined) ?? []
  const alias = roomId ? await aliasIn(puppet, roomId, selfId) : ''
  const mention = readMention(payload.text ?? '', ids, selfId, [alias, selfName])
  if (roomId && mention.others) return null
  const kind = ATTACHMENTS[payload.type]
  // In a group a picture is kept only when it is sent to the bot, which a picture cannot say.
  if (roomId && kind) return null
  const at = payload.timestamp > MILLISECONDS_FROM ? payload.timestamp : payload.timestamp * 1000
  return {
    channel: facts.channel,
    account: facts.account,
    messageId: payload.id,
    from: talkerId,
    ...(roomId && { room: { id: roomId, topic: await topicOf(puppet, roomId) } }),
    addressed: !roomId || mention.addressed,
    text: kind ? '' : mention.text,
    ...(kind && {
      attachments: [{ kind, bytes: await bytesOf(puppet, payload.id, kind), claimedType: payload.filename }],
    }),
    sentAt: Number.isFinite(at) ? new Date(at) : undefined,
  }
}

async function topicOf(puppet: Puppet, roomId: string): Promise<string | undefined> {
  return (await puppet.roomPayload(roomId)).topic
}

/** Our alias in the room; puppets without aliases give none. */
async function aliasIn(puppet: Puppet, roomId: string, selfId: string): Promise<string> {
  try {
    return (await puppet.roomMemberPayload(roomId, selfId)).roomAlias ?? ''
  } catch {
    // Many puppets know no members' aliases: the nickname alone has to do.
    return ''
  }
}

/** The content; empty when it cannot be had, which the villager is then told. */
async function bytesOf(puppet: Puppet, messageId: string, kind: InboundAttachment['kind']): Promise<Buffer> {
  const load = async (): Promise<Buffer> => {
    const box =
      kind === 'image'
        ? await puppet.messageImage(messageId, PUPPET.types.Image.HD)
        : await puppet.messageFile(messageId)
    const bytes = await box.toBuffer()
    // One byte too many says “too large” further on, without carrying the rest.
    return bytes.length > MAX_FILE_BYTES ? Buffer.alloc(MAX_FILE_BYTES + 1) : bytes
  }
  const late = new Promise<Buffer>((resolve) => setTimeout(() => resolve(Buffer.alloc(0)), FILE_TIMEOUT_MS).unref())
  return Promise.race([load().catch(() => Buffer.alloc(0)), late])
}
