/** One-time passwords by time: RFC 6238 with SHA-1, six digits, thirty seconds, as authenticator apps know it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP_MS = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4226: the code of one counter. */
export function hotp(secret: Buffer, counter: number, digits = 6, algorithm = 'sha1'): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac(algorithm, secret).update(message).digest()
  const offset = mac[mac.length - 1]! & 0xf
  const value = mac.readUInt32BE(offset) & 0x7fffffff
  return String(value % 10 ** digits).padStart(digits, '0')
}

export const totpStep = (at: Date): number => Math.floor(at.getTime() / STEP_MS)

/**
 * The step whose code this is: now, one before or one after, for clocks that are a little off.
 * @param after steps up to this one have been used and count no more
 * @returns null when it is none of them
 */
export function findTotpStep(secret: Buffer, code: string, at: Date, after = 0): number | null {
  const given = Buffer.from(code.replaceAll(/\s/g, '').padEnd(6).slice(0, 6))
  const now = totpStep(at)
  const steps = [now, now - 1, now + 1].filter((step) => step > after)
  return steps.find((step) => timingSafeEqual(Buffer.from(hotp(secret, step)), given)) ?? null
}

export const newTotpSecret = (): Buffer => randomBytes(20)

/** RFC 4648, without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What the app's camera reads. */
export function totpUri(secret: Buffer, username: string, issuer: string): string {
  const label = encodeURIComponent(`${issuer}:${username}`)
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`
}
