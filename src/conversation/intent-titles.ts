/** How each intent is offered when we ask “您是想…”: the villager's view of it. */
export const INTENT_TITLES: Readonly<Record<string, string>> = {
  'ask.finance': '问村里的账（收支、余额）',
  'ask.project': '问工程项目',
  'ask.asset': '问集体资产、土地、合同',
  'ask.subsidy': '问补贴、低保、救助',
  'ask.party': '问党务',
  'ask.affairs': '问村里开会、决定、换届',
  'ask.power': '问谁管、谁签字、干部能不能干',
  'ask.procedure': '问怎么办事、要啥材料',
  'ask.people': '问找谁、电话、办公时间',
  'ask.conference': '问村情发布会',
  'ask.policy': '问政策规定',
  'ask.education': '问警示教育、道德讲堂',
  'ask.case-status': '查我反映的事到哪一步了',
  'report.tip': '反映干部的问题（保密）',
  'report.petition': '反映我家的困难、要求解决',
  'report.dispute': '和别人有纠纷，想调解',
  'report.suggestion': '提个建议',
  'report.disclosure': '要求公开一件事',
  'report.conference-question': '给下次发布会提问题',
  'case.supplement': '给反映的事补充材料',
  'case.withdraw': '撤回反映的事',
  'case.urge': '催一催',
  'case.review': '对答复不服，要复查',
  'case.rate': '评价办理结果',
  'clearance.request': '要求澄清正名',
  'participate.visit': '请人上门看看',
  'talk.human': '找人工',
}

/** How an intent is offered, or the one above it; null for what is never offered. */
export function titleOf(code: string): string | null {
  for (let at = code; at; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const title = INTENT_TITLES[at]
    if (title) return title
  }
  return null
}
