/** 急难愁盼: somebody should come, call back, or help. */
import { elsewhere, handlingSteps, holderSteps, rerouteStep } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

const PROMISE = '本地承诺期限(可改),紧急事项见《信访工作条例》第26条'

export const help: Procedure = {
  kind: 'help',
  title: '急难求助',
  basis: PROMISE,
  handlers: ['handler', 'village-committee'],
  namedByDefault: true,
  asks: ['where'],
  steps: [
    ...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']),
    rerouteStep(['clerk', 'director']),
    ...holderSteps,
    { action: 'dispute', from: ['closed'], to: 'accepted', who: ['holder'], opensRound: true, renews: true },
  ],
  deadlines: [
    {
      id: 'reach',
      title: '紧急的联系到人',
      from: 'filed',
      urgent: true,
      rule: { count: 2, unit: 'hours', restDay: 'not-applicable' },
      doneBy: ['reply', 'close', 'refuse'],
      basis: PROMISE,
    },
    {
      id: 'visit',
      title: '联系到人',
      from: 'filed',
      urgent: false,
      rule: { count: 3, unit: 'working-days', restDay: 'not-applicable' },
      doneBy: ['reply', 'close', 'refuse'],
      basis: PROMISE,
    },
    {
      id: 'again',
      title: '再次联系',
      from: 'accepted',
      fromRound: 1,
      rule: { count: 3, unit: 'working-days', restDay: 'not-applicable' },
      doneBy: ['reply', 'close'],
      basis: PROMISE,
    },
  ],
  outcomes: [
    { code: 'helped', title: '已帮到' },
    { code: 'visited', title: '已上门' },
    { code: 'passed-on', title: '已转相关部门并告知' },
  ],
  refusals: elsewhere,
  pauses: [],
}
