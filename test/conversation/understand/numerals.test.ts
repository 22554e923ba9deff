import { expect, test } from 'vitest'
import { parseChoice, parseMoney } from '../../../src/conversation/understand/index.ts'

test.each<[string, number | null]>([
  ['三万五', 35_000],
  ['3.5万', 35_000],
  ['3万5', 35_000],
  ['两千来块', 2000],
  ['五百块', 500],
  ['一万二', 12_000],
  ['3,500元', 3500],
  ['2万块钱', 20_000],
  ['一百二十块', 120],
  ['十来万', 100_000],
  ['5万多', 50_000],
  ['一千零五十元', 1050],
  ['一块五', 1.5],
  ['三块二毛', 3.2],
  ['三百五', 350],
  ['15亩', null],
  ['五百亩', null],
  ['三千户', null],
  ['2025年', null],
  ['第二个', null],
])('%s is %s 元', (text, yuan) => expect(parseMoney(text)).toBe(yuan))

test.each<[string, number | null]>([
  ['1', 1],
  ['第一个', 1],
  ['选2', 2],
  ['2吧', 2],
  ['第二个吧', 2],
  ['b', 2],
  ['就第三个', 3],
  ['前面那个', 1],
  ['最后一个', 3],
  ['12', null],
  ['一共多少', null],
  ['去年修路花了多少', null],
])('%s chooses %s of three', (text, choice) => expect(parseChoice(text, 3)).toBe(choice))
