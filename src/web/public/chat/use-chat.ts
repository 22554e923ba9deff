/** The conversation: what was said, what is being sent, what comes in live. */
import type { ChatHistory, ChatLine } from '../../../channels/schema.ts'
import { computed, onScopeDispose, reactive, ref } from 'vue'
import { ApiError, fetchJson } from '../../ui/fetch-json.ts'
import { openStream, type Stream } from '../../ui/open-stream.ts'
import { sendMessage } from './send-message.ts'
import { dropUnsent, keepUnsent, listUnsent, readPhotos, type Unsent } from './unsent-store.ts'

export interface ChatMessage extends Omit<ChatLine, 'seq' | 'photos'> {
  /** Own messages: on their way, waiting for the network, refused (with the reason), or taken. */
  state?: 'sending' | 'waiting' | 'refused' | 'sent'
  problem?: string
  /** Share of the upload, 0–1. */
  progress?: number
  photos?: number
  /** Addresses of the photos, while this page still has them. */
  previews?: readonly string[]
}

const FIRST_RETRY = 2_000
const LONGEST_RETRY = 60_000
/** After this long without an answer the dots stop. */
const PATIENCE = 45_000

export function useChat() {
  const messages = reactive<ChatMessage[]>([])
  const live = ref(true)
  const online = ref(navigator.onLine)
  const waiting = ref(false)
  const ready = ref(false)
  let stream: Stream | null = null
  /** Order number of the newest reply seen: the stream goes on after it. */
  let lastReply = 0
  /** True once the service has answered: it knows this browser, and the history is loaded. */
  let known = false
  let meeting: Promise<void> | null = null
  let sending = false
  let retry = FIRST_RETRY
  let retryTimer = 0
  let patience = 0

  const find = (id: string): ChatMessage | undefined => messages.find((message) => message.id === id)
  const unsentCount = computed(
    () => messages.filter((message) => message.state === 'sending' || message.state === 'waiting').length,
  )

  function expectReply(): void {
    waiting.value = true
    window.clearTimeout(patience)
    patience = window.setTimeout(() => (waiting.value = false), PATIENCE)
  }
  function hear({ seq, ...line }: ChatLine): void {
    lastReply = Math.max(lastReply, seq)
    waiting.value = false
    if (!find(line.id)) messages.push(line)
  }
  function showUnsent(item: Unsent, photos: readonly Blob[]): void {
    if (find(item.messageId)) return
    messages.push({
      id: item.messageId,
      from: 'me',
      text: item.shown ?? item.text,
      at: item.at,
      state: 'waiting',
      photos: photos.length,
      previews: photos.map((photo) => URL.createObjectURL(photo)),
    })
  }

  /** Shows what was said before, then what is still unsent. */
  async function loadHistory(): Promise<void> {
    try {
      const { messages: lines } = await fetchJson<ChatHistory>('/api/public/chat/history')
      const own = messages.filter((message) => message.from === 'me' && message.state !== 'sent')
      const old = lines.map(({ seq: _, ...line }): ChatMessage => ({
        ...line,
        ...(line.from === 'me' ? { state: 'sent' } : {}),
      }))
      messages.splice(0, messages.length, ...old, ...own)
      lastReply = Math.max(lastReply, ...lines.filter((line) => line.from === 'bot').map((line) => line.seq))
      known = true
    } catch {
      // Not reached: asked again by the next attempt to start or to send.
    }
  }

  /**
   * Reaches the service once before anything is sent or listened to: with the first answer the browser gets the cookie that it
   * is known by, and two first requests at a time would get two.
   */
  async function meet(): Promise<boolean> {
    if (known) return true
    meeting ??= loadHistory().finally(() => (meeting = null))
    await meeting
    return known
  }

  /** Loads the history, sends what is left from last time, opens the live stream; tries until the service is reached. */
  async function start(): Promise<void> {
    const reached = await meet()
    for (const item of listUnsent()) showUnsent(item, await readPhotos(item.messageId))
    ready.value = true
    live.value = reached
    if (!reached) return retryLater(start)
    if (listUnsent().length > 0) {
      await flush()
      // What was sent now, and what had been sent before although we were not told, stands in the history once.
      await loadHistory()
    }
    stream ??= openStream({
      url: () => `/api/public/chat/stream?after=${lastReply}`,
      on: { reply: (data) => hear(JSON.parse(data) as ChatLine) },
      onState(open) {
        live.value = open
        if (open) void flush()
      },
    })
  }

  function retryLater(work: () => Promise<void>): void {
    window.clearTimeout(retryTimer)
    retryTimer = window.setTimeout(() => void work(), retry)
    retry = Math.min(retry * 2, LONGEST_RETRY)
  }

  /** Keeps the message on the device, then sends it; gives back at once. */
  async function send(villageId: string, text: string, photos: readonly File[] = [], shown?: string): Promise<void> {
    const item: Unsent = {
      messageId: newId(),
      villageId,
      text,
      at: new Date().toISOString(),
      photos: photos.length,
      ...(shown && { shown }),
    }
    await keepUnsent(item, photos)
    showUnsent(item, photos)
    await flush()
  }

  /** Sends what waits, in the order written. A refused message is set aside, a lost connection tried again later. */
  async function flush(): Promise<void> {
    if (sending) return
    sending = true
    window.clearTimeout(retryTimer)
    try {
      for (let item = listUnsent()[0]; item; item = listUnsent()[0]) {
        const photos = await readPhotos(item.messageId)
        showUnsent(item, photos)
        const message = find(item.messageId)!
        message.state = 'sending'
        const heardBefore = lastReply
        try {
          if (!(await meet())) throw new ApiError(0, 'unreachable', '')
          await sendMessage(item, photos, (share) => (message.progress = share))
          retry = FIRST_RETRY
          message.state = 'sent'
          if (lastReply === heardBefore) expectReply()
        } catch (error) {
          if (!(error instanceof ApiError) || error.temporary) {
            message.state = 'waiting'
            message.problem = error instanceof ApiError && error.status === 429 ? error.message : ''
            return retryLater(stream ? flush : start)
          }
          message.state = 'refused'
          message.problem = error.message
        }
        await dropUnsent(item.messageId)
      }
    } finally {
      sending = false
    }
  }

  function onOnline(): void {
    online.value = true
    retry = FIRST_RETRY
    void (stream ? flush() : start())
  }
  const onOffline = (): void => void (online.value = false)
  window.addEventListener('online', onOnline)
  window.addEventListener('offline', onOffline)
  onScopeDispose(() => {
    stream?.close()
    window.removeEventListener('online', onOnline)
    window.removeEventListener('offline', onOffline)
    window.clearTimeout(retryTimer)
    window.clearTimeout(patience)
  })
  return { messages, waiting, live, online, ready, unsentCount, start, send, flush }
}

/** A random UUID, also where the page is not served over https (crypto.randomUUID is missing there). */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
