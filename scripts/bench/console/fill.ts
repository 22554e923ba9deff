/** Many cases, as years of a busy county leave them: routed by the real rules, sealed and hashed by the real code, written in bulk. */
import { Types } from 'mongoose'
import type { Connection } from 'mongoose'
import { caseCollections, prepareCases } from '../../../src/cases/model.ts'
import type { StoredCase, StoredEntry, StoredReporter } from '../../../src/cases/model.ts'
import { publishedCalendar } from '../../../src/cases/procedures/calendar.ts'
import { PROCEDURES } from '../../../src/cases/procedures/index.ts'
import { dueFields, endAllTerms, startTerms } from '../../../src/cases/procedures/terms.ts'
import { createReceiptCode } from '../../../src/cases/receipt-code.ts'
import { unitFor } from '../../../src/cases/routing/find-unit.ts'
import { routeReport } from '../../../src/cases/routing/route-report.ts'
import type { CaseKind, CaseState } from '../../../src/cases/schema.ts'
import { caseSeal } from '../../../src/cases/seals.ts'
import { hashWords, wordsOfContent } from '../../../src/cases/word-index.ts'
import type { Vault } from '../../../src/infrastructure/crypto.ts'
import type { Organisation } from '../../../src/people/index.ts'

export const MATTERS: readonly [CaseKind, string][] = [
  ['petition', '我家低保被取消了,没人跟我说为啥'],
  ['petition', '自来水停了好几天,找了村里也没人管'],
  ['petition', '征地补偿款一直没给到户'],
  ['petition', '村里占了俺家口粮地修路,说好的钱没给'],
  ['petition', '医保交了钱系统里查不到'],
  ['help', '老人摔伤了没人送医院,家里没别人'],
  ['help', '雨大房子漏得厉害,怕塌了'],
  ['suggestion', '建议在学校门口装个减速带'],
  ['suggestion', '希望广场晚上早点关音响'],
  ['dispute', '和东邻为宅基地界墙吵了半年'],
  ['dispute', '承包地的浇水顺序老是争'],
  ['disclosure', '申请公开去年修桥的合同和验收单'],
  ['tip', '俺村书记把救灾款自己分了'],
  ['tip', '村会计拿两张一样的票报了两回账'],
]
const DETAILS =
  '东头 西头 南坡 北沟 桥头 村口 老井 后街 前街 学校旁 河边 二组 三组 五组 大队部 卫生室 水渠边 果园 晒场 磨坊 祠堂 机井 变压器 涵洞 石拱桥 养鸡场 木材厂 砖窑 鱼塘 蔬菜大棚'.split(
    ' ',
  )
const TAILS =
  '夜里老人走路看不见 孩子上学要绕路 庄稼旱得不行 已经三个月了 去年就说过一回 打电话没人接 家里就我一个人 天冷了更难 车都过不去 邻居也能作证 有照片 花了不少钱 当时答应得好好的 一下雨就淹 夏天味道大'.split(
    ' ',
  )
/** Words that a handler would look for: common, middling and rare. */
export const SOUGHT = ['低保', '自来水', '石拱桥', '征地补偿', '变压器', '减速带', '漏得厉害', '宅基地 祠堂', '第777号']

const STATES: readonly CaseState[] = ['filed', 'accepted', 'accepted', 'closed', 'closed', 'closed', 'closed', 'closed']
const DAY_MS = 86_400_000
const YEARS_MS = 4 * 365 * DAY_MS
const BATCH = 2000

/** Numbers that are the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** @param accounts ids of the accounts of each unit */
export async function fillCases(
  connection: Connection,
  vault: Vault,
  count: number,
  organisation: Organisation,
  accounts: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const { cases, reporters, entries } = caseCollections(connection)
  const random = dice(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const calendar = publishedCalendar()
  const routed = new Map<string, { unit: string; decision: ReturnType<typeof routeReport> }>()
  const now = Date.now()

  const one = (index: number): { stored: StoredCase; reporter: StoredReporter; lines: StoredEntry[] } => {
    const [kind, matter] = pick(MATTERS)
    const village = pick(organisation.villages)
    const key = `${matter}|${village.id}`
    let place = routed.get(key)
    if (!place) {
      const decision = routeReport(organisation, { text: matter, village: village.id, kind })
      place = { decision, unit: unitFor(organisation, decision, village.id).id }
      routed.set(key, place)
    }
    const { decision, unit } = place
    const _id = new Types.ObjectId()
    const at = new Date(now - random() * YEARS_MS)
    // What is old is done with.
    const state = at.getTime() < now - 90 * DAY_MS ? 'closed' : pick(STATES)
    const { key: dataKey, wrapped } = vault.newDataKey()
    const seal = caseSeal(vault, _id, dataKey)
    const text = `${matter},${pick(DETAILS)}那边,${pick(TAILS)},${pick(TAILS)}。第${index}号`
    const content = { text, facts: [{ label: '地点', value: pick(DETAILS) }], fileIds: [] }
    const facts = { named: random() < 0.6, urgent: kind === 'help', reviewRound: 0 }
    let deadlines = startTerms(PROCEDURES[kind], 'filed', at, calendar, facts)
    if (state !== 'filed') deadlines = endAllTerms(new Date(at.getTime() + 3 * DAY_MS), deadlines)
    if (state === 'accepted') deadlines = startTerms(PROCEDURES[kind], 'accepted', at, calendar, facts, deadlines)
    const { accused, concerned, alsoNamed, core, mayHandle, mayNotSee, reasons, level, department } = decision
    const stored: StoredCase = {
      _id,
      codeHash: vault.fingerprint('case-code', `${createReceiptCode()}${index}`),
      kind,
      villageId: village.id,
      state,
      unit,
      level,
      department,
      urgent: facts.urgent,
      named: facts.named,
      dataKey: wrapped,
      content: seal.sealContent(content),
      routing: seal.sealRouting({ accused, concerned, alsoNamed, core, mayHandle, reasons }),
      mayNotSee,
      words: hashWords(vault, kind, wordsOfContent(content)),
      assignee: state === 'filed' ? null : (accounts.get(unit)?.[index % (accounts.get(unit)?.length ?? 1)] ?? null),
      watchers: [],
      reviewRound: 0,
      source: 'channel',
      ...dueFields(deadlines),
      ...(state === 'closed' && {
        outcome: {
          code: PROCEDURES[kind].outcomes[index % PROCEDURES[kind].outcomes.length]!.code,
          text: seal.sealOutcome('办好了。'),
          at: new Date(at.getTime() + random() * 80 * DAY_MS),
        },
        rating: { score: pick([1, 1, 1, 2, 3] as const), at: new Date(at.getTime() + 80 * DAY_MS) },
      }),
      filedHash: '',
      version: 1,
      filedAt: at,
      updatedAt: at,
    }
    const identity = { contactId: `bench-${index}`, named: facts.named }
    const reporter: StoredReporter = {
      _id,
      contactKey: vault.fingerprint('case-reporter', identity.contactId),
      sealed: seal.sealReporter(identity),
      open: state !== 'closed',
      at,
    }
    const entry = new Types.ObjectId()
    const lines: StoredEntry[] = [
      { _id: new Types.ObjectId(), caseId: _id, event: 'filed', by: 'reporter', at },
      {
        _id: entry,
        caseId: _id,
        event: 'supplemented',
        by: 'reporter',
        at,
        sealed: seal.sealBody(entry, { text: pick(TAILS) }),
      },
    ]
    return { stored, reporter, lines }
  }

  for (let done = 0; done < count; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - done) }, (_, index) => one(done + index))
    await cases.insertMany(
      batch.map(({ stored }) => stored),
      { ordered: false, writeConcern: { w: 1 } },
    )
    await reporters.insertMany(
      batch.map(({ reporter }) => reporter),
      { ordered: false, writeConcern: { w: 1 } },
    )
    await entries.insertMany(
      batch.flatMap(({ lines }) => lines),
      { ordered: false, writeConcern: { w: 1 } },
    )
  }
  await prepareCases(connection)
}
