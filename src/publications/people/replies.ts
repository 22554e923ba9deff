/** Sentences about who is who. Office phones and hours only; private numbers are not in the records. */
import type { RosterEntry } from '../records.ts'

export const peopleReplies = {
  title: (village: string): string => `${village}干部和服务人员名册`,
  one: ({ name, post, category, area }: RosterEntry): string =>
    `${name}是${post.length <= 3 && category !== '两委' && !category.includes(post) ? category : ''}${post}${area && area !== '全村' ? `,负责${area}` : ''}。`,
  office: ({ hours, place, phone }: RosterEntry): string =>
    [hours && `办公时间:${hours}`, place && `地点:${place}`, phone && `办公电话:${phone}`].filter(Boolean).join(';'),
  duty: ({ duty }: RosterEntry): string => `分工:${duty}。`,
  hours: ({ name, post, hours }: RosterEntry): string =>
    hours ? `${post}${name}:${hours}在。` : `${post}${name}的办公时间没有公布。`,
  phone: ({ name, post, phone }: RosterEntry): string =>
    phone ? `${post}${name}的办公电话:${phone}。` : `${post}${name}没有公布办公电话。`,
  term: ({ name, post, from, to }: RosterEntry): string =>
    `${post}${name}的任期:${from || '没有公布'}至${to || '没有公布'}。`,
  untilElection: (village: string, to: string): string =>
    `${village}这一届干部的任期到${to.slice(0, 4)}年${to.length > 6 ? `${Number(to.slice(5, 7))}月` : ''},到期换届。`,
  noDate: '具体哪天选,定下来会公布。',
  noTerm: (village: string): string => `${village}没有公布这一届干部的任期。`,
  several: (village: string, what: string, count: number): string => `${village}${what}有${count}人:`,
  line: ({ name, post, area, phone, hours }: RosterEntry): string =>
    `· ${name}(${post})${area ? ` ${area}` : ''}${phone ? ` ${phone}` : ''}${hours ? ` ${hours}` : ''}`,
  groups: (village: string): string => `${village}名册上有:`,
  group: (category: string, names: readonly string[]): string => `· ${category}:${names.join('、')}`,
  none: (village: string, what: string): string => `${village}公布的名册里没有查到${what}。`,
  nothing: (village: string): string => `${village}还没有公布干部名册。`,
} as const
