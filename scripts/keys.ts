/**
 * npm run keys -- rotate [--new-key-file FILE]    a new generation of keys; cases' keys, addresses and files are brought under it
 * npm run keys -- retire                          after all processes were restarted with the new key: only this one opens the ring
 * npm run keys -- new                             prints a fresh instance key
 * The service goes on meanwhile. With --new-key-file the new instance key opens the ring too; then restart one process after
 * the other with it, and retire the old one.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { sealedPlaces as casePlaces } from '../src/cases/index.ts'
import { sealedPlaces as channelPlaces } from '../src/channels/index.ts'
import { readConfig } from '../src/config.ts'
import { createVault } from '../src/infrastructure/crypto.ts'
import { DomainError } from '../src/infrastructure/errors.ts'
import { parseInstanceKey, readInstanceKey } from '../src/infrastructure/instance-key.ts'
import { createKeyRings } from '../src/infrastructure/key-ring.ts'
import { connectMongo } from '../src/infrastructure/mongo.ts'
import { resealAll } from '../src/infrastructure/rotate-keys.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'new-key-file': { type: 'string' } } })
const command = positionals[0]

try {
  if (command === 'new') console.log(randomBytes(32).toString('base64'))
  else if (command === 'rotate' || command === 'retire') await onRing(command)
  else throw new DomainError('usage', 400, 'npm run keys -- rotate [--new-key-file FILE] | retire | new')
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error(error.shown)
  process.exitCode = 1
}

async function onRing(what: 'rotate' | 'retire'): Promise<void> {
  const config = readConfig(process.env)
  const newKeyFile = values['new-key-file']
  const newKey = newKeyFile ? parseInstanceKey((await readFile(newKeyFile, 'utf8')).trim()) : null
  const connection = await connectMongo(config.MONGODB_URI, { maxPoolSize: 4 })
  try {
    const rings = createKeyRings(connection, parseInstanceKey(await readInstanceKey(config)))
    const ring = await rings.open()
    if (what === 'retire') {
      console.log(`旧的主密钥已停用(${await rings.retireOthers()}把)。`)
      return
    }
    const number = await rings.addGeneration()
    await rings.useGeneration(number)
    Object.assign(ring, await rings.open())
    const count = await resealAll(connection, createVault(ring), [...casePlaces, ...channelPlaces])
    console.log(`第${number}代密钥已启用,换封${count}处。`)
    if (!newKey) return
    await rings.admit(newKey)
    console.log('新的主密钥已能打开。请用它逐个重启进程,然后运行 npm run keys -- retire。')
  } finally {
    await connection.close()
  }
}
