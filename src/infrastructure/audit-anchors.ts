/**
 * Anchors: once a day the head of the audit log is signed, stored and written to a file outside of the database. Who rewrites
 * the whole chain in MongoDB does not change what was anchored elsewhere.
 */
import { createPublicKey, verify as verifyBytes } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Connection } from 'mongoose'
import { auditAnchors, auditEntries } from './audit-log.ts'
import type { AuditAnchor } from './audit-log.ts'
import { shanghaiDate } from './clock.ts'
import type { Clock } from './clock.ts'
import type { Vault } from './crypto.ts'
import { isDuplicateKey } from './mongo.ts'

export const anchorText = ({ _id, entry, hash }: Pick<AuditAnchor, '_id' | 'entry' | 'hash'>): string =>
  `village-desk audit anchor 1\n${_id}\n${entry}\n${hash}`

export const anchorFile = (dataDir: string): string => `${dataDir}/audit-anchors.jsonl`

/** Anchors today's head, once; a day without entries is anchored where the chain stands. @returns null when it was done already or there is nothing */
export async function anchorAudit(
  { connection, vault, clock }: { connection: Connection; vault: Vault; clock: Clock },
  dataDir: string,
): Promise<AuditAnchor | null> {
  const [head] = await auditEntries(connection).find().sort({ _id: -1 }).limit(1).toArray()
  if (!head) return null
  const at = clock.now()
  const facts = { _id: shanghaiDate(at), entry: head._id, hash: head.hash }
  const anchor: AuditAnchor = { ...facts, at, signature: vault.sign(anchorText(facts)) }
  try {
    await auditAnchors(connection).insertOne(anchor, { writeConcern: { w: 'majority' } })
  } catch (error) {
    if (isDuplicateKey(error)) return null
    throw error
  }
  const file = anchorFile(dataDir)
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify(anchor)}\n`, { mode: 0o600 })
  return anchor
}

/** Anchors of a file, those with a good signature and those without. @throws when there is no such file */
export async function readAnchors(
  file: string,
  publicKey: string,
): Promise<{ good: AuditAnchor[]; forged: AuditAnchor[] }> {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const all = (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AuditAnchor)
  const isGood = (anchor: AuditAnchor): boolean =>
    verifyBytes(null, Buffer.from(anchorText(anchor)), key, Buffer.from(anchor.signature, 'base64url'))
  return { good: all.filter(isGood), forged: all.filter((anchor) => !isGood(anchor)) }
}
