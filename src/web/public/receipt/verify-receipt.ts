/** Verifies a receipt in the browser alone: nothing is sent anywhere. */
import nacl from 'tweetnacl'
import { SignedReceipt, receiptText } from '../../../cases/receipts/schema.ts'

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))

/** Length of an Ed25519 key at the end of its SPKI. */
const KEY_BYTES = 32

/** @returns the receipt, or null when the text is none */
export function parseReceipt(text: string): SignedReceipt | null {
  try {
    const parsed = SignedReceipt.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** @param trustedKey the instance's public key, as published; null: the receipt's own is taken, and has to be compared by eye */
export function verifyReceipt(receipt: SignedReceipt, trustedKey: string | null): boolean {
  if (trustedKey !== null && receipt.key !== trustedKey) return false
  try {
    const message = new TextEncoder().encode(receiptText(receipt))
    return nacl.sign.detached.verify(message, fromBase64(receipt.signature), fromBase64(receipt.key).slice(-KEY_BYTES))
  } catch {
    return false
  }
}
