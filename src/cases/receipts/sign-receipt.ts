/** Signing what was filed, and telling later whether it is unchanged. */
import { createPublicKey, randomBytes, verify as verifyBytes } from 'node:crypto'
import { contentHash } from '../../infrastructure/crypto.ts'
import type { Vault } from '../../infrastructure/crypto.ts'
import type { CaseContext } from '../context.ts'
import type { CaseContent, StoredCase, StoredReceipt } from '../model.ts'
import { openSeal } from '../seals.ts'
import { RECEIPT_FORMAT, receiptText } from './schema.ts'
import type { SignedReceipt } from './schema.ts'

/** So many digits of the hash stand in the message itself: what a text message keeps proves it too. */
const CHECK_DIGITS = 8

export const newReceiptToken = (): string => randomBytes(9).toString('base64url')
export const newSalt = (): string => randomBytes(16).toString('base64url')
export const checkDigits = (filedHash: string): string => filedHash.slice(0, CHECK_DIGITS)
export const tokenHashOf = (vault: Vault, token: string): string => vault.fingerprint('receipt-token', token)

/** With its salt nobody can try out sentences against the hash. */
export const hashOfFiled = (content: CaseContent): string => contentHash(JSON.stringify(content))

export function signReceipt(vault: Vault, token: string, filedAt: Date, filedHash: string): StoredReceipt {
  return {
    tokenHash: tokenHashOf(vault, token),
    key: vault.publicKey(),
    signature: vault.sign(receiptText({ filedAt: filedAt.toISOString(), filedHash })),
  }
}

/** Null for cases from before there were receipts. */
export function toReceipt({ filedAt, filedHash, receipt }: StoredCase): SignedReceipt | null {
  if (!receipt) return null
  const { key, signature } = receipt
  return { format: RECEIPT_FORMAT, filedAt: filedAt.toISOString(), filedHash, key, signature }
}

/** Needs nothing but the receipt and a key that one trusts. */
export function isSignatureGood(receipt: SignedReceipt, trustedKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(trustedKey, 'base64'), format: 'der', type: 'spki' })
    return (
      receipt.key === trustedKey &&
      verifyBytes(null, Buffer.from(receiptText(receipt)), key, Buffer.from(receipt.signature, 'base64url'))
    )
  } catch {
    return false
  }
}

/** Opens what is kept, files too, and compares it with what was signed. @returns null when it was destroyed */
export async function isUnchanged(
  context: Pick<CaseContext, 'vault' | 'files'>,
  stored: StoredCase,
): Promise<boolean | null> {
  if (stored.erasedAt) return null
  const receipt = toReceipt(stored)
  if (receipt && !isSignatureGood(receipt, context.vault.publicKey())) return false
  try {
    const content = openSeal(context.vault, stored).openContent(stored.content)
    if (hashOfFiled(content) !== stored.filedHash) return false
    for (const { id, sha256 } of content.fileIds) {
      if (sha256 === undefined) continue
      const file = await context.files.read(id)
      if (!file || contentHash(file.bytes) !== sha256) return false
    }
    return true
  } catch {
    // Not what was sealed: a byte was changed.
    return false
  }
}
