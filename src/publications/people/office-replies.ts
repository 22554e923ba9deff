/** Sentences about offices. */
import type { Office } from '../answers/answer.ts'

export const officeReplies = {
  title: '镇里办事的电话和时间',
  looksAfter: ({ name, duties }: Office): string => `这个归${name}管(${duties})。`,
  phone: ({ name, phone }: Office): string => (phone ? `${name}电话:${phone}。` : `${name}没有公布电话。`),
  hours: ({ name, hours }: Office): string => (hours ? `${name}${hours}上班。` : ''),
  labels: { name: '单位', phone: '电话', hours: '时间', duties: '管啥' },
} as const
