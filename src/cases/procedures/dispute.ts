/** 矛盾纠纷, settled without a court. */
import { elsewhere, extendStep, handlingSteps, holderSteps } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const dispute: Procedure = {
  kind: 'dispute',
  title: '矛盾纠纷',
  basis: '《人民调解法》《信访工作条例》第33条',
  namedByDefault: true,
  asks: ['who', 'where'],
  stateTitles: { accepted: '调解中' },
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    extendStep(['director']),
    ...holderSteps,
  ],
  deadlines: [
    {
      id: 'mediate',
      title: '完成调解',
      from: 'filed',
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      extension: 15,
      doneBy: ['close', 'refuse'],
      basis: '默认承诺期限',
    },
  ],
  outcomes: [
    { code: 'agreed', title: '达成协议(30日内可申请司法确认)' },
    { code: 'settled', title: '双方和解' },
    { code: 'failed', title: '调解不成,已告知诉讼途径' },
  ],
  refusals: elsewhere,
}
