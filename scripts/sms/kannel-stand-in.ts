/** The phone network, as a Kannel gateway shows it: takes sendsms, reports delivery (again and again until taken), can be cut off. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export interface SentSms {
  to: string
  text: string
  at: number
}

export interface FakeKannel {
  /** For SMS_KANNEL_SEND_URL. */
  sendUrl: string
  /** Everything accepted, in order. */
  sent: SentSms[]
  to(number: string): SentSms[]
  /** Answers what is asked with this status from now on; null: 202. */
  answerWith(status: number | null): void
  /** Cuts every line in mid-word and refuses new ones. */
  cut(): Promise<void>
  restore(): Promise<void>
  /** Resolves with what `until` gives as soon as it is true; looks at each message. @throws after `timeoutMs` */
  waitFor<T>(until: (sent: SentSms[]) => T | undefined | false | null, timeoutMs?: number): Promise<T>
  close(): Promise<void>
}

/** @param options reports: send delivery reports (default true); port: default a free one */
export async function startFakeKannel(options: { reports?: boolean; port?: number } = {}): Promise<FakeKannel> {
  const reports = options.reports ?? true
  const sent: SentSms[] = []
  const watchers = new Set<() => void>()
  let status: number | null = null
  let closed = false
  let port = options.port ?? 0

  const report = async (url: string): Promise<void> => {
    // Kannel repeats a report that was not taken.
    while (!closed) {
      const taken = await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
      if (taken) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://gateway')
    if (status !== null) {
      response.writeHead(status).end('refused')
      return
    }
    sent.push({ to: url.searchParams.get('to') ?? '', text: url.searchParams.get('text') ?? '', at: Date.now() })
    response.writeHead(202, { 'Content-Type': 'text/plain' }).end('0: Accepted for delivery')
    const reportUrl = url.searchParams.get('dlr-url')
    if (reports && reportUrl) {
      void report(reportUrl.replace('%d', '8'))
      void report(reportUrl.replace('%d', '1'))
    }
    for (const watcher of watchers) watcher()
  }
  let server: Server
  const listen = async (): Promise<void> => {
    server = createServer(serve)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  }
  const shut = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  await listen()
  return {
    sendUrl: `http://127.0.0.1:${port}/cgi-bin/sendsms`,
    sent,
    to: (number) => sent.filter(({ to }) => to === number),
    answerWith: (next) => {
      status = next
    },
    cut: shut,
    restore: listen,
    async waitFor(until, timeoutMs = 15_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look)
          reject(new Error(`the gateway waited ${timeoutMs} ms in vain; ${sent.length} messages came`))
        }, timeoutMs)
        const look = (): void => {
          const found = until(sent)
          if (found === undefined || found === false || found === null) return
          clearTimeout(timer)
          watchers.delete(look)
          resolve(found)
        }
        watchers.add(look)
        look()
      })
    },
    async close() {
      closed = true
      await shut()
    },
  }
}
