/** Words of the console for what the service names by code. Typed by the code, so that a new one does not compile until it has a word. */
import type { CaseAbility, CaseKind, CaseState, EnterCase } from '../../cases/schema.ts'

export const kindWords: Record<CaseKind, string> = {
  tip: '检举控告',
  petition: '申诉求决',
  suggestion: '意见建议',
  dispute: '矛盾纠纷',
  help: '急难愁盼',
  disclosure: '申请公开',
}

export const stateWords: Record<CaseState, string> = {
  filed: '待受理',
  accepted: '办理中',
  paused: '中止计时',
  reviewing: '复查复核中',
  closed: '已办结',
  refused: '不予受理',
  withdrawn: '已撤回',
}

/** How a case can come that a handler takes down. */
export const sourceWords: Record<EnterCase['source'], string> = { phone: '来电', visit: '来访', letter: '来信' }

export type Action = CaseAbility['action']
/** Taken through the form that opens from a button; the others have a place of their own. */
export type FormAction = Exclude<Action, 'reply' | 'note' | 'ask-help' | 'end-help'>
export type Field =
  | 'assignee'
  | 'unit'
  | 'outcome'
  | 'refusal'
  | 'pause'
  | 'disposition'
  | 'department'
  | 'text'
  | 'reason'
  | 'note'

/** What has to be filled in before each action, and what it means for the villager. */
export const actionForms: Record<FormAction, { fields: readonly Field[]; hint: string }> = {
  assign: { fields: ['assignee'], hint: '只列出可以办这件事的人，和这事有关系的人不在里面。' },
  accept: { fields: ['note'], hint: '受理后会告诉反映人，办理期限从受理算起。' },
  refuse: { fields: ['refusal', 'reason'], hint: '理由会发给反映人，请写清楚该找哪里。' },
  transfer: { fields: ['unit', 'reason'], hint: '转出后由接收单位办理，您这里就看不到了。' },
  reroute: { fields: ['department'], hint: '纠正后转到对的部门，以后同类的事照此分。' },
  dispose: { fields: ['disposition', 'note'], hint: '自收到之日起一个月内提出。' },
  'ask-extension': { fields: ['reason'], hint: '由负责人批准，办这件事的人自己不能批。' },
  extend: { fields: ['reason'], hint: '延长的理由会告诉反映人。' },
  'decline-extension': { fields: ['reason'], hint: '按原来的期限办。' },
  pause: { fields: ['pause', 'note'], hint: '只有这些情形可以中止计时，会告诉反映人。' },
  resume: { fields: [], hint: '从今天起接着算期限，会告诉反映人。' },
  press: { fields: ['text'], hint: '办这件事的人会看到，反映人看不到。' },
  recuse: { fields: ['reason'], hint: '回避后您看不到这件事项，由别人接着办。' },
  close: { fields: ['outcome', 'text'], hint: '结果会发给反映人，并请他评价解决了没有。' },
  reopen: { fields: ['reason'], hint: '重新办理，期限重新计算。' },
}
