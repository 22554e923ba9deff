/** Which of the waiting messages belong together: ten photos in a second, or a question in three sends, are one turn, answered once. */
import type { InboundContent, StoredInbound } from '../channels/index.ts'
import { goesOnFrom, isUnfinished } from './fragments.ts'

export type Entry = StoredInbound & { content: InboundContent }

/** Photos without words wait this long for more photos, or for the words. */
const PHOTOS_SETTLE_MS = 1200
/** What is evidently unfinished waits this long for the rest. */
const WORDS_SETTLE_MS = 2000
const MAX_TOGETHER = 10
/** More than so many sends are no longer one sentence. */
const MAX_FRAGMENTS = 5
/** Ids tell whole seconds only. */
const ID_STEP_MS = 1000

/** What is remembered of the person that is asked for only where words look unfinished. */
export interface Before {
  /** We asked something: what comes is the answer. */
  awaitsAnswer: boolean
  /** We answered a moment ago. */
  answered: boolean
}

export interface Gathered {
  entries: Entry[]
  /** How long to wait before it can be known; 0: the entries are the next turn. */
  settleMs: number
}

/**
 * @param pending oldest first, at least one
 * @param before read at most once, and only when the words look unfinished
 * @param wall milliseconds of the wall clock: nobody waits for a clock that stands still
 */
export function gatherTurn(pending: Entry[], now: Date, before: () => Before, wall = Date.now()): Gathered {
  const [first] = pending as [Entry, ...Entry[]]
  const waited = (entry: Entry): number =>
    Math.max(now.getTime() - entry.receivedAt.getTime(), wall - entry._id.getTimestamp().getTime() - ID_STEP_MS)
  if (isWordless(first)) return gatherPhotos(pending, waited)
  return gatherWords(pending, waited, before)
}

function gatherPhotos(pending: Entry[], waited: (entry: Entry) => number): Gathered {
  const [first] = pending as [Entry, ...Entry[]]
  const together: Entry[] = []
  for (const entry of pending) {
    if (together.length >= MAX_TOGETHER || !sameRoom(entry, first)) break
    together.push(entry)
    // Words after the photos say what they are about.
    if (!isWordless(entry)) break
  }
  const last = together.at(-1) ?? first
  const complete = together.length >= MAX_TOGETHER || !isWordless(last)
  return settle(together, complete, PHOTOS_SETTLE_MS - waited(last))
}

function gatherWords(pending: Entry[], waited: (entry: Entry) => number, before: () => Before): Gathered {
  const [first] = pending as [Entry, ...Entry[]]
  // A first look without what is remembered: complete messages pay nothing.
  if (!isFragment(first, false)) return { entries: [first], settleMs: 0 }
  const { awaitsAnswer, answered } = before()
  if (awaitsAnswer || !isFragment(first, answered)) return { entries: [first], settleMs: 0 }
  const together = [first]
  for (const entry of pending.slice(1)) {
    const last = together.at(-1)!
    const gap = entry.receivedAt.getTime() - last.receivedAt.getTime()
    const belongs =
      sameRoom(entry, first) &&
      !entry.content.dropped &&
      !isWordless(entry) &&
      gap <= WORDS_SETTLE_MS &&
      goesOnFrom(entry.content.text)
    if (!belongs) return { entries: together, settleMs: 0 }
    together.push(entry)
    if (together.length >= MAX_FRAGMENTS || !isFragment(entry, false)) return { entries: together, settleMs: 0 }
  }
  return settle(together, false, WORDS_SETTLE_MS - waited(together.at(-1)!))
}

const settle = (entries: Entry[], complete: boolean, leftMs: number): Gathered =>
  complete || leftMs <= 0 ? { entries, settleMs: 0 } : { entries: [], settleMs: leftMs }

const isFragment = ({ content }: Entry, leans: boolean): boolean =>
  content.attachments.length === 0 && !content.dropped && !content.refused && isUnfinished(content.text, leans)

const sameRoom = (one: Entry, other: Entry): boolean => one.content.room?.id === other.content.room?.id

/** A voice message is words. */
function isWordless({ content }: Entry): boolean {
  return content.text.trim() === '' && content.attachments.some(({ kind }) => kind !== 'audio')
}
