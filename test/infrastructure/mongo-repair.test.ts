/** A connection that breaks while a command is written to it costs a retry, not for ever. */
import { Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectMongo } from '../../src/infrastructure/mongo.ts'
import { testServers } from '../support/servers.ts'

let connection: Awaited<ReturnType<typeof connectMongo>>

beforeAll(async () => {
  connection = await connectMongo(testServers().mongoUri)
})
afterAll(async () => connection.close(true))

it('an insert whose socket is destroyed before it is written is retried and stored once', async () => {
  const collection = connection.collection<{ _id: number }>('breaks')
  await collection.insertOne({ _id: 0 })
  const { hosts } = connection.getClient().options
  let broken = 0
  const original = Socket.prototype.write
  // What the kernel does when mongod is killed: the socket is gone, and nobody was told yet.
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    if (broken === 0 && this.remotePort === hosts[0]?.port && String(args[0]).includes('breaks')) {
      broken += 1
      this.destroy()
    }
    return Reflect.apply(original, this, args) as boolean
  } as typeof original
  try {
    await collection.insertOne({ _id: 1 })
  } finally {
    Socket.prototype.write = original
  }
  expect(broken).toBe(1)
  expect(await collection.countDocuments({ _id: 1 })).toBe(1)
}, 20_000)
