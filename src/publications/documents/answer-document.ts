/** How to get something done, and what a policy says: the passage that fits best, cited. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { matchNames } from '../answers/match-names.ts'
import { clip } from '../format.ts'
import type { PolicyDocument, StoredRecord } from '../records.ts'
import { documentReplies as say } from './replies.ts'
import { bestSection } from './search.ts'
import type { Passage } from './search.ts'

const WORDS =
  /(材料|手续|怎么办|咋办|咋弄|怎么申请|咋申请|在哪办|在哪交|去哪办|去哪交|上哪|窗口|证明|申请|办理|办个|报销|宅基地|医保|合作医疗|养老保险|落户|户口|身份证|结婚证|生育|残疾证|政策|规定)/
/**
 * Below these the best passage is too far from the question to be its answer. Measured on 131 policy examples of intents/, a third
 * of which no sample policy answers: of those that meaning puts at 7.5 or more, 95 of 100 are right; by words alone from 0.6, 85.
 */
const ENOUGH = { byMeaning: 7.5, byWords: 0.6 }
/** From here on it may be what was meant, and so may those that are nearly as near. */
const NEAR = { byMeaning: 4.5, byWords: 0.35 }
const NEARLY = 0.75
/** Where the intent does not speak of policies or procedures. */
const PLENTY = { byMeaning: 9, byWords: 0.9 }

export const documentAsker: Asker = {
  name: 'document',
  claims: (question) => {
    const named = findNamed(question)
    if (named) return WORDS.test(question.text) ? 4 : 3
    return WORDS.test(question.text) || /[一每](方|度|吨)水?电?(要|是|得)?(多少|几)/.test(question.text) ? 2 : 0
  },
  async answer(question, { documents }) {
    const { township, memory, text, intent } = question
    const kept =
      memory?.asker === 'document'
        ? township.of('document').find(({ recordId }) => recordId === memory.recordId)
        : undefined
    const leans = kept !== undefined && text.length <= 12
    const query = leans ? `${kept.data.title} ${text}` : text
    const ranked = await documents.search(township, query, 8)
    const named = findNamed(question) ?? (leans ? kept : undefined)
    const wantsProcedure =
      intent.startsWith('ask.procedure') || /(材料|手续|在哪|去哪|上哪|怎么办|咋办|申请)/.test(text)
    const best = pick(ranked, named, wantsProcedure)
    const least = intent.startsWith('ask.procedure') || intent.startsWith('ask.policy') ? ENOUGH : PLENTY
    if (!best || (!named && !fits(best, least))) return least === ENOUGH ? suggest(question, ranked) : null
    // Meaning has read the sections; words choose better among those of a document that was named.
    const section = best.byMeaning ? best.section : bestSection(best.record.data, text)
    return answerFrom(question, best.record, section ?? best.section)
  },
}

/** Nothing fits well enough to be an answer: what comes near is named, and nothing out of it is said. */
function suggest({ text }: Question, ranked: readonly Passage[]): Answer | null {
  const [best] = ranked
  if (!best || !fits(best, NEAR)) return null
  const near = ranked.filter(({ score }) => score >= best.score * NEARLY)
  const first = near.filter(
    ({ record }, index) => near.findIndex((other) => other.record.recordId === record.recordId) === index,
  )
  const said = first.slice(0, 3).map(({ record, section }) => say.near(record.data, section.heading))
  return {
    lead: say.nothingExact,
    lines: [say.maybe, ...said, say.recorded],
    hint: say.askByName,
    short: `${say.nothingExact}${say.maybe}${said.join('')}`,
    cites: [],
    unanswered: { reason: 'not-found', topic: clip(text, 40) },
  }
}

function fits({ score, coverage, byMeaning }: Passage, least: typeof ENOUGH): boolean {
  return byMeaning ? score >= least.byMeaning : coverage >= least.byWords
}

function findNamed({ text, township }: Question): StoredRecord<'document'> | undefined {
  const [best] = matchNames(
    text,
    township.of('document').map((thing) => ({ thing, names: [thing.data.title, ...thing.data.aliases] })),
  )
  return best?.whole ? best.thing : undefined
}

function pick(
  ranked: readonly Passage[],
  named: StoredRecord<'document'> | undefined,
  wantsProcedure: boolean,
): Passage | undefined {
  if (named) {
    return (
      ranked.find(({ record }) => record.recordId === named.recordId) ?? {
        record: named,
        section: named.data.sections[0] ?? { heading: '', text: named.data.title },
        score: 0,
        coverage: 0,
        byMeaning: false,
      }
    )
  }
  const [best] = ranked
  if (!best || !wantsProcedure || best.record.data.kind === 'procedure') return best
  const procedure = ranked.find(({ record, score }) => record.data.kind === 'procedure' && score > best.score * 0.8)
  return procedure ?? best
}

function answerFrom(
  { text, township }: Question,
  record: StoredRecord<'document'>,
  section: { heading: string; text: string },
): Answer {
  const { data: document } = record
  const passage = clip(plain(section.text), 220)
  const facts = factsFor(text, document)
  const lead =
    facts[0] ??
    (document.kind === 'procedure' && document.papers.length > 0 && /(怎么|咋|如何|申请|办)/.test(text)
      ? say.papers(document)
      : say.about(document, clip(plain(section.text), 160)))
  const rest = [
    ...facts.slice(1),
    ...(document.kind === 'procedure' && document.where && !facts.some((fact) => fact.includes(document.where))
      ? [say.where(document)]
      : []),
    ...(lead.includes(passage.slice(0, 20)) ? [] : [say.section(section.heading, passage)]),
  ]
  return {
    lead,
    lines: rest,
    short: [
      lead,
      ...(facts.length > 1
        ? facts.slice(1)
        : document.where && !lead.includes(document.where) && document.kind === 'procedure'
          ? [say.where(document)]
          : []),
    ].join(''),
    card: { title: document.title, rows: documentRows(document).slice(0, 7) },
    cites: [citeRecords(say.title(document), township, [record])],
    memory: { asker: 'document', recordId: record.recordId },
  }
}

/** What the question asks for, out of the head of the document. */
function factsFor(text: string, document: PolicyDocument): string[] {
  return [
    ...(/(材料|带啥|带什么|要啥|要什么|准备|证件|手续|需要)/.test(text) && document.papers.length > 0
      ? [say.papers(document)]
      : []),
    ...(/(在哪|去哪|上哪|哪里|哪儿|地方|窗口|找谁|找哪)/.test(text) && document.where ? [say.where(document)] : []),
    ...(/(多久|几天|多长时间|多少天|啥时候能|时限)/.test(text) && document.days ? [say.days(document)] : []),
    ...(/(收费|要钱|花钱|多少钱|费用|要不要钱)/.test(text) && document.fee ? [say.fee(document)] : []),
    ...(/(电话|号码|咨询)/.test(text) && document.phone ? [say.phone(document)] : []),
  ]
}

export function documentRows(document: PolicyDocument): { label: string; value: string }[] {
  const { labels } = say
  return [
    { label: labels.papers, value: document.papers.join('、') },
    { label: labels.where, value: document.where },
    { label: labels.hours, value: document.hours },
    { label: labels.phone, value: document.phone },
    { label: labels.days, value: document.days },
    { label: labels.fee, value: document.fee },
    { label: labels.department, value: document.department },
    { label: labels.source, value: document.source },
    { label: labels.validFrom, value: document.validFrom },
  ].filter(({ value }) => value !== '')
}

const plain = (text: string): string =>
  text
    .replaceAll(/[*_`>#]/g, '')
    .replaceAll(/^\s*[-·]\s*/gm, '')
    .replaceAll(/\s*\n+\s*/g, ' ')
    .trim()
