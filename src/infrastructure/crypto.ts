/** Sealing and keyed hashes. Nothing of a person is stored but through here. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** Bytes of a sealed value: version (1), nonce (12), tag (16), cipher text. */
const VERSION = 1
const HEADER = 29

export interface Vault {
  /** AES-256-GCM under the instance's key (or a case's data key). `context` is bound to the value: it opens only with the same. */
  seal(plain: string | Buffer, context: string, key?: Buffer): Buffer
  open(sealed: Buffer, context: string, key?: Buffer): Buffer
  openText(sealed: Buffer, context: string, key?: Buffer): string
  /** Keyed hash (HMAC-SHA256, base64url, 22 characters = 132 bits) for look-up without keeping the value. */
  fingerprint(purpose: string, value: string): string
  /** A fresh data key, and the same wrapped by the instance's key. */
  newDataKey(): { key: Buffer; wrapped: Buffer }
  unwrapDataKey(wrapped: Buffer): Buffer
}

/**
 * @param instanceKey 32 bytes; from INSTANCE_KEY (base64) or a key file
 * @throws when the key has another length
 */
export function createVault(instanceKey: Buffer): Vault {
  if (instanceKey.length !== 32) throw new Error('the instance key must be 32 bytes (base64 of 44 characters)')
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', instanceKey, 'village-desk', use, 32))
  const sealingKey = derive('seal')
  const wrappingKey = derive('wrap')
  const hashingKey = derive('hash')

  const seal = (plain: string | Buffer, context: string, key = sealingKey): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(context))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body])
  }
  const open = (sealed: Buffer, context: string, key = sealingKey): Buffer => {
    // What comes out of MongoDB may be a Uint8Array or a BSON Binary's buffer.
    const bytes = Buffer.from(sealed)
    if (bytes.length < HEADER || bytes[0] !== VERSION) throw new Error('not a sealed value')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(bytes.subarray(13, HEADER))
    return Buffer.concat([decipher.update(bytes.subarray(HEADER)), decipher.final()])
  }
  return {
    seal,
    open,
    openText: (sealed, context, key) => open(sealed, context, key).toString('utf8'),
    fingerprint: (purpose, value) =>
      createHmac('sha256', hashingKey).update(`${purpose}\0${value}`).digest('base64url').slice(0, 22),
    newDataKey: () => {
      const key = randomBytes(32)
      return { key, wrapped: seal(key, 'data-key', wrappingKey) }
    },
    unwrapDataKey: (wrapped) => open(wrapped, 'data-key', wrappingKey),
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
