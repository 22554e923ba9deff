/** What to do with a message that was not sent: decided from the error alone, the same for every channel. */
import { SendError } from './send-error.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** After this the message is old news; a handler sees it among the parked. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000
const THROTTLED_PAUSE_MS = 2000

export interface RetryStep {
  set: { state: 'pending' | 'parked'; attempts: number; notBefore: Date; uncertainSince?: Date; parkedReason?: string }
  waitMs: number
  /** The whole channel should rest. */
  pauseChannelMs: number
  /** For the log: a SendError's operator text, else the kind of fault. */
  reason: string
}

/**
 * @param reportWaitMs how long to wait for a delivery report when the message may have gone out
 * @param random 0 ≤ x < 1, for the jitter
 */
export function nextStep(
  error: unknown,
  entry: { attempts: number; createdAt: Date },
  now: Date,
  reportWaitMs: number,
  random: () => number = Math.random,
): RetryStep {
  const known = error instanceof SendError ? error : null
  const attempts = entry.attempts + 1
  const reason = known?.operatorText ?? 'unexpected fault while sending'
  // An error nobody foresaw: it may have gone out.
  const maybeSent = known ? known.maybeSent : true
  const retryable = known ? known.retryable : true
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_WAIT_MS) * (0.75 + random() / 2)
  const waitMs = Math.round(maybeSent ? Math.max(backoff, reportWaitMs) : backoff)
  const tooOld = now.getTime() - entry.createdAt.getTime() > GIVE_UP_AFTER_MS
  const parked = !retryable || tooOld
  return {
    set: {
      state: parked ? 'parked' : 'pending',
      attempts,
      notBefore: new Date(now.getTime() + waitMs),
      ...(maybeSent && { uncertainSince: now }),
      ...(parked && { parkedReason: reason.slice(0, 100) }),
    },
    waitMs,
    pauseChannelMs: known?.throttled ? THROTTLED_PAUSE_MS : 0,
    reason,
  }
}
