/** Numbers that belong to a person and to nobody else: they are taken out of what is read before it is kept anywhere. */

export interface Mask {
  what: 'id' | 'phone' | 'card'
  /** What stays to be seen: 3713**********1234. */
  shown: string
}

/** Weights of the check character, GB 11643. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An identity number whose birth date exists; with a wrong check character it is most likely one that was mistyped. */
function isIdentityNumber(digits: string): boolean {
  const birth = /^\d{6}(19|20)(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(digits)
  return birth && /^[1-8]/.test(digits)
}

export function hasRightCheck(digits: string): boolean {
  const sum = WEIGHTS.reduce((so, weight, at) => so + weight * Number(digits[at]), 0)
  return '10X98765432'[sum % 11] === digits[17]?.toUpperCase()
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((so, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
    return so + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

const RUN = /(?<![\dA-Za-z])\d(?:[ -]?\d){10,22}[Xx]?(?![\dA-Za-z])/g
const OLD_ID = /^[1-6]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/
const MOBILE = /^(?:86)?1[3-9]\d{9}$/

/**
 * @param strict a column of numbers of things (vouchers, contracts): only what is certainly a person's is taken out
 * @returns the text with the middle of each number starred, and what was found; the same text when there is nothing
 */
export function maskPersonal(text: string, strict = false): { text: string; masks: Mask[] } {
  const masks: Mask[] = []
  if (!/\d{4}/.test(text)) return { text, masks }
  const masked = text.replaceAll(RUN, (run, at: number) => {
    const digits = run.replaceAll(/[ -]/g, '')
    const before = text.slice(Math.max(0, at - 12), at)
    const what = kindOf(digits, before, strict)
    if (!what) return run
    const shown = star(digits, what)
    masks.push({ what, shown })
    return shown
  })
  return { text: masked, masks }
}

function kindOf(digits: string, before: string, strict: boolean): Mask['what'] | null {
  if (digits.length === 18 && isIdentityNumber(digits) && (!strict || hasRightCheck(digits))) return 'id'
  if (strict) return null
  if (MOBILE.test(digits)) return 'phone'
  if (digits.length === 15 && OLD_ID.test(digits) && /身份|证/.test(before)) return 'id'
  if (/[Xx]$/.test(digits)) return null
  const named = /卡号|账号|帐号|账户|帐户|银行|一卡通|农商行|信用社/.test(before)
  if (digits.length >= 12 && named) return 'card'
  return digits.length >= 16 && digits.length <= 19 && /^[3-9]/.test(digits) && passesLuhn(digits) ? 'card' : null
}

function star(digits: string, what: Mask['what']): string {
  const [head, tail] = what === 'phone' ? [3, 4] : [4, 4]
  return digits.slice(0, head) + '*'.repeat(digits.length - head - tail) + digits.slice(-tail)
}
