/** A message split over several sends is one turn; whole messages wait for nothing. */
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { isUnfinished } from '../../src/conversation/fragments.ts'
import { gatherTurn } from '../../src/conversation/gather.ts'
import type { Before, Entry } from '../../src/conversation/gather.ts'

const START = new Date('2026-11-23T10:00:00+08:00')
const FRESH: Before = { awaitsAnswer: false, answered: false }

/** Each [text, milliseconds after the first, room]. */
const entries = (...said: [string, number, string?][]): Entry[] =>
  said.map(([text, after, room]) => ({
    _id: Types.ObjectId.createFromTime(Math.floor((START.getTime() + after) / 1000)),
    contactId: 'c',
    channel: 'wechat',
    account: 'a',
    messageKey: `${text}${after}`,
    seq: after,
    sealed: Buffer.alloc(0),
    state: 'pending',
    receivedAt: new Date(START.getTime() + after),
    content: { from: 'x', addressed: true, text, attachments: [], ...(room && { room: { id: room } }) },
  }))

/** What is answered together at this moment, or 'waits'. */
function gather(pending: Entry[], afterMs: number, before: Before = FRESH): string[] | 'waits' {
  const at = START.getTime() + afterMs
  const { entries: together, settleMs } = gatherTurn(pending, new Date(at), () => before, at)
  if (settleMs > 0) expect(settleMs).toBeLessThanOrEqual(2500)
  return settleMs > 0 ? 'waits' : together.map(({ content }) => content.text)
}

describe('unfinished', () => {
  it.each([
    '俺想问问',
    '你好',
    '请问',
    '你好,请问一下',
    '去年修路',
    '关于',
    '低保',
    '鱼塘',
    '俺村那个',
    '我想问下,',
    '2025年招待费',
    '有个事想问问',
    '在吗',
  ])('%s', (text) => expect(isUnfinished(text, false)).toBe(true))
})

describe('finished', () => {
  it.each([
    '花了多少钱',
    '去年修路花了多少钱',
    '我要反映问题',
    '1',
    '第二个',
    '匿名',
    '不知道',
    '没有',
    '谢谢',
    '路灯坏了',
    '俺家着火了',
    '救命',
    '有人打我',
    '低保咋办',
    '修路没修好',
    '312-445-9980',
    '明细',
    '退订',
    '找人工',
    '对',
    '书记贪污修路款',
    '账上还剩多少',
    '张三说了不算',
  ])('%s', (text) => expect(isUnfinished(text, false)).toBe(false))
})

describe('a turn', () => {
  it('is three sends that make one question', () => {
    const three = entries(['俺想问问', 0], ['去年修路', 900], ['花了多少钱', 2100])
    expect(gather(three.slice(0, 1), 10)).toBe('waits')
    expect(gather(three.slice(0, 2), 950)).toBe('waits')
    expect(gather(three, 2150)).toEqual(['俺想问问', '去年修路', '花了多少钱'])
  })
  it('is what there is, when nothing more comes', () => {
    expect(gather(entries(['低保', 0]), 1400)).toBe('waits')
    expect(gather(entries(['低保', 0]), 2100)).toEqual(['低保'])
  })
  it('is a whole question at once, and two of them are two', () => {
    const two = entries(['去年修路花了多少钱', 0], ['鱼塘包给谁了', 300])
    expect(gather(two, 301)).toEqual(['去年修路花了多少钱'])
    expect(gather(two.slice(1), 301)).toEqual(['鱼塘包给谁了'])
  })
  it('never waits where something was asked', () => {
    for (const text of ['张家庄', '马洪涛', '去年八月', '村东头'])
      expect(gather(entries([text, 0]), 5, { awaitsAnswer: true, answered: false })).toEqual([text])
  })
  it('leans on the answer before it without waiting', () => {
    for (const text of ['去年的', '石桥的', '修路'])
      expect(gather(entries([text, 0]), 5, { awaitsAnswer: false, answered: true })).toEqual([text])
  })
  it('does not take thanks, another room or a late message along', () => {
    expect(gather(entries(['你好', 0], ['谢谢', 200]), 210)).toEqual(['你好'])
    expect(gather(entries(['俺想问问', 0], ['去年修路花了多少钱', 200, 'room']), 210)).toEqual(['俺想问问'])
    expect(gather(entries(['俺想问问', 0], ['去年修路花了多少钱', 60_000]), 60_010)).toEqual(['俺想问问'])
  })
  it('does not wait for a clock that stands still', () => {
    const pending = entries(['低保', 0])
    const { entries: together } = gatherTurn(pending, START, () => FRESH, START.getTime() + 4000)
    expect(together).toHaveLength(1)
  })
})
