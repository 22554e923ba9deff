/** The leak check on texts written for it, and its floor on the evaluation set (every second case of it was read while the rules were written). */
import { describe, expect, it } from 'vitest'
import { evaluateLeaks } from '../../../scripts/evaluate/leaks.ts'
import { findLeaks } from '../../../src/cases/index.ts'

const report = {
  reporter: '孟庆丰',
  contact: '13966660071',
  details: '赵家沟村五组,承包村东鱼塘',
  about: '赵国柱(赵家沟村党支部书记)',
  body: '赵国柱去年腊月二十三到我塘边拿走了六十斤鱼没给钱。',
  submittedAt: '2026-01-18T06:40:00+08:00',
}

describe('the leak check', () => {
  it('reads its own texts as their author does', async () => {
    expect((await evaluateLeaks('test/cases/leak-check/own.yaml')).failures).toEqual([])
  })

  it('keeps its floor on the evaluation set', async () => {
    const { recall, falseAlarmRate } = await evaluateLeaks('test/evaluation/leaks.yaml')
    expect(recall).toBeGreaterThanOrEqual(0.95)
    expect(falseAlarmRate).toBeLessThan(0.1)
  })

  it('says where and why', () => {
    const found = findLeaks({ report, audience: 'group', kind: 'reply', text: '老孟说的那六十斤鱼,电话尾号0071。' })
    expect(found.map(({ way }) => way)).toEqual(expect.arrayContaining(['nickname', 'phone', 'rare-fact']))
    for (const { excerpt, why } of found) {
      expect(excerpt).not.toBe('')
      expect(why).toMatch(/。$/)
    }
  })

  it('sees a number through spaces, dashes and wide digits', () => {
    for (const text of ['139 6666 0071', '139-6666-0071', '13966660071', '139****0071'])
      expect(findLeaks({ report, audience: 'reporter', kind: 'reply', text }).length, text).toBeGreaterThan(0)
  })
})
