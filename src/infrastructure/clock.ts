/** Time is passed in, never read from the wall, so that tests and replays decide what day it is. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands at `start` until it is moved. For tests and replays. */
export function fixedClock(
  start: string | Date,
): Clock & { set(to: string | Date): void; advance(milliseconds: number): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    set: (to) => {
      at = new Date(to).getTime()
    },
    advance: (milliseconds) => {
      at += milliseconds
    },
  }
}

/** The calendar date in Asia/Shanghai as YYYY-MM-DD. China has one time zone and no summer time: UTC+8 all year. */
export function shanghaiDate(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** Asia/Shanghai date and time as people read it: 2026-11-23 15:04. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
