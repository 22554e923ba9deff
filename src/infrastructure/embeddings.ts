/** Vectors of texts from any OpenAI-compatible /v1/embeddings endpoint. It may fail: whoever asks goes on without. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { request } from 'undici'
import { z } from 'zod'
import { createBreaker } from './breaker.ts'
import { hashOfText, openVectorFile } from './vector-file.ts'
import type { VectorFile } from './vector-file.ts'

export interface EmbeddingsConfig {
  /** https://host/v1, with or without /embeddings at its end. */
  url: string
  model: string
  /** Where queries and passages go to models of different names. */
  queryModel?: string
  apiKey?: string
  /** Put before each text, as some models want it: “query: ”. */
  queryPrefix?: string
  passagePrefix?: string
  /** For one query; what is kept is asked for in the background and may take longer. */
  timeoutMs: number
  /** Folder for the vectors of passages; without it they are asked for again after a restart. */
  cacheDir?: string
}

export interface Embeddings {
  /** Vector of length 1, or null at once when the endpoint is failing or busy, and after timeoutMs at the latest. */
  query(text: string): Promise<Float32Array | null>
  /**
   * Texts of ours, not of people: their vectors are kept on disk. In the order of the texts; null when the endpoint failed
   * before all were there (what came is kept for the next time).
   */
  keep(kind: 'query' | 'passage', texts: readonly string[]): Promise<Float32Array[] | null>
  /** False while the endpoint is left alone after failures. */
  available(): boolean
  close(): Promise<void>
}

/** Settings as the environment gives them. */
export interface EmbeddingsEnvironment {
  EMBEDDINGS_URL?: string | undefined
  EMBEDDINGS_MODEL: string
  EMBEDDINGS_QUERY_MODEL?: string | undefined
  EMBEDDINGS_API_KEY?: string | undefined
  EMBEDDINGS_QUERY_PREFIX: string
  EMBEDDINGS_PASSAGE_PREFIX: string
  EMBEDDINGS_TIMEOUT_MS: number
  DATA_DIR: string
}

/** @returns null when no endpoint is named */
export function embeddingsFrom(env: EmbeddingsEnvironment): Embeddings | null {
  if (!env.EMBEDDINGS_URL) return null
  return createEmbeddings({
    url: env.EMBEDDINGS_URL,
    model: env.EMBEDDINGS_MODEL,
    ...(env.EMBEDDINGS_QUERY_MODEL && { queryModel: env.EMBEDDINGS_QUERY_MODEL }),
    ...(env.EMBEDDINGS_API_KEY && { apiKey: env.EMBEDDINGS_API_KEY }),
    queryPrefix: env.EMBEDDINGS_QUERY_PREFIX,
    passagePrefix: env.EMBEDDINGS_PASSAGE_PREFIX,
    timeoutMs: env.EMBEDDINGS_TIMEOUT_MS,
    cacheDir: join(env.DATA_DIR, 'cache'),
  })
}

const QUERIES_KEPT = 5_000
const MOST_AT_A_TIME = 6
const TEXTS_A_REQUEST = 16
const KEEP_TIMEOUT_MS = 60_000

const answerShape = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()).min(1) })),
})

/** @param now milliseconds; given by tests */
export function createEmbeddings(config: EmbeddingsConfig, now: () => number = Date.now): Embeddings {
  const url = `${config.url.replace(/\/+$/, '').replace(/\/embeddings$/, '')}/embeddings`
  // Under a hash: what people asked is nowhere kept in clear.
  const queries = new LRUCache<string, Float32Array>({ max: QUERIES_KEPT })
  const rests = createBreaker(now)
  let asking = 0
  const files = new Map<string, Promise<VectorFile>>()
  const modelOf = (kind: 'query' | 'passage'): { model: string; prefix: string } =>
    kind === 'query'
      ? { model: config.queryModel ?? config.model, prefix: config.queryPrefix ?? '' }
      : { model: config.model, prefix: config.passagePrefix ?? '' }
  /** A file for each model and prefix: vectors of one are worth nothing beside those of another. */
  const stored = async (kind: 'query' | 'passage'): Promise<VectorFile | null> => {
    if (!config.cacheDir) return null
    const { model, prefix } = modelOf(kind)
    const name = createHash('sha256')
      .update(JSON.stringify([model, prefix]))
      .digest('hex')
      .slice(0, 12)
    let file = files.get(name)
    if (!file) files.set(name, (file = openVectorFile(join(config.cacheDir, `vectors-${name}.bin`))))
    return file.catch(() => null)
  }

  const ask = async (model: string, input: string[], timeoutMs: number): Promise<Float32Array[] | null> => {
    if (!rests.mayAsk()) return null
    try {
      const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(config.apiKey && { authorization: `Bearer ${config.apiKey}` }),
        },
        body: JSON.stringify({ model, input }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (statusCode !== 200) {
        await body.dump()
        throw new Error(`status ${statusCode}`)
      }
      const { data } = answerShape.parse(await body.json())
      if (data.length !== input.length) throw new Error('fewer vectors than texts')
      rests.worked()
      return data
        .map((entry, at) => ({ at: entry.index ?? at, vector: toUnit(entry.embedding) }))
        .sort((a, b) => a.at - b.at)
        .map(({ vector }) => vector)
    } catch {
      rests.failed()
      return null
    }
  }

  return {
    async query(text) {
      const key = hashOfText(text)
      const known = queries.get(key)
      if (known) return known
      if (asking >= MOST_AT_A_TIME) return null
      asking++
      try {
        const { model, prefix } = modelOf('query')
        const [vector] = (await ask(model, [`${prefix}${text}`], config.timeoutMs)) ?? []
        if (vector) queries.set(key, vector)
        return vector ?? null
      } finally {
        asking--
      }
    },
    async keep(kind, texts) {
      const { model, prefix } = modelOf(kind)
      const store = await stored(kind)
      const vectors = store ? await store.read(texts) : texts.map(() => null)
      const missing = texts.flatMap((text, at) => (vectors[at] ? [] : [{ text, at }]))
      for (let from = 0; from < missing.length; from += TEXTS_A_REQUEST) {
        const batch = missing.slice(from, from + TEXTS_A_REQUEST)
        const got = await ask(
          model,
          batch.map(({ text }) => `${prefix}${text}`),
          KEEP_TIMEOUT_MS,
        )
        if (!got) return null
        batch.forEach(({ at }, index) => (vectors[at] = got[index]!))
        await store?.add(batch.map(({ text }, index) => ({ text, vector: got[index]! }))).catch(() => {})
      }
      return vectors as Float32Array[]
    },
    available: () => rests.mayAsk(),
    async close() {
      for (const file of files.values()) await file.then((open) => open.close()).catch(() => {})
      files.clear()
    },
  }
}

function toUnit(numbers: readonly number[]): Float32Array {
  const vector = Float32Array.from(numbers)
  const length = Math.hypot(...numbers) || 1
  return vector.map((value) => value / length)
}
