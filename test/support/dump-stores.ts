/** Everything that the stores keep, as text: for tests that look for what must not be there. */
import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'

/** Every byte of every document, as text; binary as latin1 too, so that plain text in it would show. @param except collections that are public or the handlers’ own */
export async function dumpMongo(
  connection: Connection,
  except: readonly string[] = ['organisation', 'accounts'],
): Promise<string> {
  const parts: string[] = []
  for (const { name } of await connection.db!.listCollections().toArray()) {
    if (except.includes(name)) continue
    for await (const document of connection.db!.collection(name).find({}, { raw: true })) {
      const bytes = document as unknown as Buffer
      parts.push(bytes.toString('utf8'), bytes.toString('latin1'))
    }
  }
  return parts.join('\n')
}

/** Every key with its value, jobs and their payloads among them. */
export async function dumpRedis(redis: Redis): Promise<string> {
  const parts: string[] = []
  for (const key of await redis.keys('*')) {
    const readers: Record<string, () => Promise<unknown>> = {
      string: async () => redis.get(key),
      hash: async () => redis.hgetall(key),
      zset: async () => redis.zrange(key, '0', '-1'),
      set: async () => redis.smembers(key),
      list: async () => redis.lrange(key, 0, -1),
      stream: async () => redis.xrange(key, '-', '+'),
    }
    parts.push(key, JSON.stringify((await readers[await redis.type(key)]?.()) ?? ''))
  }
  return parts.join('\n')
}
