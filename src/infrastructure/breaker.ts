/** Leaves a failing endpoint alone for a while, so that it costs a message nothing. */

export interface Breaker {
  mayAsk(): boolean
  worked(): void
  failed(): void
}

/** After this many failures in a row it is left alone … */
const FAILURES = 3
/** … for this long, doubled each time up to the longest. */
const PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 120_000

/** @param now milliseconds */
export function createBreaker(now: () => number): Breaker {
  let failures = 0
  let pause = PAUSE_MS
  let restsUntil = 0
  return {
    mayAsk: () => now() >= restsUntil,
    worked() {
      failures = 0
      pause = PAUSE_MS
      restsUntil = 0
    },
    failed() {
      failures++
      if (failures < FAILURES) return
      restsUntil = now() + pause
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    },
  }
}
