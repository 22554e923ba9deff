/**
 * What a village has to publish again and again, and by when. Organic law of villagers' committees, art. 30: finances at
 * least every quarter, every month where there is much of it; the other matters at least every quarter. Days and
 * frequencies are a place's own to tighten: they stand in this table. What is published at once after an event (a batch
 * of subsidies, a resolution) carries its own date in the publication.
 */
import type { PublicationClass, RecordKind } from '../records.ts'

export interface ObligationRule {
  /** As it is called where the village has not published it yet. */
  item: string
  class: PublicationClass
  kinds: readonly RecordKind[]
  every: 'month' | 'quarter' | 'year'
  /** Last day in the month after the period ends; for a year, in the given month of the year itself. */
  day: number
  /** For yearly ones: due in this month of the year that it is about. */
  month?: number
}

export const OBLIGATIONS: readonly ObligationRule[] = [
  { item: '月度收支明细', class: 'finance', kinds: ['ledger'], every: 'month', day: 10 },
  { item: '银行存款余额', class: 'finance', kinds: ['bank'], every: 'month', day: 10 },
  { item: '债权债务', class: 'finance', kinds: ['debt'], every: 'quarter', day: 15 },
  { item: '合同及租金收缴', class: 'assets', kinds: ['contract'], every: 'quarter', day: 15 },
  { item: '工程项目实施情况', class: 'affairs', kinds: ['project'], every: 'quarter', day: 15 },
  { item: '资产资源登记', class: 'assets', kinds: ['asset', 'resource'], every: 'year', month: 3, day: 31 },
  { item: '惠民补贴标准', class: 'affairs', kinds: ['subsidy'], every: 'year', month: 1, day: 31 },
  { item: '村干部名册和办公时间', class: 'affairs', kinds: ['roster'], every: 'year', month: 1, day: 31 },
]
