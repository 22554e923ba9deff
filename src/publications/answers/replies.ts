/** Sentences that every answer shares. */
import type { Source } from '../../channels/index.ts'
import { chineseDate } from '../periods.ts'

export const answerReplies = {
  source: ({ title, period, publishedAt }: Source, first: boolean): string => {
    const when = [period && !title.includes(period) ? period : '', publishedAt ? `${chineseDate(publishedAt)}公布` : '']
      .filter(Boolean)
      .join(',')
    return `${first ? '来源' : '还有'}:《${title}》${when ? `(${when})` : ''}`
  },
  shortSource: ({ publishedAt }: Source): string => (publishedAt ? `(${chineseDate(publishedAt)}公布)` : ''),
  link: (url: string): string => `点开看原账:${url}`,
  howToQuestion: (): string => '觉得不对?回“这账不对”,会有人核对。',
  shortQuestion: (): string => '有疑问回“这账不对”',
  nearest: (title: string): string => `最接近的是“${title}”,想看就回这几个字。`,
  request: (): string => '想让村里公开,回“申请公开”,镇里会在10个工作日内答复。',
  notFound: (village: string, about: string): string => `${village}已公布的内容里没有查到“${about}”。`,
  notFoundAtAll: (village: string): string => `${village}已公布的内容里没有查到您问的这件事。`,
  recorded: (): string => '您的问题已经记下,会有人看。',
  canAsk: (names: readonly string[]): string => `现在能查的有:${names.join('、')}。`,
  moreLeft: (left: number): string => `还有${left}条,回“还有呢”接着看。`,
  noMore: (): string => '没有更多了。',
  nothingPublished: (village: string, what: string): string => `${village}还没有公布${what}。`,
} as const
