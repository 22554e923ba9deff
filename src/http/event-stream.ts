/** Server-sent events: open, send, notice when the other side has gone. */
import { PassThrough } from 'node:stream'
import type { Context } from 'koa'

export interface EventStream {
  send(event: string, data: unknown, id?: string): void
  onClose(callback: () => void): void
}

/** Keeps proxies and mobile networks from cutting a quiet line. */
const PING_MS = 20_000

/** Slow readers are cut off rather than piled up for: they resume with Last-Event-ID. */
const MAX_BUFFERED = 1024 * 1024

export function openEventStream(koa: Context): EventStream {
  const stream = new PassThrough()
  koa.req.socket.setTimeout(0)
  koa.req.socket.setNoDelay(true)
  koa.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  koa.status = 200
  koa.body = stream
  stream.write('retry: 2000\n\n')
  const timer = setInterval(() => stream.write('event: ping\ndata: {}\n\n'), PING_MS)
  const callbacks = new Set<() => void>()
  const close = (): void => {
    clearInterval(timer)
    for (const callback of callbacks) callback()
    callbacks.clear()
    stream.destroy()
  }
  koa.req.once('close', close)
  stream.once('error', close)
  return {
    send(event, data, id) {
      if (stream.destroyed) return
      if (stream.writableLength > MAX_BUFFERED) return close()
      stream.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    onClose: (callback) => callbacks.add(callback),
  }
}
