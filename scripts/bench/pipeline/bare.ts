/**
 * The yardstick: the barest durable pipeline on the same parts. Koa takes a message; one majority insert; one BullMQ job;
 * one transaction of three writes; one HTTP send. It understands nothing, orders nothing, and forgets what it could not send.
 * Prints READY <port>.
 */
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import Koa from 'koa'
import mongoose from 'mongoose'
import { Pool } from 'undici'

const [mongoUri = '', redisUrl = '', sendUrl = ''] = process.argv.slice(2)
const client = await new mongoose.mongo.MongoClient(mongoUri, {
  maxPoolSize: 64,
  writeConcern: { w: 'majority' },
}).connect()
const db = client.db()
const messages = db.collection<{ _id: string; from: string; text: string; done?: boolean }>('messages')
const contacts = db.collection<{ _id: string; last: string }>('contacts')
const replies = db.collection<{ message: string; to: string; text: string }>('replies')
await Promise.all([messages.createIndex({ from: 1 }), replies.createIndex({ message: 1 })])

const queue = new Queue('bare', {
  connection: new Redis(redisUrl),
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
})
const gateway = new URL(sendUrl)
const pool = new Pool(gateway.origin, { connections: 32, pipelining: 1 })

new Worker<{ id: string; from: string }>(
  'bare',
  async ({ data: { id, from } }) => {
    const text = '收到'
    const session = client.startSession()
    try {
      await session.withTransaction(
        async () => {
          await messages.updateOne({ _id: id }, { $set: { done: true } }, { session })
          await contacts.updateOne({ _id: from }, { $set: { last: id } }, { session, upsert: true })
          await replies.insertOne({ message: id, to: from, text }, { session })
        },
        { writeConcern: { w: 'majority' } },
      )
    } finally {
      await session.endSession()
    }
    const { body } = await pool.request({
      method: 'GET',
      path: `${gateway.pathname}?to=${encodeURIComponent(from)}&text=${encodeURIComponent(text)}`,
    })
    await body.dump()
  },
  { connection: new Redis(redisUrl, { maxRetriesPerRequest: null }), concurrency: 32 },
)

const app = new Koa()
app.use(async (koa) => {
  const { id, from, text } = koa.query as Record<string, string>
  if (!id || !from) return koa.throw(400)
  await messages.insertOne({ _id: id, from, text: text ?? '' }, { writeConcern: { w: 'majority' } })
  await queue.add('message', { id, from })
  koa.body = ''
})
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`READY ${typeof address === 'object' && address ? address.port : 0}\n`)
})
