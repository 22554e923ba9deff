/** An OpenAI-compatible embeddings endpoint that counts, fails and hangs as told. Its vectors count characters: enough to be alike or not. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeEmbeddings {
  url: string
  /** Texts of each request so far, in order. */
  requests: { model: string; input: string[]; authorization: string | undefined }[]
  /** What it does from now on. */
  behave(as: 'well' | 'failing' | 'silent' | 'nonsense'): void
  stop(): Promise<void>
}

const SIZE = 64

export const fakeVector = (text: string): number[] => {
  const vector = Array.from({ length: SIZE }, () => 0)
  for (const character of text) vector[(character.codePointAt(0) ?? 0) % SIZE]! += 1
  return vector
}

export async function startFakeEmbeddings(): Promise<FakeEmbeddings> {
  const requests: FakeEmbeddings['requests'] = []
  let behaviour = 'well'
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { model, input } = JSON.parse(body) as { model: string; input: string[] }
      requests.push({ model, input, authorization: request.headers.authorization })
      if (behaviour === 'silent') return
      response.statusCode = request.url !== '/v1/embeddings' ? 404 : behaviour === 'failing' ? 500 : 200
      const data = input.map((text, index) => ({ index, embedding: fakeVector(text) })).reverse()
      response.end(behaviour === 'nonsense' ? '{"data":[{}]}' : JSON.stringify({ data }))
    })
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
