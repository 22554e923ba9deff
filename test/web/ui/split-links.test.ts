import { describe, expect, it } from 'vitest'
import { splitLinks } from '../../../src/web/ui/split-links.ts'

const linked: [string, string[]][] = [
  ['村委会电话0539-6212345,上班时间打', ['tel:05396212345']],
  ['手机13800138000。', ['tel:13800138000']],
  ['着火打119,救护车打120。', ['tel:119', 'tel:120']],
  ['拨打12345问', ['tel:12345']],
  ['看 https://example.test/v/zhang?period=2025#r-1。', ['https://example.test/v/zhang?period=2025#r-1']],
  ['原文:/policies/dibao', ['/policies/dibao']],
  ['到/chat说', ['/chat']],
  ['补了120元,另有110户', []],
  ['凭证号2025-119,金额12345.60', []],
  ['1,120 和 13800138000123', []],
  ['回执码 8K3F-120A', []],
  ['A/v和or/v', []],
  ['看(http://localhost:3000/v/)吧', ['http://localhost:3000/v/']],
  ['看http://localhost:3000/chat,或\uff0c', ['http://localhost:3000/chat']],
  ['见http://a.test/x\uff0c然后', ['http://a.test/x']],
  ['', []],
]

describe('links in a text', () => {
  it.each(linked)('%s', (text, expected) => {
    const parts = splitLinks(text)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    expect(parts.flatMap((part) => part.href ?? [])).toEqual(expected)
  })

  it('makes no link of what could run', () => {
    expect(splitLinks('javascript:alert(1) <a href="x">').every((part) => part.href === undefined)).toBe(true)
  })
})
