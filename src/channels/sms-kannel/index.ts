/** SMS over a Kannel gateway: sms-service get-url/post-url in, cgi-bin/sendsms out, delivery reports back. */
import type { Router } from '@koa/router'
import type { Context } from 'koa'
import { Pool } from 'undici'
import { sameSecret } from '../../infrastructure/crypto.ts'
import type { Channel, ChannelContext, DeliveryReport, OutgoingMessage, Reply, SendReceipt } from '../channel.ts'
import { splitText } from '../segments.ts'
import { SendError } from '../send-error.ts'
import { readIncoming } from './incoming.ts'

export interface SmsKannelConfig {
  /** Kannel's sendsms, e.g. http://127.0.0.1:13013/cgi-bin/sendsms. */
  sendUrl: string
  username: string
  password: string
  /** Our number, the sender of what we say. */
  from: string
  /** Secret in the callbacks' path: Kannel signs nothing. */
  hookToken: string
  /** Where Kannel reaches us, for delivery reports. */
  publicUrl: string
  perSecond: number
}

const NAME = 'sms-kannel'

/** Four parts of a concatenated message: what gateways accept everywhere, and what is still read. */
const MAX_UNITS = 4 * 67

/** Delivery events asked for: 1 delivered, 2 failed, 8 accepted by the operator, 16 refused. */
const REPORT_MASK = 1 + 2 + 8 + 16

/** What a reply becomes in a text message: its short form, cut to what is carried, whole sentences first. */
export function toSmsText(reply: Reply): string {
  const text = (reply.short ?? reply.text).trim()
  if (text.length <= MAX_UNITS) return text
  return `${splitText(text, MAX_UNITS - 1)[0] ?? ''}…`
}

export function createSmsKannelChannel(config: SmsKannelConfig): Channel {
  const url = new URL(config.sendUrl)
  const pool = new Pool(url.origin, {
    connections: 32,
    pipelining: 1,
    connectTimeout: 3000,
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  })
  const hookPath = `/api/hooks/${NAME}/${config.hookToken}`
  const baseQuery = new URLSearchParams({
    username: config.username,
    password: config.password,
    from: config.from,
    coding: '2',
    charset: 'UTF-8',
    'dlr-mask': String(REPORT_MASK),
  }).toString()

  const send = async (message: OutgoingMessage, signal: AbortSignal): Promise<SendReceipt> => {
    const report = `${config.publicUrl}${hookPath}/report?id=${message.id}&type=%d`
    const query = `${baseQuery}&to=${encodeURIComponent(message.to)}&text=${encodeURIComponent(toSmsText(message.reply))}&dlr-url=${encodeURIComponent(report)}`
    let status: number
    let body: string
    try {
      const response = await pool.request({ method: 'GET', path: `${url.pathname}?${query}`, signal })
      status = response.statusCode
      body = await response.body.text()
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
      // Without a connection nothing was said; cut off later, it may have been.
      const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)
      throw new SendError({ retryable: true, maybeSent: !neverSent, operatorText: `gateway not reached (${code})` })
    }
    // Kannel: 202 accepted or queued; 503 temporarily; 4xx our fault.
    if (status >= 200 && status < 300) return { providerId: /^\d: [^:]*: (\S+)/.exec(body)?.[1], expectsReport: true }
    if (status === 429) throw new SendError({ retryable: true, throttled: true, operatorText: 'gateway says too fast' })
    throw new SendError({ retryable: status >= 500, operatorText: `gateway answered ${status}` })
  }

  /** The token is in the path; a wrong one is told nothing. */
  const guarded =
    (handle: (context: Context) => Promise<void>) =>
    async (context: Context): Promise<void> => {
      if (!sameSecret(String((context.params as Record<string, string>).token), config.hookToken)) {
        context.status = 404
        return
      }
      await handle(context)
    }

  return {
    name: NAME,
    form: 'sms',
    sendsFrom: 'worker',
    perSecond: config.perSecond,
    send,
    routes(router: Router, context: ChannelContext) {
      const incoming = guarded(async (koa) => {
        const message = await readIncoming(koa, NAME)
        if (message) await context.receive(message)
        // An empty answer: Kannel sends the villager nothing by itself; our answer comes through the outbox.
        koa.type = 'text/plain; charset=utf-8'
        koa.body = ''
        koa.status = message ? 200 : 400
      })
      router.get(`/api/hooks/${NAME}/:token/incoming`, incoming)
      router.post(`/api/hooks/${NAME}/:token/incoming`, incoming)
      router.get(
        `/api/hooks/${NAME}/:token/report`,
        guarded(async (koa) => {
          const status = REPORT_STATUS[String(koa.query.type)]
          if (status)
            await context.report({
              outboundId: String(koa.query.id),
              status,
              reason: status === 'failed' ? `operator status ${String(koa.query.type)}` : undefined,
            })
          koa.body = ''
          koa.status = 200
        }),
      )
    },
    async stop() {
      await pool.close()
    },
    health: () => ({ ok: true, detail: 'sms-kannel' }),
  }
}

/** Kannel's dlr types; 4 (buffered) says nothing we act on. */
const REPORT_STATUS: Record<string, DeliveryReport['status']> = {
  '1': 'delivered',
  '2': 'failed',
  '8': 'accepted',
  '16': 'failed',
}
