/** A made-up village of any size, published whole: five years of ledger, the rest in the shares that villages have. */
import type { Connection } from 'mongoose'
import { publicationModels, stampCollection } from '../../../src/publications/model.ts'
import type { RecordData, RecordKind, StoredPublication, StoredRecord } from '../../../src/publications/records.ts'
import { keysOf } from '../../../src/publications/search-keys.ts'

const FIRST_YEAR = 2021
const MONTHS = 60
const BATCH = 2_000

/** What ledgers write about, with the category. */
export const THINGS: readonly (readonly [category: string, thing: string])[] = [
  ['公益支出/道路维护', '道路硬化'],
  ['公益支出/公共照明', '路灯电费'],
  ['公益支出/环境卫生', '垃圾清运'],
  ['公益支出/环境卫生', '保洁员工资'],
  ['公益支出/农田水利', '机井维修'],
  ['公益支出/农田水利', '水渠清淤'],
  ['公益支出/绿化', '苗木栽植'],
  ['公益支出/文化活动', '锣鼓秧歌'],
  ['管理费用/办公费', '打印纸张'],
  ['管理费用/差旅费', '租车加油'],
  ['管理费用/干部报酬', '干部报酬'],
  ['管理费用/通信费', '宽带网费'],
  ['福利支出/慰问', '困难户慰问'],
  ['福利支出/敬老', '重阳敬老'],
  ['其他支出/防汛', '防汛沙袋'],
  ['其他支出/监控', '监控安装'],
  ['发包及上交收入', '鱼塘承包费'],
  ['租赁收入', '门面房租金'],
  ['补助收入/转移支付', '上级拨款'],
  ['其他收入', '利息'],
]
const FIRST_INCOME = 16
const PLACES = [...'东西南北中前后上下新老大小']
const WORKS = [
  '道路硬化',
  '路灯安装',
  '文化广场',
  '污水管网',
  '自来水改造',
  '机井配套',
  '塘坝加固',
  '幸福院修缮',
  '公厕改造',
  '桥涵翻建',
]
const HOLDINGS = ['鱼塘', '果园', '门面房', '厂房', '机动地', '荒山', '大棚', '冷库', '仓库', '林地']
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗']
const GIVEN = [...'守立国桂兰英华建军明秀芳文海玉春梅志强贵田']

/** @param records number of them; the village's publications cover every month */
export async function makeVillage(connection: Connection, villageId: string, records: number): Promise<void> {
  const { publications, records: collection } = publicationModels(connection)
  const published: StoredPublication[] = []
  const made: StoredRecord[] = []
  const publish = (item: string, period: string, kind: RecordKind, bounds: { from: string; to: string }): string => {
    const id = `${villageId}:${item}:${period}:v1`
    published.push({
      _id: id,
      villageId,
      class: 'finance',
      item,
      kinds: [kind],
      period,
      ...bounds,
      version: 1,
      state: 'published',
      dueAt: '',
      publishedAt: bounds.to || '2026-01-10',
      checkedBy: '',
      way: '',
      note: '',
      hash: id,
      reason: '',
      importedAt: new Date(0),
    })
    return id
  }
  const add = <K extends RecordKind>(
    kind: K,
    publicationId: string,
    recordId: string,
    data: RecordData[K],
    about: { date?: string; text: string; facets?: string[] },
  ): void => {
    made.push({
      _id: `${publicationId}#${recordId}`,
      kind,
      villageId,
      publicationId,
      recordId,
      state: 'published',
      date: about.date ?? '',
      keys: [...(about.facets ?? []), ...keysOf(about.text)],
      text: about.text,
      data,
    })
  }
  const share = (of: number): number => Math.max(3, Math.round(records * of))
  const counts = { project: share(0.005), contract: share(0.005), resolution: share(0.005), roster: share(0.003) }
  const listed = share(0.08)
  const lines = Math.max(MONTHS, records - listed - Object.values(counts).reduce((sum, count) => sum + count, 0))
  const none = { from: '', to: '' }
  const projects = publish('工程项目', '', 'project', none)
  for (let at = 0; at < counts.project; at++) {
    const name = `${nameOf(at)}${WORKS[at % WORKS.length]}工程`
    add('project', projects, `p-${at}`, projectOf(name, at), { date: `2024-0${(at % 9) + 1}-01`, text: name })
  }
  const contracts = publish('合同', '', 'contract', none)
  for (let at = 0; at < counts.contract; at++) {
    const subject = `${nameOf(at)}${HOLDINGS[at % HOLDINGS.length]}承包`
    add('contract', contracts, `c-${at}`, contractOf(subject, personOf(at), at), { date: '2022-01-01', text: subject })
  }
  const resolutions = publish('决议', '', 'resolution', none)
  for (let at = 0; at < counts.resolution; at++) {
    const topic = `${nameOf(at)}${WORKS[(at * 3) % WORKS.length]}立项`
    add('resolution', resolutions, `r-${at}`, resolutionOf(topic, at), { date: dayOf(at % MONTHS, at), text: topic })
  }
  const roster = publish('名册', '', 'roster', none)
  for (let at = 0; at < counts.roster; at++) add('roster', roster, `n-${at}`, rosterOf(at), { text: personOf(at) })
  const lists = publish('补贴名单', '2025', 'list-row', { from: '2025-01-01', to: '2025-12-31' })
  for (let at = 0; at < listed; at++) {
    const householder = personOf(at)
    const row = {
      batch: '2025-DL',
      householder,
      group: `${(at % 9) + 1}组`,
      persons: '3',
      basis: '6.2亩',
      amount: 83_570,
    }
    add('list-row', lists, `b-${at}`, row, { text: householder, facets: ['batch:2025-DL', `name:${householder}`] })
  }
  for (let month = 0; month < MONTHS; month++) {
    const period = monthOf(month)
    const ledger = publish('财务收支', period, 'ledger', { from: `${period}-01`, to: `${period}-28` })
    const here = Math.floor(((month + 1) * lines) / MONTHS) - Math.floor((month * lines) / MONTHS)
    for (let order = 1; order <= here; order++) {
      const at = month * 7 + order * 13
      const which = at % THINGS.length
      const [category, thing] = THINGS[which]!
      const amount = ((at * 7919) % 90_000) * 10 + 5_000
      const summary = `付${nameOf(at)}${thing}`
      const date = dayOf(month, order)
      const line = {
        date,
        voucher: String(order),
        category,
        summary,
        income: which >= FIRST_INCOME ? amount : 0,
        expense: which >= FIRST_INCOME ? 0 : amount,
        balance: order === here ? 50_000_00 + month : null,
        handler: '',
        witness: '',
        approver: '',
        payee: personOf(at),
        method: '',
        attachments: 1,
        project: '',
        order,
      }
      add('ledger', ledger, `l-${period}-${order}`, line, {
        date,
        text: `${category} ${summary} ${line.payee}`,
        facets: [`category:${category}`],
      })
    }
  }
  await publications.collection.insertMany(published as never[])
  for (let from = 0; from < made.length; from += BATCH)
    await collection.collection.insertMany(made.slice(from, from + BATCH) as never[], { ordered: false })
  await stampCollection(connection).updateOne({ _id: villageId }, { $inc: { changes: 1 } }, { upsert: true })
}

/** 村东一号 and so on: different for each number, so that every one can be asked for. */
export const nameOf = (at: number): string =>
  `${PLACES[at % PLACES.length]}${SURNAMES[Math.floor(at / PLACES.length) % SURNAMES.length]}${GIVEN[Math.floor(at / 260) % GIVEN.length]}`
export const workOf = (at: number): string => `${nameOf(at)}${WORKS[at % WORKS.length]}`
export const holdingOf = (at: number): string => `${nameOf(at)}${HOLDINGS[at % HOLDINGS.length]}`
export const personOf = (at: number): string =>
  `${SURNAMES[at % SURNAMES.length]}${GIVEN[Math.floor(at / 20) % GIVEN.length]}${GIVEN[Math.floor(at / 420) % GIVEN.length]}`
export const monthOf = (month: number): string =>
  `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
const dayOf = (month: number, at: number): string => `${monthOf(month)}-${String((at % 28) + 1).padStart(2, '0')}`

function projectOf(name: string, at: number): RecordData['project'] {
  return {
    code: `XM-${at}`,
    name,
    aliases: [],
    category: '基础设施',
    startedOn: '2024-01-10',
    resolution: `JY-${at}`,
    budget: 30_000_000,
    contractPrice: 28_000_000,
    contractor: '临沂恒通建筑有限公司',
    tender: '公开招标',
    worksFrom: '2024-03-01',
    plannedEnd: '2024-10-30',
    actualEnd: '',
    status: '在建',
    percent: at % 100,
    manager: personOf(at),
    supervisor: personOf(at + 1),
    funding: '上级补助',
    note: '',
    bids: [],
    payments: [],
    progress: [],
  }
}

function contractOf(subject: string, party: string, at: number): RecordData['contract'] {
  return {
    code: `HT-${at}`,
    subject,
    aliases: [],
    category: '承包',
    party,
    signedOn: '2022-01-01',
    from: '2022-01-01',
    to: '2031-12-31',
    total: 10_000_000,
    yearly: 1_000_000,
    payment: '每年一付',
    plan: '',
    received: null,
    outstanding: null,
    procedure: '村民代表会议',
    counsel: '',
    exchange: '',
    status: '履行中',
    note: '',
  }
}

function resolutionOf(topic: string, at: number): RecordData['resolution'] {
  const votes = { expected: 45, present: 40, for: 38, against: 1, abstained: 1 }
  return {
    code: `JY-${at}`,
    date: dayOf(at % MONTHS, at),
    meeting: '村民代表会议',
    topic,
    ...votes,
    content: topic,
    shownOn: '',
  }
}

function rosterOf(at: number): RecordData['roster'] {
  const empty = { duty: '', hours: '', place: '', phone: '', from: '', to: '', aliases: [], relatives: '' }
  return { category: '网格员', name: personOf(at), post: '网格员', area: `${(at % 9) + 1}组`, ...empty }
}
