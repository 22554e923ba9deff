/** What changes while the console is open. One stream for all screens; each listens to what it shows. */
import { onScopeDispose, ref } from 'vue'
import { openStream, type Stream } from '../../ui/open-stream.ts'

export interface CaseNudge {
  caseId: string
  /** What happened: filed, assigned, replied … */
  change: string
}

type Listener = (nudge: CaseNudge | null) => void

const connected = ref(true)
/** Cases that came or changed and were not looked at since. */
const unseen = ref(new Set<string>())
/** `own`: what this console itself has just done. */
const listeners = {
  cases: new Set<Listener>(),
  questions: new Set<Listener>(),
  alarms: new Set<Listener>(),
  own: new Set<Listener>(),
}
let stream: Stream | null = null

function open(): void {
  let broken = false
  stream ??= openStream({
    url: () => '/api/console/stream',
    on: {
      cases(data) {
        const nudge = JSON.parse(data) as CaseNudge
        unseen.value = new Set(unseen.value).add(nudge.caseId)
        for (const listener of listeners.cases) listener(nudge)
      },
      alarms() {
        for (const listener of listeners.alarms) listener(null)
      },
      'open-questions': () => {
        for (const listener of listeners.questions) listener(null)
      },
    },
    onState(isOpen) {
      // What happened while the line was down is not told again: look once.
      if (isOpen && broken)
        for (const listener of [...listeners.cases, ...listeners.questions, ...listeners.alarms]) listener(null)
      broken = !isOpen
      connected.value = isOpen
    },
  })
}

function close(): void {
  stream?.close()
  stream = null
  unseen.value = new Set()
}

function saw(caseId: string): void {
  if (!unseen.value.has(caseId)) return
  const rest = new Set(unseen.value)
  rest.delete(caseId)
  unseen.value = rest
}

/** Lets the lists follow one's own step at once, without waiting for the service to tell. */
function touch(): void {
  for (const listener of listeners.own) listener(null)
}

export function useLive() {
  /** Calls back for each change until the screen is left; null means: look again, something may have been missed. */
  function listen(topic: keyof typeof listeners, listener: Listener): void {
    listeners[topic].add(listener)
    onScopeDispose(() => listeners[topic].delete(listener))
  }
  return { connected, unseen, open, close, saw, touch, listen }
}
