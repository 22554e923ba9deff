/** 申诉求决: Regulations on petition work (2022-05-01). */
import { elsewhere, extendStep, handlingSteps, holderSteps, reviewStep } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const petition: Procedure = {
  kind: 'petition',
  title: '申诉求决',
  basis: '《信访工作条例》',
  namedByDefault: true,
  asks: ['where', 'when'],
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    extendStep(['director']),
    ...holderSteps,
    reviewStep,
  ],
  deadlines: [
    {
      id: 'notice',
      title: '告知是否受理',
      from: 'filed',
      rule: { count: 15, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['accept', 'refuse', 'close'],
      basis: '第22、23条',
    },
    {
      id: 'handle',
      title: '办结答复',
      from: 'accepted',
      rule: { count: 60, unit: 'calendar-days', restDay: 'next-working-day' },
      extension: 30,
      doneBy: ['close'],
      basis: '第34条',
    },
    {
      id: 'review',
      title: '出具复查意见',
      from: 'reviewing',
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close'],
      basis: '第35条',
    },
  ],
  outcomes: [
    { code: 'solved', title: '已解决' },
    { code: 'partly', title: '部分解决' },
    { code: 'explained', title: '政策不允许,已解释说明' },
    { code: 'mediated', title: '已调解达成协议' },
  ],
  refusals: elsewhere,
}
