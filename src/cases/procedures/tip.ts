/** 检举控告: Rules on handling reports and accusations by discipline inspection and supervision organs (2020-01-21). */
import { extensionSteps, handlingSteps, holderSteps } from './common-steps.ts'
import type { Procedure } from './procedure.ts'

const RULES = '《纪检监察机关处理检举控告工作规则》'

export const tip: Procedure = {
  kind: 'tip',
  title: '检举控告',
  basis: RULES,
  disciplineOnly: true,
  handlers: ['discipline-officer'],
  stateTitles: { accepted: '核查中' },
  asks: ['who', 'when', 'evidence'],
  steps: [
    ...handlingSteps(['discipline-officer'], ['discipline-officer'], ['director']),
    ...extensionSteps(['discipline-officer'], ['director']),
    {
      action: 'dispose',
      label: '提出处置意见',
      from: ['accepted'],
      who: ['discipline-officer', 'director'],
    },
    ...holderSteps,
    // Recorded and answered; with new evidence it is checked again.
    { action: 'dispute', from: ['closed', 'refused'], who: ['holder'] },
  ],
  deadlines: [
    {
      id: 'notice',
      title: '告知受理情况',
      from: 'filed',
      rule: { count: 15, unit: 'working-days', restDay: 'not-applicable' },
      doneBy: ['accept', 'refuse', 'close'],
      basis: `${RULES}第25条(实名;匿名而能联系上的照此告知)`,
    },
    {
      id: 'disposition',
      title: '提出处置意见',
      from: 'filed',
      rule: { count: 1, unit: 'months', restDay: 'next-working-day' },
      doneBy: ['dispose', 'close', 'refuse'],
      basis: '《中国共产党纪律检查机关监督执纪工作规则》(线索处置,1个月内)',
    },
    {
      id: 'check',
      title: '办结并反馈',
      from: 'accepted',
      rule: { count: 60, unit: 'calendar-days', restDay: 'next-working-day' },
      extension: 30,
      doneBy: ['close'],
      basis: `本地承诺期限(可改);办结后15个工作日内反馈见${RULES}第25条`,
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
    // Art. 18: only with the approval of the leader in charge.
    { code: 'empty', title: '没有实质内容', who: ['director'] },
  ],
  pauses: [],
  dispositions: [
    { code: 'talk', title: '谈话函询' },
    { code: 'verify', title: '初步核实' },
    { code: 'keep', title: '暂存待查' },
    { code: 'settle', title: '予以了结' },
  ],
  followUpDays: [30, 90, 180],
}
