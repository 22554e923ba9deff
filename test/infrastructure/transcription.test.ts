/** The transcriptions endpoint over real HTTP: what is sent, and what becomes of it when it fails. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTranscription, transcriptionFrom } from '../../src/infrastructure/transcription.ts'
import { amr, silk, startFakeTranscription } from '../support/fake-transcription.ts'
import type { FakeTranscription } from '../support/fake-transcription.ts'

let server: FakeTranscription
beforeAll(async () => {
  server = await startFakeTranscription()
})
afterAll(async () => server.stop())
beforeEach(() => {
  server.behave('well')
  server.requests.length = 0
})

const config = (more: object = {}): Parameters<typeof createTranscription>[0] => ({
  url: server.url,
  model: 'whisper-1',
  apiKey: 'secret',
  language: 'zh',
  timeoutMs: 300,
  ...more,
})

describe('a recording', () => {
  it.each([
    ['audio/amr', amr('低保咋办'), 'voice.amr', 'audio/amr'],
    ['audio/silk', silk('低保咋办'), 'voice.silk', 'audio/silk'],
    ['video/mp4', amr('低保咋办'), 'voice.m4a', 'audio/mp4'],
    [null, amr('低保咋办'), 'voice.bin', 'application/octet-stream'],
  ])('%s is sent as it is, under its own type', async (mediaType, bytes, name, type) => {
    expect(await createTranscription(config()).transcribe(bytes, mediaType)).toBe('低保咋办')
    expect(server.requests).toEqual([
      {
        path: '/v1/audio/transcriptions',
        authorization: 'Bearer secret',
        fields: { model: 'whisper-1', response_format: 'json', language: 'zh' },
        file: { name, type, size: bytes.length },
      },
    ])
  })
  it('that is too long is not sent', async () => {
    expect(await createTranscription(config({ maxBytes: 8 })).transcribe(amr('低保咋办'), 'audio/amr')).toBeNull()
    expect(server.requests).toEqual([])
  })
  it('without words is none', async () => {
    expect(await createTranscription(config()).transcribe(amr(' 。 '), 'audio/amr')).toBeNull()
  })
})

describe('an endpoint', () => {
  it.each(['refusing', 'failing', 'silent', 'nonsense'] as const)('that is %s gives nothing, in time', async (as) => {
    server.behave(as)
    const started = Date.now()
    expect(await createTranscription(config()).transcribe(amr('低保'), 'audio/amr')).toBeNull()
    expect(Date.now() - started).toBeLessThan(2000)
  })
  it('that fails again and again is left alone for a while; one that cannot read a format is asked again', async () => {
    let at = 0
    const transcription = createTranscription(config(), () => at)
    const hear = async (): Promise<string | null> => transcription.transcribe(amr('低保'), 'audio/amr')
    server.behave('refusing')
    for (let count = 0; count < 5; count += 1) await hear()
    expect(server.requests).toHaveLength(5)
    server.behave('failing')
    for (let count = 0; count < 5; count += 1) await hear()
    expect(server.requests).toHaveLength(8)
    server.behave('well')
    expect(await hear()).toBeNull()
    at = 10_000
    expect(await hear()).toBe('低保')
  })
  it('may be named with its whole path, or not at all', async () => {
    const whole = createTranscription(config({ url: `${server.url}/audio/transcriptions/` }))
    expect(await whole.transcribe(amr('低保'), 'audio/amr')).toBe('低保')
    expect(
      transcriptionFrom({ TRANSCRIPTION_MODEL: 'm', TRANSCRIPTION_LANGUAGE: 'zh', TRANSCRIPTION_TIMEOUT_MS: 1 }),
    ).toBeNull()
  })
})
