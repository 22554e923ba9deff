/** Errors that the rest of the system may speak of. Anything else that is thrown is a fault: logged with an id, shown as one neutral sentence. */

/** A refusal that may be shown to who caused it: stable code, HTTP status, and a Chinese sentence. */
export class DomainError extends Error {
  readonly code: string
  readonly status: number
  /** Plain Chinese, safe to show. */
  readonly shown: string
  readonly details?: unknown

  constructor(code: string, status: number, shown: string, details?: unknown) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.status = status
    this.shown = shown
    this.details = details
  }
}

/** Turns anything thrown into an Error, so that logs always carry a stack and never a person's words. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('a non-error was thrown')
}
