/** Sentences about contracts, assets and resources. */
import { yuan } from '../format.ts'
import { chineseDate } from '../periods.ts'
import type { Asset, Contract, Resource } from '../records.ts'

const rent = (fen: number | null): string => (fen === null ? '' : `,一年${yuan(fen)}`)

/** 村东鱼塘承包 → 村东鱼塘 */
const bare = (subject: string): string => subject.replace(/(承包|租赁|发包|出租|采购)$/, '')
const verb = (category: string, subject: string): string =>
  /采购|服务/.test(`${category}${subject}`) ? '由' : /出租|租赁/.test(`${category}${subject}`) ? '租给了' : '包给了'

export const assetReplies = {
  contractTitle: (village: string, subject: string): string => `${village}合同:${subject}`,
  contractsTitle: (village: string): string => `${village}合同清单`,
  assetTitle: (village: string, name: string): string => `${village}资产资源登记:${name}`,
  assetsTitle: (village: string): string => `${village}资产资源登记`,
  who: ({ subject, party, yearly, to, category }: Contract): string =>
    `${bare(subject)}${verb(category, subject)}${party}${rent(yearly)}${to ? `,到${chineseDate(to)}` : ''}。`,
  why: ({ subject, note }: Contract): string =>
    note ? `${subject}的登记上写着:${note.replace(/。$/, '')}。` : `${subject}为什么是这个价,没有公布。`,
  rent: ({ subject, yearly, total, payment }: Contract): string =>
    `${bare(subject)}${yearly === null ? '' : `一年${yuan(yearly)}`}${total === null ? '' : `${yearly === null ? '' : ','}合同总额${yuan(total)}`}${payment ? `(${payment})` : ''}。`,
  until: ({ subject, from, to, party }: Contract): string =>
    to
      ? `${bare(subject)}的合同${chineseDate(to)}到期${from ? `(${chineseDate(from)}起,对方${party})` : ''}。`
      : `${subject}的合同没有写到期日。`,
  expired: (): string => '合同已经过期。',
  daysLeft: (days: number): string => `离到期还有${days}天。`,
  paid: ({ subject, received, outstanding }: Contract): string =>
    `${bare(subject)}已收${yuan(received ?? 0)},${outstanding ? `还欠${yuan(outstanding)}` : '没有欠交'}。`,
  decided: ({ subject, procedure, counsel, exchange }: Contract): string =>
    `${subject}:民主程序${procedure || '没有公布'};法律顾问意见${counsel || '没有公布'};产权交易编号${exchange || '没有公布'}。`,
  signed: ({ subject, signedOn }: Contract): string =>
    signedOn ? `${subject}的合同是${chineseDate(signedOn)}签的。` : `${subject}的合同没有公布签订日期。`,
  status: (status: string): string => `状态:${status}。`,
  asset: ({ name, quantity, unit, place, condition, use, tenant, yearly, until }: Asset): string =>
    `${name}${quantity}${unit}${place ? `,在${place}` : ''}${condition ? `,${condition}` : ''}${use ? `,${use}` : ''}${tenant ? `,承租人${tenant}` : ''}${rent(yearly)}${until ? `,租到${chineseDate(until)}` : ''}。`,
  cost: (name: string, fen: number): string => `${name}登记的原值${yuan(fen)}。`,
  resource: ({ name, area, holder, until, pricePerMu, outstanding }: Resource): string =>
    `${name}${area ? `${area.replace(/亩$/, '')}亩` : ''}${holder ? `,承包方${holder}` : ''}${until ? `,期限${chineseDate(until)}` : ''}${pricePerMu === null ? '' : `,每亩每年${yuan(pricePerMu)}`}${outstanding ? `,还欠${yuan(outstanding)}` : ''}。`,
  contractLine: ({ subject, party, yearly, to, outstanding }: Contract): string =>
    `· ${subject}:${party}${rent(yearly)}${to ? `,到${chineseDate(to)}` : ''}${outstanding ? `,欠${yuan(outstanding)}` : ''}`,
  assetLine: ({ name, quantity, unit, use, tenant }: Asset): string =>
    `· ${name} ${quantity}${unit}${use ? `,${use}` : ''}${tenant ? `(${tenant})` : ''}`,
  resourceLine: ({ name, area, holder }: Resource): string =>
    `· ${name}${area ? ` ${area.replace(/亩$/, '')}亩` : ''}${holder ? `(${holder})` : ''}`,
  contracts: (village: string, count: number, yearly: number): string =>
    `${village}公布的合同有${count}份,一年租金和承包费共${yuan(yearly)}。`,
  owed: (village: string, count: number, fen: number): string => `${village}有${count}份合同没交齐,共欠${yuan(fen)}。`,
  nobodyOwes: (village: string): string => `${village}公布的合同里没有欠交的。`,
  ending: (village: string, label: string, count: number): string => `${village}${label}到期的合同有${count}份。`,
  assets: (village: string, count: number, resources: number): string =>
    `${village}登记的集体资产有${count}项,资源有${resources}处。`,
  some: (village: string, word: string, count: number, quantity: string): string =>
    `${village}登记的${word}有${quantity || `${count}项`}。`,
  highest: (village: string, subject: string, fen: number): string =>
    `${village}租金最高的是${subject},一年${yuan(fen)}。`,
  alike: (village: string, count: number): string => `${village}这样的合同有${count}份:`,
  none: (village: string): string => `${village}还没有公布资产资源和合同。`,
  within: '一年内',
  labels: {
    party: '承包(租)方',
    yearly: '年租金',
    total: '合同总额',
    from: '开始',
    to: '到期',
    received: '已收',
    outstanding: '未收',
    payment: '付款方式',
    plan: '付款计划',
    procedure: '民主程序',
    counsel: '法律顾问意见',
    exchange: '产权交易编号',
    status: '状态',
    signedOn: '签订日期',
    note: '备注',
    category: '类别',
  },
} as const
