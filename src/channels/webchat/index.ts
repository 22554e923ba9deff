/** The chat page: messages come by POST, replies are read from the outbox and nudged over SSE. */
import { randomBytes } from 'node:crypto'
import type { Context } from 'koa'
import { z } from 'zod'
import { DomainError } from '../../infrastructure/errors.ts'
import type { Services } from '../../infrastructure/services.ts'
import { RAW, anyone, defineRoute, openEventStream } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import type { Channel, ChannelContext } from '../channel.ts'
import type { Inbox } from '../inbox.ts'
import { inboxCollection } from '../inbox.ts'
import type { Outbox } from '../outbox.ts'
import { ChatMessageFields } from '../schema.ts'
import type { ChatLine } from '../schema.ts'

const NAME = 'webchat'
const ACCOUNT = 'web'
const COOKIE = 'vid'
const YEAR_MS = 365 * 86_400_000
const HISTORY = 100

/** Sending on the web is telling the page to look: the outbox itself is what the page reads. */
export function createWebchat({ live, vault }: Pick<Services, 'live' | 'vault'>): Channel {
  return {
    name: NAME,
    form: 'web',
    sendsFrom: 'worker',
    async send(message) {
      live.tell(topicOf(vault.fingerprint('contact', `${NAME}|${ACCOUNT}|${message.to}`)))
      return {}
    },
  }
}

const topicOf = (contactId: string): string => `webchat:${contactId}`

/** The browser's token: made by the server, unreadable for scripts. Whoever holds the browser holds the conversation. */
function visitorOf(koa: Context): string {
  const known = koa.cookies.get(COOKIE)
  if (known && /^[\w-]{32}$/.test(known)) return known
  const token = randomBytes(24).toString('base64url')
  koa.cookies.set(COOKIE, token, { httpOnly: true, sameSite: 'lax', maxAge: YEAR_MS, secure: koa.secure })
  return token
}

export function webchatRoutes(services: Services, context: ChannelContext, inbox: Inbox, outbox: Outbox): Route[] {
  const contactOf = (koa: Context): string => inbox.contactIdOf(NAME, ACCOUNT, visitorOf(koa))

  const repliesAfter = async (contactId: string, after: number): Promise<ChatLine[]> =>
    (await outbox.history(contactId, after, HISTORY)).map(({ seq, id, reply, at }) => ({
      id,
      seq,
      from: 'bot',
      reply,
      at: at.toISOString(),
    }))

  const mine = async (contactId: string, after: number): Promise<ChatLine[]> => {
    const found = await inboxCollection(services.connection)
      .find({ contactId, channel: NAME, seq: { $gt: after } }, { promoteBuffers: true })
      .sort({ seq: -1 })
      .limit(HISTORY)
      .toArray()
    return found.map((entry): ChatLine => {
      const content = JSON.parse(services.vault.openText(entry.sealed, `inbox:${entry._id.toHexString()}`)) as {
        text: string
        attachments: unknown[]
      }
      return {
        id: entry._id.toHexString(),
        seq: entry.seq,
        from: 'me',
        text: content.text,
        photos: content.attachments.length,
        at: entry.receivedAt.toISOString(),
      }
    })
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/public/chat/messages',
      summary: 'A villager says something on the chat page',
      body: ChatMessageFields,
      files: { maxBytes: 10 * 1024 * 1024, count: 10 },
      policy: anyone,
      handler: async ({ body, files, koa }) => {
        if (body.text.trim() === '' && files.length === 0)
          throw new DomainError('message_empty', 400, '您还没有写内容。')
        const outcome = await context.receive({
          channel: NAME,
          account: ACCOUNT,
          messageId: `${visitorOf(koa)}:${body.messageId}`,
          from: visitorOf(koa),
          // A new browser token is had for the asking.
          origin: koa.ip,
          addressed: true,
          villageId: body.villageId,
          text: body.text,
          attachments: files.map(({ bytes, claimedType }) => ({
            kind: claimedType.startsWith('audio/') ? 'audio' : claimedType.startsWith('image/') ? 'image' : 'file',
            bytes,
            claimedType,
          })),
        })
        koa.status = 202
        return { outcome }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/public/chat/history',
      summary: 'The conversation so far',
      query: z.object({ after: z.coerce.number().min(0).default(0) }),
      policy: anyone,
      handler: async ({ query, koa }) => {
        const contactId = contactOf(koa)
        const lines = [...(await mine(contactId, query.after)), ...(await repliesAfter(contactId, query.after))]
        return { messages: lines.sort((a, b) => a.seq - b.seq) }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/public/chat/stream',
      summary: 'Replies as they come (server-sent events)',
      query: z.object({ after: z.coerce.number().min(0).optional() }),
      policy: anyone,
      handler: async ({ query, koa }) => {
        const contactId = contactOf(koa)
        const resumed = Number(koa.get('Last-Event-ID')) || query.after
        // Without a place to resume from, only what comes from now on.
        let after = resumed ?? services.clock.now().getTime() * 1000
        const stream = openEventStream(koa)
        let reading = Promise.resolve()
        const read = (): void => {
          reading = reading
            .then(async () => {
              for (const line of await repliesAfter(contactId, Math.max(after, 1))) {
                stream.send('reply', line, String(line.seq))
                after = line.seq
              }
            })
            .catch((error: unknown) => services.logger.warn({ err: error }, 'chat stream could not read'))
        }
        const unlisten = services.live.listen(topicOf(contactId), read)
        // A lost nudge is made up for: the page also looks by itself every few seconds.
        const timer = setInterval(read, 5000)
        stream.onClose(() => {
          unlisten()
          clearInterval(timer)
        })
        read()
        return RAW
      },
    }),
  ]
}
