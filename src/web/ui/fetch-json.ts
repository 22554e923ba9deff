/** An answer of the service that is not a success; `message` may be shown as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** HTTP status; 0 when the service was not reached. */
  readonly status: number
  readonly code: string
  /** What the service says beyond the message: fields that are wrong, places that were found. */
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
  /** Worth trying again with the same content? */
  get temporary(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/** Dispatched on window when the service answers that nobody is signed in (any more). */
export const SIGN_IN_NEEDED = 'village-desk:sign-in-needed'

const unreachable = '网络不通，没有连上。'
const failed = '没有办成，请稍后再试。'

/** Makes an ApiError of a response body, whatever it holds. */
export function toApiError(status: number, body: string): ApiError {
  try {
    const parsed = JSON.parse(body) as {
      error?: { code?: string; message?: string; details?: unknown } | string
      code?: string
      message?: string
      details?: unknown
    }
    const error = typeof parsed.error === 'object' ? parsed.error : parsed
    return new ApiError(status, error.code ?? 'error', error.message ?? failed, error.details)
  } catch {
    return new ApiError(status, 'error', failed)
  }
}

/**
 * Calls our own service with JSON in and out (a form with a file goes as it is); cookies go along.
 * @throws ApiError with a Chinese message
 */
export async function fetchJson<T>(
  path: string,
  options: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  let response: Response
  const form = options.body instanceof FormData ? options.body : null
  try {
    response = await fetch(path, {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers:
        options.body === undefined || form
          ? { accept: 'application/json' }
          : { accept: 'application/json', 'content-type': 'application/json' },
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: form ?? JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch {
    throw new ApiError(0, 'unreachable', unreachable)
  }
  const text = await response.text()
  if (response.status === 401) window.dispatchEvent(new Event(SIGN_IN_NEEDED))
  if (!response.ok) throw toApiError(response.status, text)
  return (text === '' ? undefined : JSON.parse(text)) as T
}
