/** Sentences about subsidies, low-income support and their posted lists. */
import { yuan } from '../format.ts'
import { chineseDate, periodBounds, periodLabel } from '../periods.ts'
import type { ListRow, SubsidyBatch, SubsidyStandard } from '../records.ts'

/** 2026Q3 is a file's way of writing. */
const within = (period: string): string => (period ? `(${periodLabel(periodBounds(period)) || period})` : '')

export const subsidyReplies = {
  title: (village: string, name: string): string => `${village}${name}发放公示`,
  standardTitle: (village: string): string => `${village}补贴标准`,
  standard: ({ name, standard, unit, target }: SubsidyStandard): string =>
    `${name}:${standard}${unit && !standard.includes('元') ? unit : ''}${target ? `,发给${target}` : ''}。`,
  when: ({ name, when, way }: SubsidyStandard): string =>
    when ? `${name}${when}发放${way ? `(${way})` : ''}。` : `${name}没有公布发放时间。`,
  basis: ({ basis }: SubsidyStandard): string => `政策依据:${basis}。`,
  batch: ({ name, period, paidOn, households, persons, amount, status }: SubsidyBatch): string =>
    `${name}${within(period)}${paidOn ? `${chineseDate(paidOn)}发放` : status || '还没发放'},${households === null ? '' : `${households}户`}${persons === null ? '' : `${persons}人`}共${yuan(amount)}。`,
  posted: ({ shownFrom, shownTo }: SubsidyBatch): string =>
    `公示时间:${chineseDate(shownFrom)}至${chineseDate(shownTo)}。`,
  totals: (village: string, label: string, name: string, fen: number, batches: number): string =>
    `${village}${label}${name}共发放${yuan(fen)},${batches}批。`,
  noBatch: (village: string, name: string, label: string): string => `${village}没有公布${label}${name}的发放。`,
  onList: ({ householder, amount, basis, persons }: ListRow, name: string, period: string): string =>
    `公示名单上有${householder}:${name}${within(period)}${yuan(amount)}${basis ? `,${basis}` : ''}${persons ? `,${persons}人` : ''}。`,
  notOnList: (householder: string, name: string): string => `${name}已公布的名单上没有查到“${householder}”。`,
  sameName: (count: number): string => `同名的有${count}条,请按组别核对。`,
  askName: (): string => '您把户主的姓名发来,我帮您在公示名单上查。',
  list: (name: string, period: string, count: number): string => `${name}${within(period)}公示名单,共${count}户:`,
  row: ({ householder, group, amount, basis }: ListRow): string =>
    `· ${householder}${group ? `(${group.replace(/组$/, '')}组)` : ''} ${basis ? `${basis} ` : ''}${yuan(amount)}`,
  names: (names: readonly string[], more: boolean): string => `${names.join('、')}${more ? '等' : ''}`,
  all: (village: string): string => `${village}公布的补贴有:`,
  item: ({ name, standard }: SubsidyStandard): string => `· ${name}:${standard}`,
  none: (village: string): string => `${village}还没有公布补贴发放情况。`,
} as const
