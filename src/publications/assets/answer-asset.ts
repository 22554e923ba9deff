/** Who leases what, for how much, until when, what is unpaid; and the registers of assets and resources. */
import { isAboutMoney } from '../answers/answer.ts'
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { isWeak, matchQuestion } from '../answers/match-names.ts'
import { inYuan, yuan } from '../format.ts'
import type { Asset, Contract, Resource, StoredRecord } from '../records.ts'
import { contractRows, daysBetween } from './contract-rows.ts'
import { listAssets } from './list-assets.ts'
import { assetReplies as say } from './replies.ts'

const WORDS =
  /(承包|包给|租给|出租|租金|租期|合同|到期|资产|资源|三资|发包|谁租|谁包|几间|门面|鱼塘|厂房|机动地|荒山|果园|大棚|欠租|没交|欠交|承包费)/

const BUILT = /(谁|哪家|哪个|多少钱).{0,3}(修|建|干|盖|装|铺)|(修|建|盖|装|铺)的?.{0,3}(谁|哪家|多少钱)/

type Holding = StoredRecord<'contract'> | StoredRecord<'asset'> | StoredRecord<'resource'>

export const assetAsker: Asker = {
  name: 'asset',
  claims: (question) => {
    const [best] = findHoldings(question)
    const word = WORDS.test(question.text) ? 2 : 0
    if (isSum(question, best)) return 0
    if (isAboutMoney(question) && (!best || isWeak(best))) return 0
    if (question.slots.asset || best?.whole) return 3 + word
    return best && word > 0 ? 2 + word : word
  },
  async answer(question) {
    const { memory, names, village, text, intent } = question
    if (isSum(question, findHoldings(question)[0])) return null
    const found = findHoldings(question).filter((match) => !isAboutMoney(question) || !isWeak(match))
    const kept =
      memory?.asker === 'asset' && memory.recordId
        ? names.of('contract').find(({ recordId }) => recordId === memory.recordId)
        : undefined
    const listed =
      /(哪些|几份|几个|多少[份个处项]|都有|全部|所有|清单|列|哪几|有没有欠|谁欠|谁没交|最高|最贵|快到期|哪个到期|几间|多少间|几处)/.test(
        text,
      )
    const [best] = found
    const counted = /(几|多少)(间|处|亩|台|辆|份|套|眼|座|项|口)/.test(text)
    if (listed && (counted || !(best?.whole && best.thing.kind === 'contract'))) {
      const list = listAssets(question)
      if (list) return list
    }
    const alike = found.filter(({ thing, score }) => thing.kind === 'contract' && score === best?.score)
    if (alike.length > 1 && alike.length <= 4)
      return answerAlike(
        question,
        alike.map(({ thing }) => thing as StoredRecord<'contract'>),
      )
    const record = best?.thing ?? kept
    // Who built it and what it cost to build stand with the project.
    if (record && record.kind !== 'contract' && BUILT.test(text)) return null
    if (record)
      return answerHolding(
        question,
        record,
        found.map(({ thing }) => thing),
      )
    if (intent.startsWith('ask.asset') || /(资产|资源|三资|合同)/.test(text)) {
      const list = listAssets(question)
      if (list) return list
      if (names.of('contract').length + names.of('asset').length === 0)
        return { lead: say.none(village.name), cites: [], unanswered: { reason: 'not-published' } }
    }
    return null
  },
}

/** 今年租金一共收了多少 is all of them together, out of the book. */
const isSum = ({ text, period }: Question, best: { whole: boolean; score: number } | undefined): boolean =>
  period !== null && /(一共|总共|统共|合计|全部)/.test(text) && !(best && (best.whole || best.score >= 3))

function findHoldings({ text, slots, names }: Question): ReturnType<typeof matchQuestion<Holding>> {
  const named = [
    ...names.of('contract').map((thing) => ({
      thing: thing as Holding,
      names: [thing.data.subject, ...thing.data.aliases, thing.data.code],
    })),
    ...names.of('asset').map((thing) => ({ thing: thing as Holding, names: [thing.data.name] })),
    ...names.of('resource').map((thing) => ({ thing: thing as Holding, names: [thing.data.name] })),
  ]
  const order = { contract: 0, asset: 1, resource: 1 }
  return matchQuestion<Holding>(text, slots.asset, named).sort(
    (a, b) => b.score - a.score || order[a.thing.kind] - order[b.thing.kind],
  )
}

function answerHolding(question: Question, spokenOf: Holding, found: readonly Holding[]): Answer {
  const { village, names } = question
  const registered = wantedFromRegister(question.text, [spokenOf, ...found])
  const record = registered ?? spokenOf
  const aboutLease =
    (registered === undefined || registered === spokenOf) && /(包|租|合同|到期|钱|欠|交|签)/.test(question.text)
  const contract =
    record.kind === 'contract'
      ? record
      : aboutLease
        ? found.find((each): each is StoredRecord<'contract'> => each.kind === 'contract')
        : undefined
  if (contract) return answerContract(question, contract)
  const lead = record.kind === 'asset' ? say.asset(record.data as Asset) : say.resource(record.data as Resource)
  const cost = record.kind === 'asset' ? (record.data as Asset).cost : null
  return {
    lead,
    lines: cost === null ? [] : [say.cost((record.data as Asset).name, cost)],
    cites: [citeRecords(say.assetTitle(village.name, (record.data as Asset).name), names, [record])],
    card: { title: (record.data as Asset).name },
    memory: { asker: 'asset' },
  }
}

/** How many 亩 and what it cost once stand in the register, not in the contract. */
function wantedFromRegister(text: string, found: readonly Holding[]): Holding | undefined {
  if (/(多少亩|几亩|多大|面积|[一每]亩.{0,3}(多少|几))/.test(text)) return found.find(({ kind }) => kind === 'resource')
  if (/(原值|值多少|当初|盖的时候|建的时候|买来|买的|多少台|几台|多少间|几间|多少辆|几辆)/.test(text))
    return found.find(({ kind }) => kind === 'asset')
  return undefined
}

/** Several contracts go by the words of the question (门面房): all are told. */
function answerAlike({ text, village, names }: Question, records: readonly StoredRecord<'contract'>[]): Answer {
  const lead = say.alike(village.name, records.length)
  const lines = records.map(({ data }) => `· ${leadFor(text, data, []).lead}`)
  return {
    lead,
    lines,
    short: [lead, ...lines].join(''),
    card: {
      title: say.contractsTitle(village.name),
      figure: String(records.length),
      rows: records.map(({ data }) => ({ label: data.subject, value: data.party })),
    },
    cites: records.map((record) => citeRecords(say.contractTitle(village.name, record.data.subject), names, [record])),
    memory: { asker: 'asset', op: 'list' },
    figures: { count: records.length },
  }
}

function answerContract({ text, village, names, today }: Question, record: StoredRecord<'contract'>): Answer {
  const contract: Contract = record.data
  const left = /^\d{4}-/.test(contract.to) ? daysBetween(today, contract.to) : null
  const end = left === null ? [] : [left < 0 ? say.expired() : say.daysLeft(left)]
  const { lead, lines } = leadFor(text, contract, end)
  return {
    lead,
    lines,
    short: [lead, ...lines].join(''),
    card: {
      title: contract.subject,
      figure: contract.yearly === null ? contract.party : yuan(contract.yearly),
      rows: contractRows(contract).slice(0, 8),
    },
    cites: [citeRecords(say.contractTitle(village.name, contract.subject), names, [record])],
    memory: { asker: 'asset', recordId: record.recordId },
    figures: {
      ...(contract.yearly !== null && { yearly: inYuan(contract.yearly) }),
      ...(contract.received !== null && { received: inYuan(contract.received) }),
      ...(contract.outstanding !== null && { outstanding: inYuan(contract.outstanding) }),
    },
  }
}

function leadFor(text: string, contract: Contract, end: string[]): { lead: string; lines: string[] } {
  if (/(为啥|为什么|咋|怎么)(这么|恁么?|那么)/.test(text))
    return { lead: say.why(contract), lines: [say.rent(contract), say.decided(contract)] }
  if (/(欠|没交|未交|交齐|交了没|交没交|收齐|收上来|已收|收了多少|交了多少|交清)/.test(text))
    return { lead: say.paid(contract), lines: [say.who(contract)] }
  if (/(到期|啥时候到|什么时候到|到哪年|到啥时候|到什么时候|包几年|租几年|几年|期限|多久|哪年到)/.test(text))
    return { lead: say.until(contract), lines: end }
  if (/(开会|决议|民主|法律顾问|审核|交易|程序|怎么定)/.test(text)) return { lead: say.decided(contract), lines: [] }
  if (/(啥时候签|什么时候签|哪天签|何时签)/.test(text)) return { lead: say.signed(contract), lines: [] }
  if (/(谁|哪家|包给|租给)/.test(text))
    return { lead: say.who(contract), lines: contract.outstanding ? [say.paid(contract)] : [] }
  if (/(多少钱|租金|承包费|一年|价)/.test(text)) return { lead: say.rent(contract), lines: [say.who(contract)] }
  return { lead: say.who(contract), lines: [say.paid(contract), ...end] }
}
