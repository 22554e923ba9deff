import { describe, expect, it } from 'vitest'
import { createReceiptCode, findReceiptCode, formatReceiptCode, isReceiptCode } from '../../src/cases/index.ts'

const codes = Array.from({ length: 300 }, () => createReceiptCode())

describe('the receipt code', () => {
  it('has ten digits, a right check digit, and is not repeated', () => {
    for (const code of codes) {
      expect(code).toMatch(/^[1-9]\d{9}$/)
      expect(isReceiptCode(code)).toBe(true)
    }
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('tells every single wrong digit and every swap of neighbours', () => {
    for (const code of codes) {
      for (let at = 0; at < code.length; at += 1) {
        for (let digit = 0; digit <= 9; digit += 1) {
          if (String(digit) === code[at]) continue
          expect(isReceiptCode(code.slice(0, at) + String(digit) + code.slice(at + 1))).toBe(false)
        }
        const next = code[at + 1]
        if (next === undefined || next === code[at]) continue
        expect(isReceiptCode(code.slice(0, at) + next + code[at]! + code.slice(at + 2))).toBe(false)
      }
    }
  })

  const spoken = '零一二三四五六七八九'
  const telephone = '洞幺两三四五六拐八九'
  it.each<[string, (code: string) => string]>([
    ['as printed', formatReceiptCode],
    ['without separators', (code) => code],
    ['with spaces', (code) => [...code].join(' ')],
    ['in Chinese digits', (code) => [...code].map((digit) => spoken[Number(digit)]).join('')],
    ['as said on the telephone', (code) => [...code].map((digit) => telephone[Number(digit)]).join('')],
    ['full width', (code) => [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')],
    ['with pauses', (code) => `${code.slice(0, 3)},${code.slice(3, 6)}、${code.slice(6)}`],
    ['within a sentence', (code) => `我的码是${formatReceiptCode(code)},咋样了?`],
  ])('is read %s', (_label, write) => {
    for (const code of codes.slice(0, 50)) expect(findReceiptCode(write(code))).toEqual({ code })
  })

  it.each(['我电话13800138000', '去年修路花了86400元', '2026年11月23日', '', '一二三', '身份证370123199001011234'])(
    'sees none in %s',
    (text) => {
      expect(findReceiptCode(text)).toBeNull()
    },
  )

  it('says that a code is mistyped rather than unknown', () => {
    const code = codes[0]!
    const wrong = code.slice(0, 9) + String((Number(code[9]) + 1) % 10)
    expect(findReceiptCode(`查${wrong}`)).toEqual({ mistyped: wrong })
    expect(findReceiptCode(code.slice(0, 9))).toEqual({ mistyped: code.slice(0, 9) })
  })
})
