/** Sentences about projects. */
import { percentOf, yuan } from '../format.ts'
import { chineseDate } from '../periods.ts'
import type { Project } from '../records.ts'

const or = (text: string, otherwise: string): string => (text === '' ? otherwise : text)

export const projectReplies = {
  title: (village: string, name: string): string => `${village}工程项目:${name}`,
  noSuch: (village: string, about: string): string => `${village}公布的工程项目里没有“${about}”。`,
  there: (names: readonly string[]): string => `公布的有:${names.join('、')}等。`,
  request: '想让村里公开,回“申请公开”。',
  listTitle: (village: string): string => `${village}工程项目`,
  who: ({ name, contractor, contractPrice }: Project): string =>
    contractor
      ? `${name}由${contractor}承包${contractPrice === null ? '' : `,中标${yuan(contractPrice)}`}。`
      : `${name}还没有定施工单位。`,
  money: ({ name, budget, contractPrice, payments }: Project): string => {
    const paid = payments.reduce((sum, { amount }) => sum + amount, 0)
    return `${name}${budget === null ? '' : `预算${yuan(budget)},`}${contractPrice === null ? '' : `中标${yuan(contractPrice)},`}已付${yuan(paid)}${contractPrice ? `(${percentOf(paid, contractPrice)}%)` : ''}。`
  },
  saved: ({ name }: Project, fen: number): string =>
    fen === 0 ? `${name}中标价和预算一样。` : `${name}中标价比预算${fen > 0 ? '少' : '多'}${yuan(Math.abs(fen))}。`,
  unpaid: ({ name }: Project, fen: number): string =>
    fen > 0 ? `${name}按中标价还有${yuan(fen)}没付。` : `${name}的中标款已经付完。`,
  overBudget: (fen: number): string => `已付比中标金额多${yuan(fen)}。`,
  paidIn: (label: string, fen: number, count: number): string => `其中${label}付了${yuan(fen)},${count}笔。`,
  progress: ({ name, percent, status, plannedEnd, actualEnd }: Project): string =>
    `${name}${or(status, '')}${percent === null ? '' : `,完成${percent}%`}${actualEnd ? `,${chineseDate(actualEnd)}竣工` : plannedEnd ? `,计划${chineseDate(plannedEnd)}竣工` : ''}。`,
  until: ({ name, plannedEnd, actualEnd, worksFrom }: Project): string =>
    actualEnd
      ? `${name}${chineseDate(actualEnd)}已经竣工${plannedEnd ? `(计划${chineseDate(plannedEnd)})` : ''}。`
      : plannedEnd
        ? `${name}${worksFrom ? `${chineseDate(worksFrom)}开工,` : ''}计划${chineseDate(plannedEnd)}竣工。`
        : `${name}没有公布竣工日期。`,
  started: ({ name, worksFrom, startedOn }: Project): string =>
    worksFrom
      ? `${name}${chineseDate(worksFrom)}开工。`
      : `${name}还没有公布开工日期${startedOn ? `,${chineseDate(startedOn)}立项` : ''}。`,
  bids: ({ name, bids, tender }: Project): string =>
    bids.length > 0
      ? `${name}${tender ? `是${tender},` : ''}有${bids.length}家报价:`
      : `${name}没有公布投标情况${tender ? `(${tender})` : ''}。`,
  bid: (bidder: string, price: number, won: boolean): string => `· ${bidder}:${yuan(price)}${won ? '(中标)' : ''}`,
  manager: ({ name, manager, supervisor }: Project): string =>
    `${name}负责人是${or(manager, '(没有公布)')}${supervisor ? `,监理/质量监督是${supervisor}` : ''}。`,
  funding: ({ name, funding }: Project): string =>
    funding ? `${name}的钱来自:${funding}。` : `${name}没有公布资金来源。`,
  resolution: (code: string): string => `决议编号${code}。`,
  payment: (date: string, fen: number, note: string): string =>
    `· ${chineseDate(date)} 付${yuan(fen)}${note ? `(${note})` : ''}`,
  step: (date: string, percent: number | null, note: string): string =>
    `· ${chineseDate(date)}${percent === null ? '' : ` ${percent}%`} ${note}`,
  count: (village: string, label: string, count: number, budget: number): string =>
    `${village}${label}公布的工程项目有${count}个,预算共${yuan(budget)}。`,
  listed: ({ name, status, contractPrice, budget, percent }: Project): string =>
    `· ${name}:${[status, percent === null ? '' : `${percent}%`, contractPrice === null ? (budget === null ? '' : `预算${yuan(budget)}`) : `中标${yuan(contractPrice)}`].filter(Boolean).join(',')}`,
  largest: (village: string, name: string, fen: number): string => `${village}最大的工程是${name},${yuan(fen)}。`,
  alike: (village: string, count: number, paid: number): string =>
    `${village}这样的工程有${count}个,共付${yuan(paid)}:`,
  none: (village: string): string => `${village}还没有公布工程项目。`,
  labels: {
    status: '状态',
    budget: '预算',
    price: '中标金额',
    paid: '已付',
    contractor: '施工单位',
    tender: '招标方式',
    progress: '进度',
    planned: '计划竣工',
    actual: '实际竣工',
    manager: '负责人',
    supervisor: '监理',
    funding: '资金来源',
    worksFrom: '开工日期',
    startedOn: '立项日期',
    resolution: '决议',
    note: '备注',
  },
} as const
