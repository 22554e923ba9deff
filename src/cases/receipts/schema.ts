/** The signed receipt: proves to anybody that something was filed at that time and, with the words, what. It names nobody. */
import { z } from 'zod'

export const RECEIPT_FORMAT = 'village-desk-receipt/1'

export const SignedReceipt = z.object({
  format: z.literal(RECEIPT_FORMAT),
  /** ISO 8601, UTC. */
  filedAt: z.string().max(40),
  /** SHA-256 in hex over what was filed, with a random salt. */
  filedHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Public key of the instance: Ed25519, SPKI in DER, base64. */
  key: z.string().max(120),
  /** Ed25519 over receiptText, base64url. */
  signature: z.string().max(120),
})
export type SignedReceipt = z.infer<typeof SignedReceipt>

/** What is signed. */
export const receiptText = ({ filedAt, filedHash }: Pick<SignedReceipt, 'filedAt' | 'filedHash'>): string =>
  `village-desk receipt 1\n${filedAt}\n${filedHash}`

export const ReceiptView = z.object({
  receipt: SignedReceipt,
  /** What is kept now is, sign for sign, what was filed; null when it was destroyed after its years. */
  unchanged: z.boolean().nullable(),
})
export type ReceiptView = z.infer<typeof ReceiptView>

export const ReceiptPath = z.object({ token: z.string().regex(/^[\w-]{12}$/) })
