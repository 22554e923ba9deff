/** Reminders, and what the public pages say of how punctually a village publishes. */
import { chineseDate } from '../periods.ts'

export const obligationReplies = {
  remind: (village: string): string => `提醒:${village}要公开的`,
  soon: (what: string, due: string): string => `${what}应在${chineseDate(due)}前公布,还没有公布。`,
  late: (what: string, due: string, days: number): string =>
    `${what}应在${chineseDate(due)}前公布,已经迟了${days}天,群众在公开页上看得到。`,
  more: (count: number): string => `还有${count}项。`,
  where: '请在工作台“公开资料”里导入送审。',
  calendar: '公开日历',
  calendarTitle: (village: string): string => `${village}公开日历`,
  lead: '什么时候该公布什么,公布得及不及时。',
  onTime: (percent: number, due: number, late: number): string =>
    `近一年应公布${due}项,按时${percent}%${late > 0 ? `,迟了${late}项` : ''}`,
  columns: ['事项', '期间', '应公布', '公布情况'],
  headings: { overdue: '迟了还没公布的', soon: '快到期的', done: '近一年公布的', coming: '后面要公布的' },
  states: {
    inTime: (date: string): string => `${chineseDate(date)}公布`,
    late: (date: string, days: number): string => `${chineseDate(date)}公布,迟${days}天`,
    overdue: (days: number): string => `没公布,已迟${days}天`,
    waiting: '还没到期',
  },
} as const
