/** Reads what Kannel's sms-service hands over, in its usual ways: get-url with parameters, or post-url with headers or a form. */
import { createHash } from 'node:crypto'
import type { Context } from 'koa'
import type { InboundMessage } from '../channel.ts'

/** A phone number as gateways write it: +86138…, 0086138…, 138…, or a short code. */
const NUMBER = /^\+?\d{3,20}$/

/** Larger than any concatenated message; what is beyond is cut by the inbox. */
const MAX_BODY = 256 * 1024

/**
 * Parameters by their usual names: from/sender (%p), to (%P), text (%a), id (%I), time (%t or %T), charset (%C), coding (%c).
 * post-url: text in the body, the rest in X-Kannel-* headers.
 * @returns null when there is no sender
 */
export async function readIncoming(koa: Context, channel: string): Promise<InboundMessage | null> {
  const query = koa.query as Record<string, string | undefined>
  const body = koa.method === 'POST' ? await readBody(koa) : null
  const form =
    body && koa.is('application/x-www-form-urlencoded')
      ? Object.fromEntries(new URLSearchParams(body.toString('utf8')))
      : null
  const pick = (name: string, header: string): string | undefined =>
    form?.[name] ?? query[name] ?? (koa.get(header) || undefined)
  const from = pick('from', 'X-Kannel-From') ?? query.sender
  const number = from?.replace(/[\s-]/g, '')
  if (!number || !NUMBER.test(number)) return null
  const to = pick('to', 'X-Kannel-To') ?? ''
  const text =
    form?.text ??
    query.text ??
    (body && !form ? decode(body, koa.get('X-Kannel-Charset') || koa.get('X-Kannel-Coding')) : '')
  const time = pick('time', 'X-Kannel-Time') ?? ''
  // Without an id of the gateway's own, the same words at the same second from the same number are the same message.
  const messageId =
    pick('id', 'X-Kannel-ID') ?? createHash('sha256').update(`${number}|${to}|${time}|${text}`).digest('hex')
  return {
    channel,
    account: to.replace(/[\s-]/g, '') || 'default',
    messageId,
    from: canonicalNumber(number),
    addressed: true,
    text,
    sentAt: readTime(time),
  }
}

/** One person, one number: +86, 0086 and 86 before a mobile number are dropped. */
function canonicalNumber(number: string): string {
  return number.replace(/^(?:\+|00)?86(?=1\d{10}$)/, '').replace(/^\+/, '')
}

function decode(body: Buffer, charset: string): string {
  const label = /utf-?16|ucs-?2|^2$/i.test(charset) ? 'utf-16be' : /gbk|gb2312|gb18030/i.test(charset) ? 'gbk' : 'utf-8'
  return new TextDecoder(label).decode(body)
}

/** Kannel's %t is UTC “2026-11-23 08:30:00”, %T seconds since 1970; anything else is not trusted. */
function readTime(time: string): Date | undefined {
  const at = /^\d{9,11}$/.test(time)
    ? new Date(Number(time) * 1000)
    : /^\d{4}-\d\d-\d\d \d\d:\d\d/.test(time)
      ? new Date(`${time.replace(' ', 'T')}Z`)
      : null
  return at && !Number.isNaN(at.getTime()) ? at : undefined
}

async function readBody(koa: Context): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of koa.req as AsyncIterable<Buffer>) {
    size += part.length
    // Read to the end, keep the beginning: an answer needs the connection.
    if (size <= MAX_BODY) parts.push(part)
  }
  return Buffer.concat(parts)
}
