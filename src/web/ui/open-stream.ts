/** A server-sent stream that does not give up: EventSource reconnects by itself, this also after refusals and silence. */
export interface Stream {
  close(): void
}

export interface StreamOptions {
  /** Address to open; called at each attempt, so that it can say after which event to go on. */
  url: () => string
  /** Listeners by event name; `id` is the event's id (empty when it has none). */
  on: Record<string, (data: string, id: string) => void>
  /** Called when the stream opens and when it breaks. */
  onState?: (open: boolean) => void
}

/** The service sends `ping` at least every 30 s; after this silence the connection is taken for dead. Milliseconds. */
const SILENCE = 75_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000

export function openStream({ url, on, onState }: StreamOptions): Stream {
  let source: EventSource | null = null
  let wait = FIRST_WAIT
  let timer = 0
  let silence = 0
  let closed = false

  function heard(): void {
    window.clearTimeout(silence)
    silence = window.setTimeout(reopen, SILENCE)
  }
  function reopen(): void {
    if (closed) return
    source?.close()
    onState?.(false)
    window.clearTimeout(timer)
    window.clearTimeout(silence)
    timer = window.setTimeout(open, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
  function open(): void {
    if (closed) return
    const current = new EventSource(url(), { withCredentials: true })
    source = current
    current.onopen = () => {
      wait = FIRST_WAIT
      heard()
      onState?.(true)
    }
    current.onerror = () => {
      onState?.(false)
      if (current.readyState === EventSource.CLOSED && current === source) reopen()
    }
    current.addEventListener('ping', heard)
    for (const [name, listener] of Object.entries(on)) {
      current.addEventListener(name, (event) => {
        heard()
        listener(String((event as MessageEvent).data), (event as MessageEvent).lastEventId)
      })
    }
  }
  function online(): void {
    wait = FIRST_WAIT
    reopen()
  }
  window.addEventListener('online', online)
  open()
  return {
    close() {
      closed = true
      window.removeEventListener('online', online)
      window.clearTimeout(timer)
      window.clearTimeout(silence)
      source?.close()
    },
  }
}
