/** 检举控告: Rules on handling reports and accusations by discipline inspection and supervision organs (2020-01-21). */
import { handlingSteps, holderSteps } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

export const tip: Procedure = {
  kind: 'tip',
  title: '检举控告',
  basis: '《纪检监察机关处理检举控告工作规则》',
  disciplineOnly: true,
  stateTitles: { accepted: '核查中' },
  asks: ['who', 'when', 'evidence'],
  steps: [...handlingSteps(['discipline-officer'], ['discipline-officer'], []), ...holderSteps],
  deadlines: [
    {
      id: 'notice',
      title: '告知受理情况',
      from: 'filed',
      rule: { count: 15, unit: 'working-days', restDay: 'not-applicable' },
      doneBy: ['accept', 'refuse', 'close'],
      basis: '第25条',
    },
    {
      id: 'disposition',
      title: '提出处置意见',
      from: 'filed',
      rule: { count: 30, unit: 'calendar-days', restDay: 'next-working-day' },
      doneBy: ['close', 'refuse'],
      basis: '监督执纪工作规则(线索处置1个月)',
    },
  ],
  outcomes: [
    { code: 'substantiated', title: '反映属实,已处理' },
    { code: 'partly', title: '部分属实,已处理' },
    { code: 'unsubstantiated', title: '未发现反映的问题' },
    { code: 'talked', title: '谈话函询,已了结' },
    { code: 'kept', title: '暂存待查' },
  ],
  refusals: [
    { code: 'not-ours', title: '不属于纪检监察受理范围,已告知去处' },
    { code: 'repeated', title: '重复反映,已登记备查' },
    { code: 'empty', title: '没有实质内容' },
  ],
}
