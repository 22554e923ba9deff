/** Sentences about the three lists: small powers, what is not allowed, responsibilities. */
import { yuanNumber } from '../format.ts'
import type { NegativeItem, Power, Responsibility } from '../records.ts'

export const powerReplies = {
  title: (name: string): string => `小微权力清单:${name}`,
  listTitle: '小微权力清单',
  negativeTitle: '村干部负面清单',
  dutyTitle: '责任清单',
  signs: ({ name, signs }: Power): string => `${name}:由${signs}签字。`,
  who: ({ name, proposes, reviews, signs, responsible }: Power): string =>
    `${name}:${[responsible && `责任主体${responsible}`, proposes && `${proposes}提议`, reviews && `${reviews}审核`, signs && (signs.includes('签') ? signs : `${signs}签字`)].filter(Boolean).join(',')}。`,
  byAmount: (amount: number, name: string, tier: string): string => `${yuanNumber(amount * 100)}元的${name}:${tier}`,
  steps: ({ steps }: Power): string[] =>
    steps.map(({ name, who, note }, index) => `${index + 1}. ${name}${who ? `(${who})` : ''}${note ? `:${note}` : ''}`),
  stepsLead: ({ name, steps }: Power): string => `${name}分${steps.length}步:`,
  tiers: (tiers: readonly string[]): string[] => tiers.map((tier) => `· ${tier}`),
  papers: (papers: readonly string[]): string => `要准备:${papers.join('、')}。`,
  deadline: (deadline: string): string => `期限:${deadline}。`,
  basis: (basis: string): string => `依据:${basis}。`,
  supervision: (text: string): string => `监督:${text}`,
  all: (count: number): string => `小微权力清单共${count}项,分这几类:`,
  group: (group: string, names: readonly string[]): string => `· ${group}:${names.join('、')}`,
  negativeAll: (count: number): string => `干部有${count}条不准:`,
  negativeLine: (order: number, { title }: NegativeItem): string => `${order}. ${title}`,
  negative: ({ title, detail }: NegativeItem): string => `${noEnd(title)}。${detail}`,
  notAllowed: ({ title }: NegativeItem): string => `不行。负面清单写着:${noEnd(title)}。`,
  examples: (examples: readonly string[]): string => `比如:${examples.slice(0, 3).map(noEnd).join(';')}。`,
  consequence: (text: string): string => `违反的后果:${text}`,
  duty: ({ post, duties }: Responsibility): string => `${post}的职责:${duties.slice(0, 4).map(noEnd).join(';')}。`,
  accountable: ({ accountable }: Responsibility): string =>
    `要追责的:${accountable.slice(0, 3).map(noEnd).join(';')}。`,
  none: '镇里还没有公布这份清单。',
  labels: {
    responsible: '责任主体',
    proposes: '谁提议',
    reviews: '谁审核',
    signs: '谁签字',
    deadline: '期限',
    publication: '公开方式',
    supervision: '监督',
    basis: '依据',
    group: '类别',
    papers: '材料',
    risks: '容易出问题的地方',
    thresholds: '限额',
    steps: '流程',
    examples: '举例',
    consequence: '后果',
    duties: '职责',
    accountable: '追责情形',
  },
} as const

function noEnd(text: string): string {
  return text.replace(/[。;;]$/, '')
}
