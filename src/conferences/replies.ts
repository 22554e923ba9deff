/** Sentences about open questions: to the villager, and in the console. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Reply } from '../channels/index.ts'
import type { QuestionReason } from './model.ts'

const QUOTED = 30

const quote = (question: string): string => (question.length > QUOTED ? `${question.slice(0, QUOTED)}…` : question)

export const replies = {
  forConference: (): Reply => ({
    text: '记下了,会转给下一次村情发布会,有了答复我告诉您。',
  }),
  askWhat: (): Reply => ({ text: '您想在发布会上问啥?直接说,比如“发布会上我想问集体分红啥时候发”。' }),
  known: (text: string, byName: string, at: Date): Reply => {
    const [year, month, day] = shanghaiDate(at).split('-').map(Number)
    return { text: `${text}\n(${byName},${year}年${month}月${day}日答复)` }
  },
  toConference: (question: string): Reply => ({
    text: `您之前问的“${quote(question)}”,要在下次村情发布会上当面答。答了再告诉您。`,
  }),
  answered: (question: string, text: string): Reply => ({ text: `您之前问的“${quote(question)}”有答复了:\n${text}` }),
} as const

export const console = {
  noVillage: '全镇',
  noIntent: '没听懂',
  reasons: {
    'not-published': '没有公布',
    'not-found': '没有查到',
    'not-understood': '没有听懂',
    'for-conference': '提给发布会',
    'badly-rated': '说答得不对',
  } satisfies Record<QuestionReason, string>,
} as const
