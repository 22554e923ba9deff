/**
 * The receipt code: nine random digits and a check digit, said and written 358-104-2297. Digits only, because every villager
 * can say and key them. The check digit is Damm's (quasigroup of order 10): it catches every single wrong digit and every
 * swap of neighbours. It holds no meaning; only a keyed hash of it is stored.
 */
import { randomInt } from 'node:crypto'

const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
]

export const CODE_LENGTH = 10

/** How digits are said, by people and on the telephone. */
const SPOKEN: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  幺: '1',
  壹: '1',
  二: '2',
  两: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
}

const damm = (digits: string): number => [...digits].reduce((interim, digit) => DAMM[interim]![Number(digit)]!, 0)

/** A new code, without separators. It does not begin with 0, so that it is never taken for an area code. */
export function createReceiptCode(): string {
  const body = String(randomInt(100_000_000, 1_000_000_000))
  return `${body}${damm(body)}`
}

export function isReceiptCode(code: string): boolean {
  return /^\d{10}$/.test(code) && damm(code) === 0
}

/** 3581042297 → 358-104-2297. */
export function formatReceiptCode(code: string): string {
  return `${code.slice(0, 3)}-${code.slice(3, 6)}-${code.slice(6)}`
}

/**
 * Finds a code in what was written: digits of any width or in Chinese, with spaces, dashes, commas or full stops between.
 * @returns the code; `mistyped` when there is something of its length that fails the check; null when there is none
 */
export function findReceiptCode(text: string): { code: string } | { mistyped: string } | null {
  const plain = [...text.normalize('NFKC')].map((sign) => SPOKEN[sign] ?? sign).join('')
  let mistyped: string | null = null
  for (const [run] of plain.matchAll(/\d(?:[\s\-–—_.,,。、·]{0,2}\d){7,12}/gu)) {
    const digits = run.replaceAll(/\D/gu, '')
    if (digits.length === CODE_LENGTH && isReceiptCode(digits)) return { code: digits }
    // Eleven digits that begin with 1 are a telephone number, not a slip.
    if (digits.length >= 9 && digits.length <= 11 && !/^1[3-9]\d{9}$/.test(digits)) mistyped ??= digits
  }
  return mistyped === null ? null : { mistyped }
}
