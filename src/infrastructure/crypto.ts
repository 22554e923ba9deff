/** Sealing and keyed hashes. Nothing of a person is stored but through here. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign as signBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { DomainError } from './errors.ts'

/** Bytes of a sealed value: generation of the key (1), nonce (12), tag (16), cipher text. */
const HEADER = 29
/** Under a case's own data key there are no generations. */
const OWN_KEY = 1

/** The keys of an instance: see key-ring.ts. Changed in place when a rotation adds to it. */
export interface KeyRing {
  version: number
  /** Generation that new values are sealed with. */
  current: number
  generations: Map<number, { seal: Buffer; wrap: Buffer }>
  /** For keyed hashes; never rotated, because what was hashed is not known any more. */
  hash: Buffer
  /** Ed25519 private key, PKCS #8 (DER). */
  sign: Buffer
}

export interface Vault {
  /** AES-256-GCM under the instance's ring (or a case's data key). `context` is bound to the value: it opens only with the same. */
  seal(plain: string | Buffer, context: string, key?: Buffer): Buffer
  open(sealed: Buffer, context: string, key?: Buffer): Buffer
  openText(sealed: Buffer, context: string, key?: Buffer): string
  /** The same value under the newest generation; null when it is already. */
  reseal(sealed: Buffer, context: string): Buffer | null
  /** Keyed hash (HMAC-SHA256, base64url, 22 characters = 132 bits) for look-up without keeping the value. */
  fingerprint(purpose: string, value: string): string
  /** A fresh data key, and the same wrapped by the ring. */
  newDataKey(): { key: Buffer; wrapped: Buffer }
  /** @throws DomainError content_erased when the key was destroyed */
  unwrapDataKey(wrapped: Buffer): Buffer
  /** The same data key under the newest generation; null when it is already. */
  rewrapDataKey(wrapped: Buffer): Buffer | null
  /** Ed25519, base64url. */
  sign(text: string): string
  /** Public half of the signing key: SPKI in DER, base64. */
  publicKey(): string
}

export function sealBytes(plain: string | Buffer, context: string, key: Buffer, generation: number): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([generation]), nonce, cipher.getAuthTag(), body])
}

/** @throws when the key or the context is another, or a byte was changed */
export function openBytes(sealed: Buffer, context: string, key: Buffer): Buffer {
  if (sealed.length < HEADER) throw new Error('not a sealed value')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(13, HEADER))
  return Buffer.concat([decipher.update(sealed.subarray(HEADER)), decipher.final()])
}

/** @param ring may grow while the vault is used */
export function createVault(ring: KeyRing): Vault {
  const generation = (number: number | undefined): { seal: Buffer; wrap: Buffer } => {
    const found = ring.generations.get(number ?? 0)
    if (!found) throw new Error('not a sealed value, or of a generation that this process does not know yet')
    return found
  }
  const seal = (plain: string | Buffer, context: string, key?: Buffer): Buffer =>
    key
      ? sealBytes(plain, context, key, OWN_KEY)
      : sealBytes(plain, context, generation(ring.current).seal, ring.current)
  const open = (sealed: Buffer, context: string, key?: Buffer): Buffer => {
    // What comes out of MongoDB may be a Uint8Array or a BSON Binary's buffer.
    const bytes = Buffer.from(sealed)
    return openBytes(bytes, context, key ?? generation(bytes[0]).seal)
  }
  const wrapKey = (key: Buffer): Buffer => sealBytes(key, 'data-key', generation(ring.current).wrap, ring.current)
  const unwrapDataKey = (wrapped: Buffer): Buffer => {
    const bytes = Buffer.from(wrapped)
    if (bytes.length === 0) throw new DomainError('content_erased', 410, '这件事项的内容已按规定销毁。')
    return openBytes(bytes, 'data-key', generation(bytes[0]).wrap)
  }
  const signingKey = (): KeyObject => createPrivateKey({ key: ring.sign, format: 'der', type: 'pkcs8' })
  return {
    seal,
    open,
    openText: (sealed, context, key) => open(sealed, context, key).toString('utf8'),
    reseal: (sealed, context) =>
      Buffer.from(sealed)[0] === ring.current ? null : seal(open(sealed, context), context),
    fingerprint: (purpose, value) =>
      createHmac('sha256', ring.hash).update(`${purpose}\0${value}`).digest('base64url').slice(0, 22),
    newDataKey: () => {
      const key = randomBytes(32)
      return { key, wrapped: wrapKey(key) }
    },
    unwrapDataKey,
    rewrapDataKey: (wrapped) =>
      wrapped.length === 0 || Buffer.from(wrapped)[0] === ring.current ? null : wrapKey(unwrapDataKey(wrapped)),
    sign: (text) => signBytes(null, Buffer.from(text), signingKey()).toString('base64url'),
    publicKey: () => createPublicKey(signingKey()).export({ format: 'der', type: 'spki' }).toString('base64'),
  }
}

/** SHA-256 in hex: proof of content, not a secret. */
export function contentHash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Compares without telling by time how much was right. */
export function sameSecret(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
