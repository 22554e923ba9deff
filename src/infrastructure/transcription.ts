/** Words of a voice message from any OpenAI-compatible /v1/audio/transcriptions endpoint. It may fail: then the villager is asked to type. */
import { FormData, fetch } from 'undici'
import { z } from 'zod'
import { createBreaker } from './breaker.ts'

export interface TranscriptionConfig {
  /** https://host/v1, with or without /audio/transcriptions at its end. */
  url: string
  model: string
  apiKey?: string
  /** ISO 639-1; empty: the endpoint finds out. */
  language?: string
  timeoutMs: number
  /** Longer recordings are not sent. */
  maxBytes?: number
}

export interface Transcription {
  /**
   * @param mediaType as found by content: audio/amr, audio/silk …; null when it is none that is known
   * @returns the words; null when there are none, the endpoint failed, refused or is left alone after failures
   */
  transcribe(bytes: Buffer, mediaType: string | null): Promise<string | null>
}

/** Settings as the environment gives them. */
export interface TranscriptionEnvironment {
  TRANSCRIPTION_URL?: string | undefined
  TRANSCRIPTION_MODEL: string
  TRANSCRIPTION_KEY?: string | undefined
  TRANSCRIPTION_LANGUAGE: string
  TRANSCRIPTION_TIMEOUT_MS: number
}

/** @returns null when no endpoint is named */
export function transcriptionFrom(env: TranscriptionEnvironment): Transcription | null {
  if (!env.TRANSCRIPTION_URL) return null
  return createTranscription({
    url: env.TRANSCRIPTION_URL,
    model: env.TRANSCRIPTION_MODEL,
    ...(env.TRANSCRIPTION_KEY && { apiKey: env.TRANSCRIPTION_KEY }),
    language: env.TRANSCRIPTION_LANGUAGE,
    timeoutMs: env.TRANSCRIPTION_TIMEOUT_MS,
  })
}

const MAX_BYTES = 10 * 1024 * 1024
const MOST_AT_A_TIME = 16
/** Longest text that is taken; what a minute of speech holds is a tenth of it. */
const MAX_TEXT = 5000

/** Endings that endpoints know a file by; another type goes by its own name. */
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/x-m4a': 'm4a',
  'audio/mp4': 'm4a',
  'audio/vnd.wave': 'wav',
  'audio/wav': 'wav',
  'audio/opus': 'ogg',
}

const answerShape = z.object({ text: z.string() })

/** @param now milliseconds; given by tests */
export function createTranscription(config: TranscriptionConfig, now: () => number = Date.now): Transcription {
  const url = `${config.url.replace(/\/+$/, '').replace(/\/audio\/transcriptions$/, '')}/audio/transcriptions`
  const rests = createBreaker(now)
  let asking = 0
  return {
    async transcribe(bytes, mediaType) {
      if (bytes.length === 0 || bytes.length > (config.maxBytes ?? MAX_BYTES)) return null
      if (asking >= MOST_AT_A_TIME || !rests.mayAsk()) return null
      asking++
      try {
        // What a telephone records without a picture is sound, whatever its container is called.
        const type = (mediaType ?? 'application/octet-stream').replace(/^video\//, 'audio/')
        const form = new FormData()
        form.set('file', new Blob([new Uint8Array(bytes)], { type }), `voice.${ENDINGS[type] ?? endingOf(type)}`)
        form.set('model', config.model)
        form.set('response_format', 'json')
        if (config.language) form.set('language', config.language)
        const response = await fetch(url, {
          method: 'POST',
          headers: config.apiKey ? { authorization: `Bearer ${config.apiKey}` } : {},
          body: form,
          signal: AbortSignal.timeout(config.timeoutMs),
        })
        if (!response.ok) {
          await response.body?.cancel()
          // 4xx says that it cannot read this recording: others may go well.
          if (response.status >= 500 || response.status === 429 || response.status === 401) rests.failed()
          return null
        }
        const { text } = answerShape.parse(await response.json())
        rests.worked()
        const heard = text.trim().slice(0, MAX_TEXT)
        return /[\p{L}\p{N}]/u.test(heard) ? heard : null
      } catch {
        rests.failed()
        return null
      } finally {
        asking--
      }
    },
  }
}

const endingOf = (type: string): string => /^audio\/([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin'
