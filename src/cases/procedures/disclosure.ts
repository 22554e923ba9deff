/** 申请公开: something should be published. */
import {
  elsewhere,
  extensionSteps,
  handlingSteps,
  hearing,
  holderSteps,
  pauseSteps,
  rerouteStep,
  reviewDeadlines,
  reviewRemedies,
  reviewSteps,
} from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const disclosure: Procedure = {
  kind: 'disclosure',
  title: '申请公开',
  basis: '《村民委员会组织法》第30、31条',
  handlers: ['handler', 'village-committee'],
  asks: [],
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
      id: 'answer',
      title: '公开或答复',
      from: 'filed',
      rule: { count: 10, unit: 'working-days', restDay: 'not-applicable' },
      extension: 10,
      doneBy: ['close', 'refuse'],
      basis: '本地承诺期限(可改),公开义务见《村民委员会组织法》第30、31条',
    },
    ...reviewDeadlines,
  ],
  outcomes: [
    { code: 'published', title: '已公开' },
    { code: 'partly', title: '部分公开' },
    { code: 'already', title: '原已公开,已告知在哪看' },
    { code: 'declined', title: '依规不能公开,已说明' },
  ],
  refusals: elsewhere,
  pauses: [
    {
      code: 'unclear',
      title: '等群众说明要公开什么',
      basis: '参照《政府信息公开条例》第30条',
      restarts: true,
      endsWithSupplement: true,
    },
    { code: 'third-party', title: '征求第三方意见', basis: '参照《政府信息公开条例》第33条' },
    hearing,
  ],
  remedies: reviewRemedies,
}
