import { describe, expect, it } from 'vitest'
import { findPasswordFault } from '../../src/people/password-rules.ts'
import { findTotpStep, hotp, toBase32, totpStep, totpUri } from '../../src/people/totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('one-time passwords', () => {
  // RFC 4226, appendix D.
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, counter) => ({ code, counter }),
    ),
  )('are those of RFC 4226 for counter $counter', ({ code, counter }) => expect(hotp(secret, counter)).toBe(code))

  // RFC 6238, appendix B, eight digits.
  it.each([
    { at: 59, sha1: '94287082', sha256: '46119246', sha512: '90693936' },
    { at: 1_111_111_109, sha1: '07081804', sha256: '68084774', sha512: '25091201' },
    { at: 1_234_567_890, sha1: '89005924', sha256: '91819424', sha512: '93441116' },
    { at: 20_000_000_000, sha1: '65353130', sha256: '77737706', sha512: '47863826' },
  ])('are those of RFC 6238 at $at s', ({ at, sha1, sha256, sha512 }) => {
    const step = totpStep(new Date(at * 1000))
    const long = (bytes: number): Buffer => Buffer.from('1234567890'.repeat(7).slice(0, bytes))
    expect(hotp(secret, step, 8)).toBe(sha1)
    expect(hotp(long(32), step, 8, 'sha256')).toBe(sha256)
    expect(hotp(long(64), step, 8, 'sha512')).toBe(sha512)
  })

  it('are taken half a minute early or late, and once', () => {
    const at = new Date('2026-11-23T09:00:10+08:00')
    const step = totpStep(at)
    for (const near of [step - 1, step, step + 1]) expect(findTotpStep(secret, hotp(secret, near), at)).toBe(near)
    for (const far of [step - 2, step + 2]) expect(findTotpStep(secret, hotp(secret, far), at)).toBeNull()
    expect(findTotpStep(secret, hotp(secret, step), at, step)).toBeNull()
    expect(findTotpStep(secret, '', at)).toBeNull()
  })

  it('are told to the app as it expects', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
    expect(totpUri(secret, 'fanglei', '村务通')).toMatch(
      /^otpauth:\/\/totp\/.+:?fanglei\?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=/,
    )
  })
})

describe('passwords', () => {
  it.each(['short1', '1234567890', 'aaaaaaaaaa1', 'fanglei-2026', 'password2026', 'a123456789012', 'onlyletters'])(
    '%s is refused',
    (password) => expect(findPasswordFault(password, 'fanglei')).toMatch(/密码/),
  )
  it.each(['麦子黄了要开镰2026', 'correct horse battery', 'Tq7-mulberry'])('%s is taken', (password) =>
    expect(findPasswordFault(password, 'fanglei')).toBeNull(),
  )
})
