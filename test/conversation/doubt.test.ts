/** Which words question an answered figure, and which only sound like it. */
import { describe, expect, it } from 'vitest'
import { deniesAnswer, questionsFigure, tellsWhatIsWrong } from '../../src/conversation/index.ts'

describe('questions a figure', () => {
  it.each([
    '这账不对',
    '这账不对吧',
    '数不对吧?',
    '你这数跟村里说的不一样',
    '我咋记得是三万',
    '俺咋听说才两万',
    '这数有问题',
    '没花那么多',
    '哪有这么多',
    '修路哪花了这么多',
    '你算错了吧',
    '不是这个数',
    '跟公示栏上的不一样',
    '和喇叭里讲的对不上',
    '这账有假',
    '这钱数不对,俺见过发票是三万',
    '听会计说是五万',
    '俺听说花了8000多',
  ])('%s', (text) => expect(questionsFigure(text) || deniesAnswer(text)).toBe(true))
})

describe('does not', () => {
  it.each([
    '去年的账对不对',
    '不对,我问的是去年',
    '为啥这么多',
    '咋这么多',
    '明细',
    '那前年呢',
    '上个月花了多少钱',
    '有没有问题',
    '村里账上还剩多少钱',
    '俺听说要换届了',
    '俺听说有个新补贴',
    '谢谢',
    '我说的是修路',
    '对',
    '多少钱',
    '低保啥时候发',
  ])('%s', (text) => expect(questionsFigure(text) || deniesAnswer(text)).toBe(false))
})

it.each([
  ['这账不对吧', false],
  ['不对', false],
  ['我咋记得是三万', true],
  ['你这数跟村里说的不一样', true],
])('what is wrong is told by “%s”: %s', (text, told) => expect(tellsWhatIsWrong(text)).toBe(told))
