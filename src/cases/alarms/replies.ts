/** What those on duty, and who is in danger, are told. */
import type { Reply } from '../../channels/index.ts'

const SHOWN = 60
const clip = (text: string): string => {
  const characters = [...text.replaceAll(/\s+/gu, ' ')]
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : characters.join('')
}

export const alarmReplies = {
  /** @param reach how to reach the person, where that may be told */
  call: (village: string, title: string, words: string, reach: string | null): Reply => {
    const phone = reach && /1[3-9]\d{9}$/u.exec(reach)?.[0]
    return {
      text: `【紧急】${village}有人说到生命危险(${title}):“${clip(words)}”${phone ? `,电话${phone}` : ''}。请马上联系、到场,该报警先报警。回1表示您在处理。`,
    }
  },
  more: (village: string, words: string): Reply => ({ text: `【紧急】${village}刚才那边又说:“${clip(words)}”` }),
  taken: (): Reply => ({ text: '好,记下了,由您在处理。' }),
  takenByOther: (): Reply => ({ text: '刚才那件紧急的事,已经有人在处理了。' }),
  tookAlready: (): Reply => ({ text: '这件事已经有人在处理了,谢谢您。' }),
  toPerson: (dutyPhone: string | null): Reply => ({
    text: `值班的人看到您说的了,正在赶。手机别关,别一个人待着${dutyPhone ? `。打不通就打${dutyPhone}` : ''}。`,
  }),
  fromDuty: (text: string): Reply => ({ text: `值班的人说:${text}` }),
} as const
