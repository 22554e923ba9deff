/**
 * npm run receipts -- verify FILE [--key KEY]   is this receipt signed by the instance? With --key no server is needed
 * npm run receipts -- verify --all              is what is kept of every case what was filed? Names those that are not
 * npm run receipts -- key                       prints the public key
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { StoredCase } from '../src/cases/model.ts'
import { SignedReceipt } from '../src/cases/receipts/schema.ts'
import { isSignatureGood, isUnchanged } from '../src/cases/receipts/sign-receipt.ts'
import { readConfig } from '../src/config.ts'
import { shanghaiTime } from '../src/infrastructure/clock.ts'
import { createVault } from '../src/infrastructure/crypto.ts'
import type { Vault } from '../src/infrastructure/crypto.ts'
import { createFiles } from '../src/infrastructure/files.ts'
import { parseInstanceKey, readInstanceKey } from '../src/infrastructure/instance-key.ts'
import { createKeyRings } from '../src/infrastructure/key-ring.ts'
import { connectMongo } from '../src/infrastructure/mongo.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, all: { type: 'boolean', default: false } },
})
const [command, file] = positionals

if (command === 'verify' && values.all) await withVault(verifyAll)
else if (command === 'verify' && file && values.key) await verifyFile(file, values.key)
else if (command === 'verify' && file) await withVault(async (vault) => verifyFile(file, vault.publicKey()))
else if (command === 'key') await withVault(async (vault) => console.log(vault.publicKey()))
else {
  console.error('npm run receipts -- verify FILE [--key KEY] | verify --all | key')
  process.exitCode = 1
}

async function verifyFile(path: string, key: string): Promise<void> {
  const parsed = SignedReceipt.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (parsed.success && isSignatureGood(parsed.data, key)) {
    const { filedAt, filedHash } = parsed.data
    console.log(`签名有效:${shanghaiTime(new Date(filedAt))}提交,校验码${filedHash.slice(0, 8)}。`)
    return
  }
  console.error(parsed.success ? '签名不对:凭证被改过,或者不是这里发的。' : '这不是凭证,或者不完整。')
  process.exitCode = 1
}

async function verifyAll(vault: Vault, connection: Awaited<ReturnType<typeof connectMongo>>): Promise<void> {
  const files = createFiles(connection, vault)
  let count = 0
  const changed: string[] = []
  for await (const stored of connection.collection<StoredCase>('cases').find({}, { promoteBuffers: true })) {
    count += 1
    if ((await isUnchanged({ vault, files }, stored)) === false) changed.push(stored._id.toHexString())
  }
  if (changed.length === 0) console.log(`${count}件事项都和提交时一致。`)
  else {
    console.error(`${changed.length}件事项和提交时不一致:${changed.join(' ')}`)
    process.exitCode = 1
  }
}

async function withVault(
  work: (vault: Vault, connection: Awaited<ReturnType<typeof connectMongo>>) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env)
  const connection = await connectMongo(config.MONGODB_URI, { maxPoolSize: 4 })
  try {
    const rings = createKeyRings(connection, parseInstanceKey(await readInstanceKey(config)))
    await work(createVault(await rings.open()), connection)
  } finally {
    await connection.close()
  }
}
