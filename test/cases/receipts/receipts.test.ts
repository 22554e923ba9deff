/** The signed receipt: kept by the villager, verified by anybody, and telling when what was filed is changed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReceiptView } from '../../../src/cases/receipts/schema.ts'
import { parseReceipt, verifyReceipt } from '../../../src/web/public/receipt/verify-receipt.ts'
import { runScript } from '../../support/run-script.ts'
import type { World } from '../world.ts'
import { buildWorld } from '../world.ts'

let world: World
let folder: string
beforeAll(async () => {
  world = await buildWorld()
  folder = await mkdtemp(join(tmpdir(), 'village-desk-receipts-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

const TEXT = '俺村张会计修井那钱他自己报了两回,票都一样'
async function file(form: 'chat' | 'sms' = 'chat'): Promise<{ token: string; check: string; said: string }> {
  const said = (await world.talk(`who${Math.random()}`, `${TEXT},直接提交`, { form })).join('\n')
  const [, token = '', check = ''] = /\/receipt\/([\w-]{12}) 校验码?([0-9a-f]{8})/.exec(said) ?? []
  return { token, check, said }
}
const fetchReceipt = async (token: string) => {
  const response = await fetch(`${world.base}/api/public/receipts/${token}`)
  return { status: response.status, body: (await response.json()) as ReceiptView, raw: '' }
}

describe('a receipt', () => {
  it('is offered on every channel as a short link with the first digits of what it proves', async () => {
    for (const form of ['chat', 'sms'] as const) {
      const { token, check } = await file(form)
      expect(token, form).toHaveLength(12)
      const { body } = await fetchReceipt(token)
      expect(body.receipt.filedHash.slice(0, 8)).toBe(check)
      expect(body.unchanged).toBe(true)
    }
  })

  it('is verified in the browser, without any server, and no other', async () => {
    const { token } = await file()
    const { receipt } = (await fetchReceipt(token)).body
    const { key } = (await (await fetch(`${world.base}/api/public/receipt-key`)).json()) as { key: string }
    expect(verifyReceipt(parseReceipt(JSON.stringify(receipt))!, key)).toBe(true)
    for (const forged of [
      { ...receipt, filedAt: '2026-11-22T02:00:00.000Z' },
      { ...receipt, filedHash: 'a'.repeat(64) },
      { ...receipt, signature: receipt.signature.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')) },
    ])
      expect(verifyReceipt(forged, key)).toBe(false)
    expect(verifyReceipt(receipt, key.replace(/.{6}=*$/, 'AAAAAA='))).toBe(false)
    expect(parseReceipt('不是凭证')).toBeNull()
  })

  it('tells nothing of the report: not who, not what, not where', async () => {
    const { token } = await file()
    const { body } = await fetchReceipt(token)
    expect(Object.keys(body.receipt).toSorted()).toEqual(['filedAt', 'filedHash', 'format', 'key', 'signature'])
    // The same words filed twice have another hash: they cannot be tried out.
    const other = await fetchReceipt((await file()).token)
    expect(other.body.receipt.filedHash).not.toBe(body.receipt.filedHash)
    expect((await fetchReceipt('aaaaaaaaaaaa')).status).toBe(404)
  })

  it('is verified by a command, offline with the key, and finds the case that was changed', async () => {
    const { token } = await file()
    const { receipt } = (await fetchReceipt(token)).body
    const path = join(folder, 'receipt.json')
    await writeFile(path, JSON.stringify(receipt))
    const offline = { MONGODB_URI: 'mongodb://127.0.0.1:9/none', INSTANCE_KEY: '' }
    const fine = await runScript('scripts/receipts.ts', ['verify', path, '--key', receipt.key], offline)
    expect(fine, fine.output).toMatchObject({ code: 0 })
    expect(fine.output).toContain(receipt.filedHash.slice(0, 8))
    await writeFile(path, JSON.stringify({ ...receipt, filedHash: 'b'.repeat(64) }))
    expect((await runScript('scripts/receipts.ts', ['verify', path, '--key', receipt.key], offline)).code).toBe(1)

    // Somebody with the database puts the words of one case in the place of another's.
    const cases = world.services.connection.collection('cases')
    const [one, two] = await cases.find({}, { promoteBuffers: true }).sort({ _id: -1 }).limit(2).toArray()
    await cases.updateOne({ _id: one!._id }, { $set: { content: two!['content'] } })
    expect((await fetchReceipt(token)).body.unchanged).toBe(false)
    const environment = { MONGODB_URI: world.mongoUri, INSTANCE_KEY: world.instanceKey }
    const all = await runScript('scripts/receipts.ts', ['verify', '--all'], environment)
    expect(all.code).toBe(1)
    expect(all.output).toContain(String(one!._id))
    expect(all.output).not.toContain(String(two!._id))
  }, 30_000)
})
