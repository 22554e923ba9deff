/** 急难愁盼: somebody should come, call back, or help. */
import { elsewhere, handlingSteps, holderSteps } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const help: Procedure = {
  kind: 'help',
  title: '急难求助',
  basis: '默认承诺期限',
  namedByDefault: true,
  asks: ['where'],
  steps: [...handlingSteps(['clerk'], ['handler', 'village-committee'], ['director']), ...holderSteps],
  deadlines: [
    {
      id: 'visit',
      title: '联系到人',
      from: 'filed',
      rule: { count: 3, unit: 'working-days', restDay: 'not-applicable' },
      doneBy: ['reply', 'close', 'refuse'],
      basis: '默认承诺期限',
    },
  ],
  outcomes: [
    { code: 'helped', title: '已帮到' },
    { code: 'visited', title: '已上门' },
    { code: 'passed-on', title: '已转相关部门并告知' },
  ],
  refusals: elsewhere,
}
