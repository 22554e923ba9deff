/** Headings and notices of the record pages. */
import { chineseDate } from '../periods.ts'

export const pageReplies = {
  notFound: '没有找到这一页,可能还没有公布。',
  villages: '各村公开',
  villagesLead: '选您的村,看账、看工程、看补贴。',
  home: (village: string): string => `${village}村务公开`,
  ledger: (village: string, label: string): string => `${village}${label}财务收支明细`,
  ledgerItem: (title: string, item: string): string => `${title}·${item}`,
  late: (item: string, period: string, due: string): string => `${item}${period ? `(${period})` : ''}应在${chineseDate(due)}前公布,现在还没有公布。`,
  notYet: (what: string): string => `${what}还没有公布。`,
  lines: (count: number): string => `共${count}笔`,
  total: '合计',
  help: '怎么用',
  nav: { ledger: '财务账', projects: '工程', contracts: '合同', assets: '资产资源', subsidies: '补贴', resolutions: '决议', people: '干部', party: '党务', conference: '发布会', powers: '小微权力清单', negative: '负面清单', responsibilities: '责任清单', policies: '政策和办事' },
  columns: { date: '日期', summary: '摘要', category: '科目', income: '收入', expense: '支出', payee: '收款方', voucher: '凭证号', approver: '审批人', method: '支付方式' },
} as const
