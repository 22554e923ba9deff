/** Sentences about money. */
import { yuan } from '../format.ts'
import type { LedgerLine } from '../records.ts'
import { chineseDate } from '../periods.ts'

export const financeReplies = {
  ledgerTitle: (village: string, label: string): string => `${village}${label}财务收支明细`,
  spent: (village: string, label: string, topic: string, fen: number, lines: number): string =>
    `${village}${label}${topic}共支出${yuan(fen)},${lines}笔。`,
  received: (village: string, label: string, topic: string, fen: number, lines: number): string =>
    `${village}${label}${topic}共收入${yuan(fen)},${lines}笔。`,
  totals: (village: string, label: string, income: number, expense: number): string =>
    `${village}${label}收入${yuan(income)},支出${yuan(expense)}。`,
  allSpent: (village: string, label: string, expense: number, lines: number): string =>
    `${village}${label}一共支出${yuan(expense)},${lines}笔。`,
  allReceived: (village: string, label: string, income: number, lines: number): string =>
    `${village}${label}一共收入${yuan(income)},${lines}笔。`,
  counted: (village: string, label: string, topic: string, lines: number, fen: number, income: boolean): string =>
    `${village}${label}${topic}${income ? '收入' : '支出'}有${lines}笔,共${yuan(fen)}。`,
  biggest: (village: string, label: string, topic: string, income: boolean): string =>
    `${village}${label}${topic}${income ? '收入' : '支出'}最大的几笔:`,
  categoriesOf: (income: boolean): string => (income ? '按来源分:' : '按用途分:'),
  line: (order: number, date: string, summary: string, fen: number, payee: string): string =>
    `${order}. ${chineseDate(date)} ${summary} ${yuan(fen)}${payee ? `(${payee})` : ''}`,
  behind: ({ voucher, handler, witness, approver }: LedgerLine): string =>
    [
      voucher && `凭证${voucher}`,
      handler && `经手${handler}`,
      witness && `证明${witness}`,
      approver && `审批${approver}`,
    ]
      .filter(Boolean)
      .join(','),
  share: (label: string, fen: number): string => `· ${label}:${yuan(fen)}`,
  detailHint: (): string => '想看每一笔,回“明细”。',
  details: (village: string, label: string, topic: string, count: number): string =>
    `${village}${label}${topic}的账,共${count}笔:`,
  onlyPublished: (missing: string): string => `(${missing}的账还没公布,没有算在内。)`,
  publishedTo: (month: string): string => `(账公布到${month}。)`,
  fromFirst: (first: string): string => `(公布的账从${first}开始,之前的没有算。)`,
  notPublished: (village: string, label: string, last: string): string =>
    last ? `${village}${label}的账还没有公布,目前公布到${last}。` : `${village}还没有公布财务账。`,
  wasDue: (date: string): string => `按规定应在${chineseDate(date)}前公布,已经迟了。`,
  notYetDue: (village: string, label: string, last: string): string =>
    `${label}还没过完,账还没到公布的时候。${village}目前公布到${last}。`,
  beforeFirst: (village: string, label: string, first: string): string =>
    `${village}公布的账从${first}开始,没有${label}的。`,
  nothingOn: (village: string, label: string, topic: string, income: boolean): string =>
    `${village}${label}公布的账里,没有查到“${topic}”的${income ? '收入' : '支出'}。`,
  elsewhere: (label: string, topic: string, fen: number, lines: number): string =>
    `${label}有“${topic}”${lines}笔,共${yuan(fen)}。`,
  balances: '账面余额',
  unknownBalance: (village: string): string => `${village}的余额还没有公布。`,
  balance: (village: string, month: string, book: number): string => `截至${month}底,${village}账面余额${yuan(book)}。`,
  bankSame: (bank: number): string => `银行存款余额${yuan(bank)},和账面一致。`,
  bankDiffers: (bank: number, difference: number): string =>
    `公布的银行余额是${yuan(bank)},和账面差${yuan(difference)},原因要由村里说明。`,
  bankOnly: (village: string, month: string, bank: number): string =>
    `截至${month}底,${village}银行存款余额${yuan(bank)}。`,
  bankMissing: (): string => '同月的银行余额没有公布。',
  bankTitle: (village: string, month: string): string => `${village}${month}银行余额`,
  each: (sides: readonly { label: string; fen: number }[], topic: string, income: boolean): string =>
    `${topic}${income ? '收入' : '支出'}:${sides.map(({ label, fen }) => `${label}${yuan(fen)}`).join(',')}。`,
  compare: (a: string, first: number, b: string, second: number, topic: string, income: boolean): string => {
    const what = `${topic}${income ? '收入' : '支出'}`
    const difference = Math.abs(first - second)
    if (difference === 0) return `${a}和${b}的${what}一样,都是${yuan(first)}。`
    return `${a}${what}${yuan(first)},${b}${yuan(second)},${a}比${b}${first > second ? '多' : '少'}${yuan(difference)}。`
  },
  compareSide: (label: string, lines: number, fen: number): string => `· ${label}:${lines}笔,${yuan(fen)}`,
  owedToVillage: (village: string, fen: number, count: number): string =>
    `别人欠${village}的共${yuan(fen)},${count}笔。`,
  owedByVillage: (village: string, fen: number, count: number): string =>
    `${village}欠别人的共${yuan(fen)},${count}笔。`,
  noDebts: (village: string, owing: boolean): string =>
    `${village}公布的账里没有${owing ? '欠别人的钱' : '别人欠村里的钱'}。`,
  debt: (party: string, reason: string, fen: number, due: string, status: string): string =>
    `· ${party}:${yuan(fen)}(${[reason, due && `约定${chineseDate(due)}还`, status].filter(Boolean).join(',')})`,
  debtTitle: (village: string): string => `${village}债权债务`,
  income: '收入',
  expense: '支出',
  book: '账面余额',
  bank: '银行余额',
} as const
