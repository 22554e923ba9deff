/** Standard, when it is paid, what was paid, who is on the posted list. Names are given only as they were posted. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { matchNames, matchQuestion, sharedLength } from '../answers/match-names.ts'
import { leftOver } from '../answers/content-words.ts'
import { inYuan, yuan } from '../format.ts'
import type { StoredRecord } from '../records.ts'
import { answerList, answerOwnName } from './answer-list.ts'
import { citeOf } from './cite-subsidy.ts'
import { HABITS } from './habits.ts'
import { subsidyReplies as say } from './replies.ts'

const WORDS = /(补贴|补助|低保|五保|特困|救助|津贴|困难户|残补|粮补|地补|奖补|高龄|抚恤|救灾|慰问金|孤儿|扶助)/

type Standard = StoredRecord<'subsidy'>
type Batch = StoredRecord<'batch'>

export const subsidyAsker: Asker = {
  name: 'subsidy',
  claims: (question) =>
    WORDS.test(question.text)
      ? 3
      : findStandards(question)[0]?.whole || question.slots.subsidy
        ? 3
        : /(名单|公示)[上里]?有没有/.test(question.text)
          ? 6
          : /名单/.test(question.text)
            ? 1
            : 0,
  async answer(question, deps) {
    const { text, names, village, memory, intent } = question
    const kept = memory?.asker === 'subsidy' ? memory.topic : undefined
    const found = byHabit(question) ?? findStandards(question)[0]?.thing.data.name
    const asked = found ?? findBatchName(question) ?? kept
    const name = asked && renamed(question, asked)
    const standard = names.of('subsidy').find(({ data }) => data.name === name)
    const batches = name ? batchesOf(question, name) : []
    if (
      /(步骤|流程|程序|材料|手续|怎么申请|咋申请|怎么办|咋办|哪里申请|去哪申请)/.test(text) &&
      !/(标准|名单|发了)/.test(text)
    )
      return null
    const own = await answerOwnName(question, name, batches, deps)
    if (own) return own
    if (!name) {
      if (!intent.startsWith('ask.subsidy') && !WORDS.test(text)) return null
      return isAboutAll(question) ? listStandards(question) : null
    }
    if (question.periods.length === 2) {
      const both = question.periods.flatMap((period) => batches.filter(({ data }) => within(data, period)))
      if (both.length > 1) return answerTotal({ ...question, period: null }, name, both)
    }
    const inPeriod = question.period ? batches.filter(({ data }) => within(data, question.period!)) : batches
    if (question.period && inPeriod.length === 0) {
      const latest = batches.at(-1)
      return {
        lead: say.noBatch(village.name, name, question.period.label),
        lines: latest ? [say.batch(latest.data)] : standard ? [say.when(standard.data)] : [],
        cites: latest || standard ? [citeOf(question, name, [latest ?? standard!])] : [],
        unanswered: { reason: 'not-published', topic: name },
        memory: { asker: 'subsidy', topic: name },
      }
    }
    if (
      /(都有谁|有谁|给了?谁|发给谁|谁领|谁吃|谁享受|名单|哪些人|哪几户|哪些户|哪家|谁拿|还有呢|更多|明细|困难户)/.test(
        text,
      ) &&
      inPeriod.length > 0
    )
      return answerList(question, name, inPeriod.at(-1)!, deps)
    if (/(啥时候|什么时候|何时|哪天|几号|下来|到账|发了没|发没发|发了吗)/.test(text))
      return answerWhen(question, name, standard, inPeriod)
    if (/(一共发|总共发|发了多少|共发|多少户|多少人|几户|几个人|总额|发放情况)/.test(text) && inPeriod.length > 0)
      return answerTotal(question, name, inPeriod)
    return answerStandard(question, name, standard, inPeriod)
  },
}

function findStandards({ text, slots, names }: Question): ReturnType<typeof matchQuestion<Standard>> {
  return matchQuestion(
    text,
    slots.subsidy,
    names.of('subsidy').map((thing) => ({ thing, names: [thing.data.name, ...thing.data.aliases] })),
  ).filter(({ whole, score }) => whole || score >= 3)
}

function byHabit({ text, names }: Question): string | undefined {
  const habit = HABITS.find(([asked]) => asked.test(text))
  return habit && names.of('subsidy').find(({ data }) => habit[1].test(data.name))?.data.name
}

/** 村里都有啥补贴: nothing else is named. A subsidy that is not ours to know may be in a policy. */
function isAboutAll({ text }: Question): boolean {
  return leftOver(text.replace(WORDS, ' ')) === ''
}

/** Asked for what was paid of a subsidy that is paid under another name: that name. */
function renamed(question: Question, name: string): string {
  if (!/(发了|发放|名单|都有谁|领了|共发|到账)/.test(question.text)) return name
  return batchesOf(question, name).at(-1)?.data.name ?? name
}

/** Batches may go by another name than the standard. */
function batchesOf({ names }: Question, name: string): Batch[] {
  const all = names.of('batch')
  const own = all.filter(({ data }) => data.name === name || data.name.includes(name) || name.includes(data.name))
  return own.length > 0
    ? own
    : all.filter(({ data }) => sharedLength(name.replaceAll(/(补贴|津贴|生活|困难|补助)/g, ' '), data.name) >= 2)
}

function findBatchName({ text, names }: Question): string | undefined {
  return matchNames(
    text,
    names.of('batch').map((thing: Batch) => ({ thing, names: [thing.data.name, thing.data.batch] })),
  )[0]?.thing.data.name
}

function within({ paidOn, period }: Batch['data'], { from, to }: { from: string; to: string }): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(paidOn) && paidOn >= from && paidOn <= to) return true
  return (
    period !== '' &&
    period.startsWith(from.slice(0, 4)) &&
    from.slice(0, 4) === to.slice(0, 4) &&
    from.endsWith('01-01') &&
    to.endsWith('12-31')
  )
}

function answerWhen(
  question: Question,
  name: string,
  standard: Standard | undefined,
  batches: readonly Batch[],
): Answer {
  const latest = batches.at(-1)
  const lines = [...(standard ? [say.when(standard.data)] : []), ...(latest ? [say.batch(latest.data)] : [])]
  // Asked about a period that has its batch: that batch is the answer.
  if (question.period && latest) lines.reverse()
  const records = [...(latest ? [latest] : []), ...(standard ? [standard] : [])]
  return {
    lead: lines[0] ?? say.noBatch(question.village.name, name, ''),
    lines: lines.slice(1),
    cites: records.length > 0 ? [citeOf(question, name, records)] : [],
    card: { title: name },
    memory: { asker: 'subsidy', topic: name },
  }
}

function answerTotal(question: Question, name: string, batches: readonly Batch[]): Answer {
  const fen = batches.reduce((sum, { data }) => sum + data.amount, 0)
  const label = question.period?.label ?? ''
  const lead =
    batches.length === 1
      ? say.batch(batches[0]!.data)
      : say.totals(question.village.name, label, name, fen, batches.length)
  return {
    lead,
    lines: batches.length === 1 ? [] : batches.slice(-6).map(({ data }) => say.batch(data)),
    short: lead,
    card: {
      title: say.title(question.village.name, name),
      figure: yuan(fen),
      rows: batches.slice(-6).map(({ data }) => ({ label: data.period || data.paidOn, value: yuan(data.amount) })),
    },
    cites: [citeOf(question, name, batches, `/v/${question.village.id}/subsidies`)],
    memory: { asker: 'subsidy', topic: name },
    figures: { amount: inYuan(fen), batches: batches.length, households: batches.at(-1)?.data.households ?? 0 },
  }
}

function answerStandard(
  question: Question,
  name: string,
  standard: Standard | undefined,
  batches: readonly Batch[],
): Answer {
  const latest = batches.at(-1)
  if (!standard) return latest ? answerTotal(question, name, [latest]) : listStandards(question)
  return {
    lead: say.standard(standard.data),
    lines: [
      say.when(standard.data),
      ...(latest ? [say.batch(latest.data)] : []),
      ...(standard.data.basis ? [say.basis(standard.data)] : []),
    ],
    short: `${say.standard(standard.data)}${say.when(standard.data)}`,
    card: {
      title: name,
      figure: standard.data.standard,
      ...(latest && { rows: [{ label: latest.data.period || latest.data.paidOn, value: yuan(latest.data.amount) }] }),
    },
    cites: [citeOf(question, name, [standard]), ...(latest ? [citeOf(question, name, [latest])] : [])],
    memory: { asker: 'subsidy', topic: name },
  }
}

function listStandards(question: Question): Answer {
  const standards = question.names.of('subsidy')
  if (standards.length === 0)
    return { lead: say.none(question.village.name), cites: [], unanswered: { reason: 'not-published' } }
  return {
    lead: say.all(question.village.name),
    lines: standards.slice(0, 10).map(({ data }) => say.item(data)),
    short: `${say.all(question.village.name)}${standards.map(({ data }) => data.name).join('、')}`,
    card: {
      title: say.standardTitle(question.village.name),
      rows: standards.slice(0, 8).map(({ data }) => ({ label: data.name, value: data.standard })),
    },
    cites: [citeOf(question, '', standards, `/v/${question.village.id}/subsidies`)],
    memory: { asker: 'subsidy' },
  }
}
