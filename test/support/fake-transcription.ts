/** An OpenAI-compatible transcriptions endpoint: reads the multipart form as such a server does, and hears what the recording says in plain bytes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import busboy from 'busboy'

export interface HeardRequest {
  path: string
  authorization: string | undefined
  fields: Record<string, string>
  file: { name: string; type: string; size: number }
}

export interface FakeTranscription {
  url: string
  requests: HeardRequest[]
  /** refusing: 400, as for a codec that it does not know. */
  behave(as: 'well' | 'refusing' | 'failing' | 'silent' | 'nonsense'): void
  stop(): Promise<void>
}

export async function startFakeTranscription(): Promise<FakeTranscription> {
  const requests: HeardRequest[] = []
  let behaviour = 'well'
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    const heard: HeardRequest = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      fields: {},
      file: { name: '', type: '', size: 0 },
    }
    const form = busboy({ headers: request.headers })
    form.on('field', (name, value) => (heard.fields[name] = value ?? ''))
    form.on('file', (_name, stream, { filename, mimeType }) => {
      heard.file = { name: filename ?? '', type: mimeType, size: 0 }
      stream.on('data', (part: Buffer) => parts.push(part))
    })
    form.on('close', () => {
      const bytes = Buffer.concat(parts)
      heard.file.size = bytes.length
      requests.push(heard)
      if (behaviour === 'silent') return
      const status = { refusing: 400, failing: 500 }[behaviour] ?? 200
      // After the mark of the format the words stand as they are.
      const text = bytes.toString('utf8').split('\n').slice(1).join('\n')
      response.writeHead(request.url === '/v1/audio/transcriptions' ? status : 404, {
        'content-type': 'application/json',
      })
      response.end(behaviour === 'nonsense' ? '{"words":1}' : JSON.stringify({ text }))
    })
    request.pipe(form)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    behave: (as) => (behaviour = as),
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Recordings by the mark that real ones begin with; what is “said” follows in plain bytes. */
export const amr = (words: string): Buffer => Buffer.from(`#!AMR\n${words}`)
export const silk = (words: string): Buffer => Buffer.concat([Buffer.from([2]), Buffer.from(`#!SILK_V3\n${words}`)])
