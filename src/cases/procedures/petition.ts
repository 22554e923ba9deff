/** 申诉求决: Regulations on petition work (2022-05-01). */
import {
  elsewhere,
  extensionSteps,
  handlingSteps,
  hearing,
  holderSteps,
  pauseSteps,
  rerouteStep,
  missingPapers,
  reviewDeadlines,
  reviewRemedies,
  reviewSteps,
} from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const petition: Procedure = {
  kind: 'petition',
  title: '申诉求决',
  basis: '《信访工作条例》第31条',
  handlers: ['handler', 'village-committee'],
  namedByDefault: true,
  asks: ['where', 'when'],
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    rerouteStep(['clerk', 'director']),
    ...pauseSteps(['clerk', 'director'], ['handler', 'village-committee']),
    ...extensionSteps(['clerk', 'handler', 'village-committee'], ['director']),
    ...holderSteps,
    ...reviewSteps,
  ],
  deadlines: [
    {
      id: 'notice',
      title: '告知是否受理',
      from: 'filed',
      rule: { count: 15, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['accept', 'refuse', 'close'],
      basis: '《信访工作条例》第22、23条',
    },
    {
      id: 'handle',
      title: '办结答复',
      from: 'accepted',
      rule: { count: 60, unit: 'calendar-days', restDay: 'next-working-day' },
      extension: 30,
      doneBy: ['close'],
      basis: '《信访工作条例》第34条',
    },
    ...reviewDeadlines,
  ],
  outcomes: [
    { code: 'solved', title: '已解决' },
    { code: 'partly', title: '部分解决' },
    { code: 'explained', title: '政策不允许,已解释说明' },
    { code: 'mediated', title: '已调解达成协议', agreement: true },
  ],
  refusals: elsewhere,
  pauses: [missingPapers, { code: 'appraisal', title: '等鉴定、评估、勘验', basis: '本地办理规程(可改)' }, hearing],
  remedies: reviewRemedies,
}
