/** Who proposes, reviews and signs; the steps; the tier for an amount; what officials may not do; what each post answers for. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { matchNames } from '../answers/match-names.ts'
import type { StoredRecord } from '../records.ts'
import { plainText } from '../search-keys.ts'
import { termsOf } from '../documents/search.ts'
import { powerReplies as say } from './replies.ts'
import { tierFor } from './tiers.ts'

const WORDS =
  /(签字|谁批|审批|公章|盖章|归谁管|谁说了算|权力|负面清单|责任清单|清单|不准|不许|不能干|禁止|限额|权限|职责|干部能不能|谁有权|几个人签|要不要开会|步骤|流程|程序)/
const NEGATIVE =
  /(不准|不许|不能干|不让干|禁止|负面|红线|能不能|可不可以|可以不|能[^不]{1,12}[吗么不]$|允许|允不允许|行不行|违不违规|违规吗|算不算|中不中|合不合规|违反哪)/
const NEGATIVE_ALL =
  /(干部.{0,4}(不准|不许|不能|不让|禁止).{0,4}(干|做)?(啥|什么|哪些)|负面清单|哪些(不准|不能)|十条|10条|不准干)/
const DUTY = /(职责|责任|负啥责|管啥|该干啥|干啥的|追责)/

export const powerAsker: Asker = {
  name: 'power',
  claims: (question) => (asksLimit(question) ? 10 : WORDS.test(question.text) ? 3 : 0),
  async answer(question) {
    const { text, intent, memory, township } = question
    const asked = intent.startsWith('ask.power')
    if (NEGATIVE_ALL.test(text)) return listNegative(question)
    if (DUTY.test(text) || /责任清单/.test(text)) {
      const duty = answerDuty(question)
      if (duty) return duty
    }
    const power =
      findPower(question) ??
      (memory?.asker === 'power'
        ? township.of('power').find(({ recordId }) => recordId === memory.recordId)
        : undefined)
    if (NEGATIVE.test(text) && /(干部|书记|主任|会计|村里|村干部|委员|公家|集体|亲戚|小金库|招待)/.test(text)) {
      const item = findNegative(question)
      if (item) return answerNegative(question, item)
    }
    if (power) return answerPower(question, power)
    if (asked && /(权力清单|小微权力|哪些权|多少项|几项)/.test(text)) return listPowers(question)
    const item = asked ? findNegative(question) : null
    return item ? answerNegative(question, item) : null
  },
}

const LIMIT = /(最多|最高|上限|不超过|封顶|限额|标准|[一每](天|个?工|人|次|户).{0,4}多少)/

/** 误工一天补多少, 村务卡一次最多刷多少: how much is allowed, not how much there was. */
function asksLimit({ text, period, memory, township }: Question): boolean {
  if (period || memory || !LIMIT.test(text)) return false
  const [best] = matchNames(
    text,
    township.of('power').map((thing) => ({ thing, names: [thing.data.name, ...thing.data.aliases] })),
  )
  return best?.whole === true
}

/** 村里花五千块要谁签字 names no power by name: spending is 支出审批. */
const BY_HABIT: readonly [RegExp, RegExp][] = [
  [/(花|支出|报销|用钱|开支|\d+(块|元)|买东西).{0,12}(签字|批|审|同意|开会|上会|集体研究|程序)/, /支出审批/],
  [/(盖章|公章|盖个章|印章|章)/, /公章使用/],
  [/(开证明|证明)/, /证明出具/],
  [/(误工)/, /误工补贴/],
  [/(买|采购)/, /采购/],
  [/(包地|发包|承包鱼塘|包鱼塘|荒山)/, /资源发包/],
  [/(出租|租门面|租厂房)/, /经营性资产出租/],
  [/(入党|发展党员)/, /发展党员/],
]

function findPower({ text, township }: Question): StoredRecord<'power'> | undefined {
  const powers = township.of('power')
  const [best] = matchNames(
    text,
    powers.map((thing) => ({ thing, names: [thing.data.name, ...thing.data.aliases] })),
  )
  if (best?.whole) return best.thing
  const habit = BY_HABIT.find(([asked]) => asked.test(text))
  return (habit && powers.find(({ data }) => habit[1].test(data.name))) ?? best?.thing
}

function answerPower({ text, slots, township }: Question, record: StoredRecord<'power'>): Answer {
  const { data: power } = record
  const tier = slots.amount === undefined ? null : tierFor(power.thresholds, slots.amount)
  const wantsSteps = /(步|流程|程序|咋办|怎么|咋|咋走|手续|要不要开会|哪些环节)/.test(text)
  const wantsPapers = /(材料|要带|准备|需要啥|要啥|手续)/.test(text)
  const lead =
    tier !== null ? say.byAmount(slots.amount!, power.name, tier) : wantsSteps ? say.stepsLead(power) : say.who(power)
  const lines = [
    ...(wantsSteps ? say.steps(power) : []),
    ...(tier === null && power.thresholds.length > 0 ? say.tiers(power.thresholds) : []),
    ...(tier !== null && !wantsSteps ? [say.who(power)] : []),
    ...(wantsPapers && power.papers.length > 0 ? [say.papers(power.papers)] : []),
    ...(power.deadline && /(多久|几天|期限|时间|啥时候)/.test(text) ? [say.deadline(power.deadline)] : []),
    ...(power.basis ? [say.basis(power.basis)] : []),
  ]
  return {
    lead,
    lines,
    short:
      tier !== null
        ? lead
        : wantsSteps
          ? `${lead}${power.steps.map(({ name }, index) => `${index + 1}${name}`).join('、')}`
          : lead,
    card: {
      title: power.name,
      rows: [
        { label: say.labels.proposes, value: power.proposes },
        { label: say.labels.reviews, value: power.reviews },
        { label: say.labels.signs, value: power.signs },
        { label: say.labels.deadline, value: power.deadline },
      ].filter(({ value }) => value !== ''),
    },
    cites: [citeRecords(say.title(power.name), township, [record])],
    memory: { asker: 'power', recordId: record.recordId },
  }
}

/** What people say → what the item is called. */
const NEGATIVE_BY_HABIT: readonly [RegExp, RegExp][] = [
  [/(贷款|借钱|借款|举债|担保|赊账)/, /举债/],
  [/(小金库|坐收坐支|坐支|私账|账外)/, /小金库/],
  [/(亲戚|家属|家里人|弟弟|哥哥|儿子|闺女|媳妇|亲友|小舅子)/, /优亲厚友/],
  [/(吃请|吃拿|卡要|收礼|送礼|好处费|辛苦费|红包|请客|吃饭|喝酒|吃喝|招待|乱收费|收费)/, /吃拿卡要/],
  [/(挪用|截留|公款|揣自己|占为己有)/, /截留挪用/],
  [/(拆分|化整为零|分开包|分[成两二几]|分一期|拆成|不招标|规避)/, /拆分|规避招标/],
  [/(虚报|冒领|假名单|吃空)/, /虚报冒领/],
  [/(拉票|贿选|打击报复|报复)/, /换届|打击报复/],
  [/(不开会|没开会|暗箱|私下(定|包)|不公开)/, /暗箱/],
  [/(占|霸占|白用).{0,6}(集体|公家|村里)/, /侵占/],
]

/** By habit, else the item with which the question shares at least two rare pieces; null when none is sure. */
function findNegative({ text, township }: Question): StoredRecord<'negative'> | null {
  const items = township.of('negative')
  const habit = NEGATIVE_BY_HABIT.find(([asked]) => asked.test(text))
  const named = habit && items.find(({ data }) => habit[1].test(data.title))
  if (named) return named
  const terms = items.map((record) => ({ record, terms: new Set(termsOf(record.text)) }))
  const rare = [...new Set(termsOf(plainText(text)))].filter((term) => {
    const holders = terms.filter((each) => each.terms.has(term)).length
    return holders > 0 && holders <= 2
  })
  const [best] = terms
    .map(({ record, terms: own }) => ({ record, shared: rare.filter((term) => own.has(term)).length }))
    .sort((a, b) => b.shared - a.shared)
  return best && best.shared >= 2 ? best.record : null
}

function answerNegative({ township }: Question, record: StoredRecord<'negative'>): Answer {
  const { data } = record
  return {
    lead: say.notAllowed(data),
    lines: [
      data.detail,
      ...(data.examples.length > 0 ? [say.examples(data.examples)] : []),
      ...(data.consequence ? [say.consequence(data.consequence)] : []),
    ].filter(Boolean),
    short: `${say.notAllowed(data)}${data.detail}`,
    card: { title: say.negativeTitle, figure: data.title },
    cites: [citeRecords(`${say.negativeTitle}:${data.title}`, township, [record])],
    memory: { asker: 'power', op: 'not-allowed' },
  }
}

function listNegative({ township }: Question): Answer {
  const items = township.of('negative')
  if (items.length === 0) return { lead: say.none, cites: [], unanswered: { reason: 'not-published' } }
  return {
    lead: say.negativeAll(items.length),
    lines: items.map(({ data }, index) => say.negativeLine(index + 1, data)),
    short: `${say.negativeAll(items.length)}${items.map(({ data }) => data.title).join(';')}`,
    card: {
      title: say.negativeTitle,
      figure: String(items.length),
      rows: items.map(({ data }, index) => ({ label: String(index + 1), value: data.title })),
    },
    cites: [citeRecords(say.negativeTitle, township, items, '/negative-list')],
    memory: { asker: 'power' },
    figures: { items: items.length },
  }
}

const POSTS: readonly [RegExp, RegExp][] = [
  [/书记|支书/, /书记/],
  [/监委|监督委员会/, /监/],
  [/村主任|主任|村长/, /主任/],
  [/纪检/, /纪检/],
  [/会计|报账/, /会计|报账/],
  [/网格/, /网格/],
  [/法律顾问|律师/, /法律|律师/],
]

function answerDuty({ text, township }: Question): Answer | null {
  const posts = township.of('responsibility')
  const asked = POSTS.find(([words]) => words.test(text))
  const record = asked && posts.find(({ data }) => asked[1].test(data.post))
  if (!record) return null
  return {
    lead: say.duty(record.data),
    lines: record.data.accountable.length > 0 ? [say.accountable(record.data)] : [],
    cites: [citeRecords(`${say.dutyTitle}:${record.data.post}`, township, [record])],
    card: {
      title: record.data.post,
      rows: record.data.duties.slice(0, 6).map((value, index) => ({ label: String(index + 1), value })),
    },
    memory: { asker: 'power' },
  }
}

function listPowers({ township }: Question): Answer {
  const powers = township.of('power')
  if (powers.length === 0) return { lead: say.none, cites: [], unanswered: { reason: 'not-published' } }
  const groups = new Map<string, string[]>()
  for (const { data } of powers) groups.set(data.group, [...(groups.get(data.group) ?? []), data.name])
  return {
    lead: say.all(powers.length),
    lines: [...groups].map(([group, all]) => say.group(group, all)),
    short: `${say.all(powers.length)}${[...groups.keys()].join('、')}`,
    cites: [citeRecords(say.listTitle, township, powers, '/powers')],
    card: { title: say.listTitle, figure: String(powers.length) },
    memory: { asker: 'power' },
    figures: { powers: powers.length },
  }
}
