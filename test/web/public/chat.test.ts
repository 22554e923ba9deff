import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT, MOST_PHOTOS, choosePhotos, cutText } from '../../../src/web/public/chat/limits.ts'
import { cardText } from '../../../src/web/public/chat/card-text.ts'
import { replyHints, splitHints } from '../../../src/web/public/chat/reply-hints.ts'
import { stripChoices } from '../../../src/web/public/chat/strip-choices.ts'

describe('text that is too long', () => {
  it('is cut at the limit, not inside a character', () => {
    const { text, cut } = cutText('𠮷'.repeat(LONGEST_TEXT + 10))
    expect(cut).toBe(true)
    expect([...text]).toHaveLength(LONGEST_TEXT)
    expect([...text].every((character) => character === '𠮷')).toBe(true)
  })

  it.each(['', '去年修路花了多少钱', '字'.repeat(LONGEST_TEXT), '𠮷'.repeat(LONGEST_TEXT)])(
    'short enough stays',
    (text) => {
      expect(cutText(text)).toEqual({ text, cut: false })
    },
  )
})

describe('photos', () => {
  const photo = (bytes = 10, type = 'image/jpeg'): File => new File([new Uint8Array(bytes)], 'a.jpg', { type })

  it('takes pictures up to the limit and says what is left out', () => {
    expect(choosePhotos([photo(), photo()], 0)).toMatchObject({ photos: { length: 2 }, problem: null })
    expect(choosePhotos([photo(), photo(10, 'application/pdf')], 0)).toMatchObject({
      photos: { length: 1 },
      problem: expect.stringContaining('照片') as string,
    })
    expect(choosePhotos([photo(10 * 1024 * 1024 + 1)], 0)).toMatchObject({
      photos: { length: 0 },
      problem: expect.stringContaining('太大') as string,
    })
    expect(choosePhotos([photo(0)], 0).photos).toHaveLength(0)
    expect(choosePhotos([photo(), photo(), photo()], MOST_PHOTOS - 1)).toMatchObject({
      photos: { length: 1 },
      problem: expect.stringContaining(`${MOST_PHOTOS}张`) as string,
    })
  })
})

describe('choices shown as buttons', () => {
  it.each([
    ['您想反映哪类事?\n1. 村干部有问题\n2. 自家的难事', ['村干部有问题', '自家的难事'], '您想反映哪类事?'],
    ['您问的是哪个村?1. 张家庄 2. 石桥 3. 李家洼', ['张家庄', '石桥', '李家洼'], '您问的是哪个村?'],
    ['选一个:\n1、匿名\n2、实名\n回个数字就行', ['匿名', '实名'], '选一个:\n回个数字就行'],
    ['花了1. 5万', ['别的'], '花了1. 5万'],
    ['记下了:\n回 1 匿名提交,2 实名提交;要改就说改哪儿。', ['匿名提交', '实名提交'], '记下了:\n要改就说改哪儿。'],
    ['解决了吗?回个数:1 解决了 2 一般 3 没解决', ['解决了', '一般', '没解决'], '解决了吗?'],
    ['含(括号)的:1. 低保(农村) 2. 特困', ['低保(农村)', '特困'], '含(括号)的:'],
  ])('%s', (text, choices, expected) => expect(stripChoices(text, choices)).toBe(expected))
})

describe('words beside a card', () => {
  const sources = [{ title: '张家庄2025年收支', url: '/v/z/ledger', recordIds: [] }]

  it('leave out what the card shows anyway, and keep the rest', () => {
    const text = [
      '张家庄2025年修路共支出86,400元。',
      '· 3月:12,000元',
      '笔数:6笔',
      '(11月的账还没公布。)',
      '来源:《张家庄2025年收支》(2026-01-10公布)',
      '还有:《合同》',
    ].join('\n')
    const card = {
      title: '修路',
      figure: '86,400元',
      rows: [{ label: '笔数', value: '6笔' }],
      series: [{ label: '3月', value: 12_000 }],
      sources,
    }
    expect(cardText(text, card)).toBe('张家庄2025年修路共支出86,400元。\n(11月的账还没公布。)')
  })

  it('stay as they are when the card has nothing of them', () => {
    expect(cardText('收到了。\n来源:《某》', { title: '回执' })).toBe('收到了。\n来源:《某》')
  })
})

describe('what may be answered', () => {
  it.each([
    ['想看每一笔,回“明细”。\n觉得不对?回“这账不对”,会有人核对。', ['明细', '这账不对']],
    ['不知道就回“不知道”(也可以回“提交”)', ['不知道', '提交']],
    ['确定就回“撤回 ”加查询码;或者回“补充”加您的话', []],
    ['发“补充”加您的话', []],
    ['“去年修路花了多少钱”这样问', []],
  ])('%s', (text, expected) => expect(replyHints(text)).toEqual(expected))

  it('comes after the facts', () => {
    expect(splitHints('共7笔。\n想看每一笔,回“明细”。\n(11月没有公布)')).toEqual({
      facts: '共7笔。\n(11月没有公布)',
      hints: '想看每一笔,回“明细”。',
    })
  })
})
