/** 申请公开: something should be published. */
import { elsewhere, extendStep, handlingSteps, holderSteps, reviewStep } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const disclosure: Procedure = {
  kind: 'disclosure',
  title: '申请公开',
  basis: '《村民委员会组织法》第30、31条',
  asks: [],
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    extendStep(['director']),
    ...holderSteps,
    reviewStep,
  ],
  deadlines: [
    {
      id: 'answer',
      title: '公开或答复',
      from: 'filed',
      rule: { count: 10, unit: 'working-days', restDay: 'not-applicable' },
      extension: 10,
      doneBy: ['close', 'refuse'],
      basis: '默认承诺期限',
    },
    {
      id: 'review',
      title: '出具复查意见',
      from: 'reviewing',
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close'],
      basis: '《信访工作条例》第35条',
    },
  ],
  outcomes: [
    { code: 'published', title: '已公开' },
    { code: 'partly', title: '部分公开' },
    { code: 'already', title: '原已公开,已告知在哪看' },
    { code: 'declined', title: '依规不能公开,已说明' },
  ],
  refusals: elsewhere,
}
