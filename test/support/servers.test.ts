import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrivateServer } from './servers.ts'
import { startMongod, startRedis, testServers, withDatabase } from './servers.ts'

describe('the servers of a test run', () => {
  it('gives each call a database and a key prefix of its own, on one replica set with transactions', async () => {
    const [one, other] = [testServers(), testServers()]
    expect(one.mongoUri).not.toBe(other.mongoUri)
    expect(one.queuePrefix).not.toBe(other.queuePrefix)
    const client = new MongoClient(one.mongoUri)
    await client.withSession((session) =>
      session.withTransaction(() => client.db().collection('things').insertOne({ at: 1 }, { session })),
    )
    expect(await client.db().collection('things').countDocuments()).toBe(1)
    await client.close()
  })

  it('puts the database into any kind of URI', () => {
    expect(withDatabase('mongodb://127.0.0.1:1/?replicaSet=rs0', 'a')).toBe('mongodb://127.0.0.1:1/a?replicaSet=rs0')
    expect(withDatabase('mongodb://u:p@h1:1,h2:2', 'a')).toBe('mongodb://u:p@h1:1,h2:2/a')
    expect(withDatabase('mongodb+srv://h/old?x=1', 'a')).toBe('mongodb+srv://h/a?x=1')
  })

  it('refuses connections to other hosts', async () => {
    await expect(fetch('http://192.0.2.1/')).rejects.toThrow('fetch failed')
    await expect(fetch('https://example.com/')).rejects.toThrow('fetch failed')
  })
})

describe('private servers', () => {
  let mongod: PrivateServer
  let redis: PrivateServer
  beforeAll(async () => {
    ;[mongod, redis] = await Promise.all([startMongod(), startRedis()])
  })
  afterAll(() => Promise.all([mongod.remove(), redis.remove()]))

  it('keep majority-written data over kill -9 and restart, on the same port', async () => {
    const client = new MongoClient(mongod.uri)
    const things = client.db().collection('things')
    await things.insertOne({ at: 1 }, { writeConcern: { w: 'majority' } })
    await mongod.restart('SIGKILL')
    expect(await things.countDocuments()).toBe(1)
    await client.close()
  })

  it('lose what Redis held', async () => {
    const client = new Redis(redis.uri)
    await client.set('a', '1')
    await redis.restart()
    expect(await client.get('a')).toBeNull()
    client.disconnect()
  })
})
