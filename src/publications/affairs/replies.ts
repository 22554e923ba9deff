/** Sentences about decisions, party affairs, press conferences and education. */
import { chineseDate } from '../periods.ts'
import type { Conference, Entry, Resolution } from '../records.ts'

export const affairsReplies = {
  resolutionTitle: (village: string, topic: string): string => `${village}决议:${topic}`,
  resolutionsTitle: (village: string): string => `${village}会议决议`,
  decided: ({ topic, date, meeting }: Resolution): string => `“${topic}”是${chineseDate(date)}${meeting}定的。`,
  votes: ({ expected, present, for: yes, against, abstained }: Resolution): string =>
    [
      expected !== null && present !== null ? `应到${expected}人,实到${present}人` : '',
      yes !== null ? `赞成${yes}票,反对${against ?? 0}票,弃权${abstained ?? 0}票` : '',
    ]
      .filter(Boolean)
      .join(',')
      .concat('。'),
  passed: ({ for: yes, expected, present }: Resolution): string =>
    yes !== null && yes * 2 > (present ?? expected ?? Number.POSITIVE_INFINITY) ? '表决通过。' : '',
  content: (text: string): string => `内容:${text}`,
  listed: ({ date, topic, for: yes }: Resolution): string =>
    `· ${chineseDate(date)} ${topic}${yes === null ? '' : `(赞成${yes}票)`}`,
  resolutions: (village: string, label: string, count: number): string => `${village}${label}公布的决议有${count}件:`,
  noResolution: (village: string, label: string): string => `${village}没有公布${label}的会议决议。`,
  partyTitle: (village: string): string => `${village}党务公开`,
  entry: ({ title, date, text }: Entry): string =>
    `${title}${date && !/[年月]/.test(title) ? `(${chineseDate(date)})` : ''}:${text.replaceAll(/(^|;)内容:/g, '$1')}`,
  noParty: (village: string): string => `${village}还没有公布党务。`,
  noPartyIn: (village: string, label: string): string => `${village}没有公布${label}这方面的党务。`,
  party: (village: string): string => `${village}公布的党务有:`,
  partyItem: (title: string): string => `· ${title}`,
  conferenceTitle: (village: string): string => `${village}村情发布会`,
  next: ({ title, date, place }: Conference): string =>
    `下次${title || '村情发布会'}定在${chineseDate(date)}${place ? `,地点${place}` : ''}。`,
  agenda: (items: readonly string[]): string => `要说的事:${items.join('、')}。`,
  heldIn: ({ title, date }: Conference): string => `${title || '村情发布会'}是${chineseDate(date)}开的。`,
  noneIn: (village: string, label: string): string => `${village}没有公布${label}的村情发布会。`,
  noNext: (village: string): string => `${village}还没有公布下次村情发布会的日子。`,
  last: ({ title, date }: Conference): string => `上次${title || '村情发布会'}是${chineseDate(date)}开的。`,
  said: (date: string, question: string, answer: string, by: string): string =>
    `${chineseDate(date)}发布会上有人问“${question}”,${by || '村里'}答:${answer}`,
  notSaid: (topic: string): string => `公布的发布会记录里没有说到“${topic}”。`,
  asked: (question: string): string => `· 问:${question}`,
  askNext: '想在下次发布会上问,直接说“下次发布会我想问……”。',
  labels: {
    date: '日期',
    meeting: '会议',
    expected: '应到',
    present: '实到',
    for: '赞成',
    against: '反对',
    abstained: '弃权',
    shownOn: '公示日期',
    place: '地点',
  },
} as const
