/** 矛盾纠纷, settled without a court. */
import { elsewhere, extensionSteps, handlingSteps, holderSteps, pauseSteps, rerouteStep } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const dispute: Procedure = {
  kind: 'dispute',
  title: '矛盾纠纷',
  basis: '《人民调解法》、《信访工作条例》第33条',
  handlers: ['handler', 'village-committee'],
  namedByDefault: true,
  asks: ['who', 'where'],
  stateTitles: { accepted: '调解中' },
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    rerouteStep(['clerk', 'director']),
    ...pauseSteps(['clerk', 'director'], ['handler', 'village-committee']),
    ...extensionSteps(['clerk', 'handler', 'village-committee'], ['director']),
    ...holderSteps,
    // 没解决: mediated once more.
    { action: 'dispute', from: ['closed'], to: 'accepted', who: ['holder'], round: 0, opensRound: true, renews: true },
  ],
  deadlines: [
    {
      id: 'mediate',
      title: '完成调解',
      from: 'filed',
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      extension: 15,
      doneBy: ['close', 'refuse'],
      basis: '本地承诺期限(可改),调解见《信访工作条例》第33条',
    },
    {
      id: 'again',
      title: '再次调解',
      from: 'accepted',
      fromRound: 1,
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close'],
      basis: '本地承诺期限(可改),调解见《信访工作条例》第33条',
    },
  ],
  outcomes: [
    { code: 'agreed', title: '调解达成协议', agreement: true },
    { code: 'settled', title: '双方和解' },
    { code: 'failed', title: '调解不成,已告知诉讼途径' },
  ],
  refusals: elsewhere,
  pauses: [
    { code: 'appraisal', title: '等鉴定、评估、勘验', basis: '本地办理规程(可改)' },
    { code: 'away', title: '一方外出,双方同意等', basis: '本地办理规程(可改)' },
  ],
}
