/** A channel's rate limit within one process: a token bucket that may be told to rest. */
export interface Throttle {
  /** Resolves when one more message may go. */
  take(): Promise<void>
  /** Nothing goes for so long (the provider said: too fast). */
  pause(milliseconds: number): void
}

/** @param perSecond messages a second; undefined: no limit. A tenth of a second's worth may go at once. */
export function createThrottle(perSecond?: number): Throttle {
  let nextAt = 0
  return {
    async take() {
      const now = Date.now()
      if (!perSecond && nextAt <= now) return
      const gap = perSecond ? 1000 / perSecond : 0
      nextAt = Math.max(nextAt, now - 100) + gap
      const wait = nextAt - now
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    },
    pause(milliseconds) {
      nextAt = Math.max(nextAt, Date.now() + milliseconds)
    },
  }
}
