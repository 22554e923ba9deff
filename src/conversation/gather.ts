/** Which of the waiting messages belong together: ten photos in a second are one turn, answered once. */
import type { InboundContent, StoredInbound } from '../channels/index.ts'

type Entry = StoredInbound & { content: InboundContent }

/** Photos without words wait this long for more photos, or for the words. */
const SETTLE_MS = 1200
const MAX_TOGETHER = 10

/**
 * @param pending oldest first, at least one
 * @returns the entries of the next turn, or how long to wait before it can be known
 */
export function gatherTurn(pending: Entry[], now: Date): { entries: Entry[]; settleMs: number } {
  const [first] = pending as [Entry, ...Entry[]]
  if (!isWordless(first)) return { entries: [first], settleMs: 0 }
  const together: Entry[] = []
  for (const entry of pending) {
    if (together.length >= MAX_TOGETHER || entry.content.room?.id !== first.content.room?.id) break
    together.push(entry)
    // Words after the photos say what they are about.
    if (!isWordless(entry)) break
  }
  const last = together.at(-1) ?? first
  const complete = together.length >= MAX_TOGETHER || !isWordless(last)
  const waited = now.getTime() - last.receivedAt.getTime()
  return complete || waited >= SETTLE_MS
    ? { entries: together, settleMs: 0 }
    : { entries: [], settleMs: SETTLE_MS - waited }
}

function isWordless({ content }: Entry): boolean {
  return content.text.trim() === '' && content.attachments.length > 0
}
