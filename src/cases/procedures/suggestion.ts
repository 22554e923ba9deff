/** 批评建议. */
import { elsewhere, handlingSteps, holderSteps } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const suggestion: Procedure = {
  kind: 'suggestion',
  title: '批评建议',
  basis: '《信访工作条例》第29条',
  asks: [],
  steps: [...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']), ...holderSteps],
  deadlines: [
    {
      id: 'answer',
      title: '答复是否采纳',
      from: 'filed',
      rule: { count: 15, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close', 'refuse'],
      basis: '默认承诺期限',
    },
  ],
  outcomes: [
    { code: 'adopted', title: '采纳' },
    { code: 'partly', title: '部分采纳' },
    { code: 'later', title: '留作参考' },
    { code: 'declined', title: '未采纳,已说明' },
  ],
  refusals: elsewhere,
}
