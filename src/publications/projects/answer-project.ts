/** Who builds it, for how much, how far it is, who bid, what was paid, when it will be done; and the list of all. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { isAboutMoney } from '../answers/answer.ts'
import { isWeak, matchQuestion } from '../answers/match-names.ts'
import { leftOver } from '../answers/content-words.ts'
import { inYuan, yuan } from '../format.ts'
import { chineseDate } from '../periods.ts'
import type { Project, StoredRecord } from '../records.ts'
import { projectReplies as say } from './replies.ts'

const WORDS =
  /(工程|项目|施工|承建|中标|招标|投标|竣工|开工|完工|工期|验收|监理|预算|进度|包工|弄到哪|修到哪|建到哪|干到哪|啥时候修好|修好|建好|超预算|花超|超了|投.{0,2}标)/
const LIST = /(哪些|几个|多少个|有啥|都有|都搞了|列|全部|所有|清单|多少项)/
const ALL = /(工程|项目)/
/** Words that go with any project and name none. */
const NAMELESS =
  /(工程队?|项目|施工队?|承建|中标|招标|投标|竣工|开工|完工|工期|验收|监理|预算|进度|承包|包工|进展|情况|最大|最贵|正在|在建|没完|未完|质量|公司|老板|钱款|干活)/g

export const projectAsker: Asker = {
  name: 'project',
  claims: (question) => {
    const [best] = findProjects(question)
    const word = WORDS.test(question.text) ? 2 : 0
    if (best && isWholeCost(question, best)) return 6 + word
    if (isAboutMoney(question) && (!best || isWeak(best))) return 0
    if (question.slots.project || best?.whole) return 3 + word
    return best && word > 0 ? 2 + word : word
  },
  async answer(question) {
    const { memory, names, text, village } = question
    // Two villages or two years side by side: what each spent is in the books, not in one project.
    if (question.villages.length > 1 || question.periods.length === 2) return null
    const every = findProjects(question)
    const found = every.filter(
      (match) =>
        !isAboutMoney(question) ||
        !isWeak(match) ||
        isWholeCost(question, match) ||
        isStageOf(text, match.thing, every[0]?.thing),
    )
    const kept =
      memory?.asker === 'project' ? names.of('project').find(({ recordId }) => recordId === memory.recordId) : undefined
    const alike = found.filter(
      ({ thing, score }) => score === found[0]?.score || isStageOf(text, thing, found[0]?.thing),
    )
    if (alike.length > 1 && alike.length <= 4)
      return answerAlike(
        question,
        alike.map(({ thing }) => thing),
      )
    const record = found[0]?.thing ?? kept
    if (record) return answerProject(question, record)
    if (ALL.test(question.text) && (LIST.test(question.text) || question.intent.startsWith('ask.project'))) {
      // 养老院的工程 is about one thing: when it is not there, the list of the others is no answer.
      const about = LIST.test(question.text) || question.memory ? '' : leftOver(question.text.replaceAll(NAMELESS, ' '))
      return about === '' ? listProjects(question) : noSuch(question, about)
    }
    if (names.of('project').length === 0 && question.intent.startsWith('ask.project'))
      return { lead: say.none(village.name), cites: [], unanswered: { reason: 'not-published' } }
    return null
  },
}

/** What a project cost, asked without a period, is the project's own figure and not this year's lines. */
function isWholeCost(
  { text, period, names, memory }: Question,
  best: ReturnType<typeof findProjects>[number],
): boolean {
  if (period || memory || !/(花|钱|款|造价|预算)/.test(text)) return false
  if (names.categories.some((category) => text.includes(category.split('/').at(-1) ?? category))) return false
  const rest = leftOver(text)
  return best.whole
    ? true
    : rest.length >= 2 && [best.thing.data.name, ...best.thing.data.aliases].some((name) => name.includes(rest))
}

function findProjects({ text, slots, names }: Question): ReturnType<typeof matchQuestion<StoredRecord<'project'>>> {
  return matchQuestion(
    text,
    slots.project,
    names.of('project').map((thing) => ({ thing, names: [thing.data.name, ...thing.data.aliases, thing.data.code] })),
  )
}

function leadFor(text: string, project: Project): { lead: string; lines?: string[] } {
  const paid = project.payments.reduce((sum, { amount }) => sum + amount, 0)
  if (/(省|节约|差多少|差了|相差|比预算|便宜)/.test(text) && project.budget !== null && project.contractPrice !== null)
    return { lead: say.saved(project, project.budget - project.contractPrice), lines: [say.money(project)] }
  if (/(没付|未付|没给|还欠|欠着|欠.{0,8}多少|尾款|质保金)/.test(text) && project.contractPrice !== null)
    return { lead: say.unpaid(project, project.contractPrice - paid), lines: [say.money(project)] }
  if (/(投.{0,2}标|竞标|报价|几家|招标|中标的?是?谁|围标)/.test(text) && project.bids.length > 0) {
    return { lead: say.bids(project), lines: project.bids.map(({ bidder, price, won }) => say.bid(bidder, price, won)) }
  }
  if (/(公开招|招标[了吗没不]|怎么招|咋招|咋定的(施工|队|人)|直接(给|委托|找))/.test(text) && project.tender !== '')
    return { lead: say.bids(project), lines: project.bids.map(({ bidder, price, won }) => say.bid(bidder, price, won)) }
  if (/(付款|付了|付过|付给|几次|明细|每一?笔|支付)/.test(text))
    return {
      lead: say.money(project),
      lines: project.payments.map(({ date, amount, note }) => say.payment(date, amount, note)),
    }
  if (/(负责人|谁负责|谁管|监理|谁监督|质量谁)/.test(text)) return { lead: say.manager(project) }
  if (/(谁|哪家|哪个公司|施工队|包给|承包|承建|中标)/.test(text))
    return { lead: say.who(project), lines: [say.money(project), say.progress(project)] }
  if (
    /(钱从哪|资金来源|谁出钱|哪来的钱|谁掏钱|(?:上级|上面|上头|国家|[县镇省市]里).{0,4}(?:给|补|拨|出|投|奖))/.test(
      text,
    )
  )
    return { lead: say.funding(project) }
  if (/(啥时候开工|何时开工|什么时候开工|哪天开工|开工)/.test(text) && !/(完|竣)/.test(text))
    return { lead: say.started(project) }
  if (/(进度|哪一步|到哪|咋样|怎么样|进展|多少了$|完成)/.test(text) && !/钱/.test(text)) {
    return {
      lead: say.progress(project),
      lines: project.progress.slice(-3).map(({ date, percent, note }) => say.step(date, percent, note)),
    }
  }
  if (/(啥时候|什么时候|何时|几号|哪天|到期|完工|竣工|工期|多久|修好|建好|完)/.test(text))
    return { lead: say.until(project), lines: [say.progress(project)] }
  const over =
    project.contractPrice !== null && paid > project.contractPrice ? [say.overBudget(paid - project.contractPrice)] : []
  if (/(钱|花|多少|预算|造价|贵|超)/.test(text)) return { lead: say.money(project), lines: over }
  return { lead: say.progress(project), lines: [say.who(project), say.money(project)] }
}

function answerProject({ text, village, names, period }: Question, record: StoredRecord<'project'>): Answer {
  const { data: project } = record
  const paid = project.payments.reduce((sum, { amount }) => sum + amount, 0)
  const { lead, lines = [] } = leadFor(text, project)
  const inPeriod =
    period && /(花|付|钱)/.test(text)
      ? project.payments.filter(({ date }) => date >= period.from && date <= period.to)
      : []
  const within =
    inPeriod.length > 0 && period
      ? [
          say.paidIn(
            period.label,
            inPeriod.reduce((sum, { amount }) => sum + amount, 0),
            inPeriod.length,
          ),
        ]
      : []
  return {
    lead,
    lines: [...within, ...lines],
    short: [lead, ...within, ...lines.slice(0, 2)].join(''),
    card: {
      title: project.name,
      figure:
        project.contractPrice === null
          ? project.budget === null
            ? project.status
            : yuan(project.budget)
          : yuan(project.contractPrice),
      rows: factRows(project).slice(0, 8),
      ...(project.budget !== null && {
        series: [
          { label: say.labels.budget, value: inYuan(project.budget) },
          ...(project.contractPrice === null
            ? []
            : [{ label: say.labels.price, value: inYuan(project.contractPrice) }]),
          { label: say.labels.paid, value: inYuan(paid) },
        ],
        unit: '元',
      }),
    },
    cites: [citeRecords(say.title(village.name, project.name), names, [record])],
    memory: { asker: 'project', recordId: record.recordId },
    figures: {
      paid: inYuan(paid),
      ...(project.budget !== null && { budget: inYuan(project.budget) }),
      ...(project.contractPrice !== null && { contractPrice: inYuan(project.contractPrice) }),
    },
  }
}

/** 围墙一期 and 围墙二期 are one thing to who asks for 围墙. */
function isStageOf(text: string, thing: StoredRecord<'project'>, best: StoredRecord<'project'> | undefined): boolean {
  const stem = (name: string): string => name.replace(/(第?[一二三四\d]+[期标段]+)/g, '')
  // 一期 alone is that one; 一期二期 are both.
  return (
    best !== undefined &&
    (text.match(/[一二三四\d]期/g)?.length ?? 0) !== 1 &&
    stem(thing.data.name) === stem(best.data.name)
  )
}

/** Several go by the words of the question (一期, 二期): all are told, and what they come to together. */
function answerAlike({ text, village, names }: Question, records: readonly StoredRecord<'project'>[]): Answer {
  const paid = records.flatMap(({ data }) => data.payments).reduce((sum, { amount }) => sum + amount, 0)
  const lead = say.alike(village.name, records.length, paid)
  const lines = records.map(({ data }) => `· ${leadFor(text, data).lead}`)
  return {
    lead,
    lines,
    short: [lead, ...lines].join(''),
    card: {
      title: say.listTitle(village.name),
      figure: yuan(paid),
      rows: records.map(({ data }) => ({ label: data.name, value: data.status })),
    },
    cites: records.map((record) => citeRecords(say.title(village.name, record.data.name), names, [record])),
    memory: { asker: 'project', op: 'list' },
    figures: { paid: inYuan(paid), count: records.length },
  }
}

/** Facts of a project in pairs, without those that were not published. */
export function factRows(project: Project): { label: string; value: string }[] {
  const { labels } = say
  const paid = project.payments.reduce((sum, { amount }) => sum + amount, 0)
  return [
    { label: labels.status, value: project.status },
    { label: labels.budget, value: project.budget === null ? '' : yuan(project.budget) },
    { label: labels.price, value: project.contractPrice === null ? '' : yuan(project.contractPrice) },
    { label: labels.paid, value: yuan(paid) },
    { label: labels.contractor, value: project.contractor },
    { label: labels.tender, value: project.tender },
    { label: labels.progress, value: project.percent === null ? '' : `${project.percent}%` },
    { label: labels.startedOn, value: chineseDate(project.startedOn) },
    { label: labels.worksFrom, value: chineseDate(project.worksFrom) },
    { label: labels.planned, value: chineseDate(project.plannedEnd) },
    { label: labels.actual, value: chineseDate(project.actualEnd) },
    { label: labels.manager, value: project.manager },
    { label: labels.supervisor, value: project.supervisor },
    { label: labels.funding, value: project.funding },
    { label: labels.resolution, value: project.resolution },
    { label: labels.note, value: project.note },
  ].filter(({ value }) => value !== '')
}

function listProjects({ text, village, names, period }: Question): Answer | null {
  const all = names.of('project')
  if (all.length === 0) return { lead: say.none(village.name), cites: [], unanswered: { reason: 'not-published' } }
  const records = all
    .filter(({ data }) => !period || overlaps(data, period))
    .filter(({ data }) => !/(在建|没完|未完|正在)/.test(text) || data.actualEnd === '')
  const size = ({ data }: StoredRecord<'project'>): number => data.contractPrice ?? data.budget ?? 0
  const sorted = [...records].sort((a, b) => size(b) - size(a))
  const budget = records.reduce((sum, { data }) => sum + (data.budget ?? 0), 0)
  const largest = sorted[0]
  const lead =
    /(最大|最贵|最多)/.test(text) && largest
      ? say.largest(village.name, largest.data.name, size(largest))
      : say.count(village.name, period?.label ?? '', records.length, budget)
  return {
    lead,
    lines: sorted.slice(0, 10).map(({ data }) => say.listed(data)),
    short: `${lead}${sorted
      .slice(0, 4)
      .map(({ data }) => data.name)
      .join('、')}`,
    card: {
      title: say.listTitle(village.name),
      figure: `${records.length}`,
      rows: sorted.slice(0, 10).map(({ data }) => ({ label: data.name, value: data.status })),
    },
    cites: [citeRecords(say.listTitle(village.name), names, sorted, `/v/${village.id}/projects`)],
    memory: { asker: 'project', op: 'list' },
    figures: { count: records.length, budget: inYuan(budget) },
  }
}

function noSuch({ village, names }: Question, about: string): Answer {
  const all = names.of('project')
  const lead = say.noSuch(village.name, about)
  return {
    lead,
    lines: all.length > 0 ? [say.there(all.slice(0, 4).map(({ data }) => data.name))] : [],
    short: lead,
    hint: say.request,
    cites: all.length > 0 ? [citeRecords(say.listTitle(village.name), names, all, `/v/${village.id}/projects`)] : [],
    unanswered: { reason: 'not-published', topic: about },
    memory: { asker: 'project' },
  }
}

function overlaps(
  { startedOn, worksFrom, actualEnd, plannedEnd }: Project,
  { from, to }: { from: string; to: string },
): boolean {
  const begins = startedOn || worksFrom
  const ends = actualEnd || plannedEnd || begins
  return begins !== '' && begins <= to && ends >= from
}
