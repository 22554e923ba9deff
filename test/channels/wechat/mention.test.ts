import { describe, expect, it } from 'vitest'
import { readMention } from '../../../src/channels/wechat/mention.ts'

const NAMES = ['村务小助手', '小助手']

describe('who is spoken to', () => {
  it.each([
    ['with the gap that phones put', '@村务小助手\u2005去年修路花了多少钱', [], true, false, '去年修路花了多少钱'],
    ['with a space', '@村务小助手 去年修路花了多少钱', [], true, false, '去年修路花了多少钱'],
    ['with nothing between', '@村务小助手去年修路花了多少钱', [], true, false, '去年修路花了多少钱'],
    ['by the alias in the group', '@小助手 在不', [], true, false, '在不'],
    ['at the end', '账上还剩多少 @村务小助手', [], true, false, '账上还剩多少'],
    ['with a full-width sign', '@村务小助手 你好', [], true, false, '你好'],
    ['by id only', '去年修路花了多少钱', ['bot'], true, false, '去年修路花了多少钱'],
    ['nobody', '去年修路花了多少钱', [], false, false, '去年修路花了多少钱'],
    ['everybody is not the bot', '@所有人 明天停电', ['announcement@all'], false, false, '@所有人 明天停电'],
    ['somebody else', '@张立国 账贴了吗', ['wx-1'], false, true, '@张立国 账贴了吗'],
    ['somebody else, without ids', '@张立国 账贴了吗', [], false, true, '@张立国 账贴了吗'],
    ['both', '@张立国 @村务小助手 账贴了吗', ['wx-1', 'bot'], true, false, '@张立国 账贴了吗'],
    ['a mail address is nobody of us', 'a@小助理 你好', [], false, true, 'a@小助理 你好'],
    [
      'a quote of somebody who named the bot',
      '「王大娘:@村务小助手 修路多少钱」\n- - - - - - - -\n我也想知道',
      [],
      false,
      false,
      '我也想知道',
    ],
  ])('%s', (_case, text, ids, addressed, others, rest) => {
    expect(readMention(text, ids, 'bot', NAMES)).toEqual({ addressed, others, text: rest })
  })
})
