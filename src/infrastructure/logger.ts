/** Structured logs for operators. Never a message, a name, a number or a case's content: callers pass ids, counts and codes. */
import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger }

export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    // An error's message may quote what a person wrote (BSON, zod, gRPC do): code, name and stack frames are enough to find it.
    serializers: {
      err: (error: Error & { code?: unknown }) => ({ name: error.name, code: error.code, stack: framesOf(error) }),
    },
  })
}

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .map((line) => line.trim())
}
