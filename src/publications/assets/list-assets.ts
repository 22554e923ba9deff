/** Lists over contracts, assets and resources: all, unpaid ones, those that end, the dearest, those of one sort. */
import type { Answer, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { leftOver } from '../answers/content-words.ts'
import { inYuan, yuan } from '../format.ts'
import type { StoredRecord } from '../records.ts'
import { daysBetween } from './contract-rows.ts'
import { assetReplies as say } from './replies.ts'

const PAGE = 8
/** Words that go with the whole register and name nothing in it. */
const NAMELESS =
  /(集体|公家|大队|资产|资源|家底|财产|东西|登记|土地|地|房子|房产|固定|清查|值钱|多少|合同|承包|出租|租)/g
const SORTS =
  /(门面房?|沿街房|厂房|仓库|鱼塘|水塘|大棚|机动地|荒山|果园|林地|房屋|办公楼|车辆|拖拉机|机井|设备|耕地|池塘|冷库)/

export function listAssets(question: Question): Answer | null {
  const { text, village, names, today, period } = question
  const contracts = names.of('contract')
  const cite = (records: readonly StoredRecord[]): Answer['cites'] => [
    citeRecords(say.contractsTitle(village.name), names, records, `/v/${village.id}/contracts`),
  ]
  const sum = (records: readonly StoredRecord<'contract'>[], of: 'yearly' | 'outstanding'): number =>
    records.reduce((total, { data }) => total + (data[of] ?? 0), 0)
  const answer = (
    lead: string,
    records: readonly StoredRecord<'contract'>[],
    figures: Record<string, number>,
  ): Answer => ({
    lead,
    lines: records.slice(0, PAGE).map(({ data }) => say.contractLine(data)),
    short: `${lead}${records
      .slice(0, 3)
      .map(({ data }) => `${data.subject}(${data.party})`)
      .join('、')}`,
    card: {
      title: say.contractsTitle(village.name),
      figure: lead,
      rows: records.slice(0, PAGE).map(({ data }) => ({
        label: data.subject,
        value: data.yearly === null ? data.party : `${data.party} ${yuan(data.yearly)}`,
      })),
    },
    cites: cite(records.length > 0 ? records : contracts),
    memory: { asker: 'asset', op: 'list' },
    figures,
  })
  const sort = SORTS.exec(text)?.[1]
  if (contracts.length > 0 && !sort) {
    if (/(欠|没交|未交|未收|没收)/.test(text)) {
      const owing = contracts.filter(({ data }) => (data.outstanding ?? 0) > 0)
      const fen = sum(owing, 'outstanding')
      return answer(
        owing.length > 0 ? say.owed(village.name, owing.length, fen) : say.nobodyOwes(village.name),
        owing,
        { count: owing.length, outstanding: inYuan(fen) },
      )
    }
    if (/到期/.test(text)) {
      const ending = contracts.filter(({ data }) =>
        period
          ? data.to >= period.from && data.to <= period.to
          : /^\d{4}-/.test(data.to) && daysBetween(today, data.to) >= 0 && daysBetween(today, data.to) <= 365,
      )
      return answer(say.ending(village.name, period?.label ?? say.within, ending.length), ending, {
        count: ending.length,
      })
    }
    if (/(最高|最贵|最多)/.test(text)) {
      const sorted = [...contracts].sort((a, b) => (b.data.yearly ?? 0) - (a.data.yearly ?? 0))
      return answer(
        say.highest(village.name, sorted[0]!.data.subject, sorted[0]!.data.yearly ?? 0),
        sorted.slice(0, 5),
        { yearly: inYuan(sorted[0]!.data.yearly ?? 0) },
      )
    }
    if (/(合同|承包|出租|租出|租金)/.test(text)) {
      const yearly = sum(contracts, 'yearly')
      return answer(say.contracts(village.name, contracts.length, yearly), contracts, {
        count: contracts.length,
        yearly: inYuan(yearly),
      })
    }
  }
  // 直升机停哪 names a thing that is not there: the whole register is no answer.
  return sort || question.memory || leftOver(text.replaceAll(NAMELESS, ' ')) === ''
    ? listRegister(question, sort)
    : null
}

function listRegister({ village, names, text }: Question, sort: string | undefined): Answer | null {
  const stem = sort?.replace(/房$/, '')
  const about = (words: string): boolean => !stem || words.includes(stem)
  const assets = names.of('asset').filter((each) => about(each.text))
  const resources = names.of('resource').filter((each) => about(each.text))
  if (assets.length + resources.length === 0) return null
  const units = new Set(assets.map(({ data }) => data.unit))
  const total = assets.reduce((sum, { data }) => sum + (Number.parseFloat(data.quantity) || 0), 0)
  const quantity = sort && assets.length > 0 && units.size === 1 && total > 0 ? `${total}${[...units][0]}` : ''
  const lead = sort
    ? say.some(village.name, sort, assets.length + resources.length, quantity)
    : say.assets(village.name, assets.length, resources.length)
  const leased = sort && /(包|租|谁)/.test(text) ? names.of('contract').filter((each) => about(each.text)) : []
  const lines = [
    ...leased.map(({ data }) => say.contractLine(data)),
    ...assets.map(({ data }) => say.assetLine(data)),
    ...resources.map(({ data }) => say.resourceLine(data)),
  ]
  const records = [...assets, ...resources, ...leased]
  return {
    lead,
    lines: lines.slice(0, 12),
    short: `${lead}${lines.slice(0, 3).join('').replaceAll('· ', ' ')}`,
    card: {
      title: say.assetsTitle(village.name),
      figure: quantity || String(assets.length + resources.length),
      rows: assets.slice(0, 8).map(({ data }) => ({ label: data.name, value: `${data.quantity}${data.unit}` })),
    },
    cites: [citeRecords(say.assetsTitle(village.name), names, records, `/v/${village.id}/assets`)],
    memory: { asker: 'asset', op: 'list' },
    figures: { assets: assets.length, resources: resources.length, ...(quantity && { quantity: total }) },
  }
}
