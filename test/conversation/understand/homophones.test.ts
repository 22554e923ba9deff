/** Words written by ear are put right; what is a word, or part of one, is left as it stands. */
import { describe, expect, it } from 'vitest'
import { createEar } from '../../../src/conversation/understand/homophones.ts'
import { normalise } from '../../../src/conversation/understand/normalise.ts'

describe('words of the field that sound like what was typed', () => {
  it.each([
    ['低宝三季度发了多少', '低保三季度发了多少'],
    ['太阳能路登装了几盏', '太阳能路灯装了几盏'],
    ['东头鱼糖谁包着', '东头鱼塘谁包着'],
    ['宅机地咋申请', '宅基地咋申请'],
    ['书计的发部会', '书记的发布会'],
    ['垃极没人拉', '垃圾没人拉'],
  ])('%s → %s', (typed, meant) => expect(normalise(typed)).toBe(meant))
})

describe('left alone', () => {
  it.each([
    '公章归谁管',
    '村里种地不给钱',
    '老屋拆迁款',
    '公示名单里有谁',
    '孩子出门打工',
    '公共厕所的门坏了',
    '食堂的食糖',
    '一个村一把手',
    '咱村几年换一届',
  ])('%s', (text) => expect(normalise(text)).toBe(text))
})

it('a village’s own names are heard though what was typed is a word', () => {
  const ear = createEar(['磨坊', '河东生产路'], false)
  expect(ear.correct('磨房租金交了没')).toBe('磨坊租金交了没')
  expect(ear.correct('河东生产路多长')).toBe('河东生产路多长')
})
