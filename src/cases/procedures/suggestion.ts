/** 批评建议. */
import { elsewhere, handlingSteps, holderSteps, rerouteStep } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const suggestion: Procedure = {
  kind: 'suggestion',
  title: '批评建议',
  basis: '《信访工作条例》第29条',
  handlers: ['handler', 'village-committee'],
  asks: [],
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    rerouteStep(['clerk', 'director']),
    ...holderSteps,
    // Said and kept on the case; whether it is taken up again is the director's.
    { action: 'dispute', from: ['closed', 'refused'], who: ['holder'] },
  ],
  deadlines: [
    {
      id: 'answer',
      title: '答复是否采纳',
      from: 'filed',
      rule: { count: 15, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close', 'refuse'],
      basis: '本地承诺期限(可改),建议的办理见《信访工作条例》第29条',
    },
  ],
  outcomes: [
    { code: 'adopted', title: '采纳' },
    { code: 'partly', title: '部分采纳' },
    { code: 'later', title: '留作参考' },
    { code: 'declined', title: '未采纳,已说明' },
  ],
  refusals: elsewhere,
  pauses: [],
}
