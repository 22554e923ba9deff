/** Chooses who answers: the intent says where to look first, the words may say otherwise, and the first that has an answer gives it. */
import { partyAsker } from '../affairs/answer-party.ts'
import { conferenceAsker } from '../affairs/answer-conference.ts'
import { resolutionAsker } from '../affairs/answer-resolution.ts'
import { assetAsker } from '../assets/answer-asset.ts'
import { documentAsker } from '../documents/answer-document.ts'
import { balanceAsker } from '../finance/answer-balance.ts'
import { ledgerAsker } from '../finance/answer-ledger.ts'
import { leftOver } from './content-words.ts'
import { officeAsker } from '../people/answer-office.ts'
import { peopleAsker } from '../people/answer-people.ts'
import { powerAsker } from '../powers/answer-power.ts'
import { projectAsker } from '../projects/answer-project.ts'
import { subsidyAsker } from '../subsidies/answer-subsidy.ts'
import { answerFromPassages } from '../passages/answer-passage.ts'
import { isAboutMoney } from './answer.ts'
import type { Answer, AskDeps, Asker, Memory, Question } from './answer.ts'
import { contentWords } from './content-words.ts'
import { asksMeasure, missingFrom } from './fit.ts'
import { answerReplies } from './replies.ts'

const ASKERS: readonly Asker[] = [
  projectAsker,
  assetAsker,
  subsidyAsker,
  balanceAsker,
  ledgerAsker,
  conferenceAsker,
  resolutionAsker,
  partyAsker,
  powerAsker,
  documentAsker,
  officeAsker,
  peopleAsker,
]

/** Where each intent looks first; what is not named may still answer when its words are plain. */
const PREFERRED: Record<string, readonly string[]> = {
  'ask.finance': ['ledger', 'balance', 'project'],
  'ask.project': ['project', 'asset', 'resolution', 'ledger'],
  'ask.asset': ['asset', 'project', 'ledger'],
  'ask.subsidy': ['subsidy', 'document', 'ledger'],
  'ask.party': ['party', 'people', 'document'],
  'ask.affairs': ['resolution', 'document', 'people'],
  'ask.power': ['power', 'document', 'people'],
  'ask.procedure': ['document', 'subsidy', 'power'],
  'ask.policy': ['document', 'power', 'subsidy'],
  'ask.people': ['people', 'office', 'power'],
  'ask.conference': ['conference', 'document'],
  'participate.commitment': ['party', 'project'],
  'ask.education': ['party', 'document', 'conference'],
}
/** Claim points that stand for being the first, second, third place of an intent. */
const PREFERENCE = [3, 2, 1]

/** Asked in order; exported for tests. */
export function planAskers(question: Question): Asker[] {
  const parent = question.intent.split('.').slice(0, 2).join('.')
  const preferred = PREFERRED[parent] ?? []
  return ASKERS.map((asker) => {
    const place = preferred.indexOf(asker.name)
    const claim = asker.claims(question)
    const kept = question.memory?.asker === asker.name ? 3 : 0
    return { asker, score: claim + (PREFERENCE[place] ?? 0) + kept, allowed: claim > 0 || place >= 0 || kept > 0 }
  })
    .filter(({ allowed }) => allowed)
    .sort((a, b) => b.score - a.score)
    .map(({ asker }) => asker)
}

/** Do its own words say plainly that it is about something else than the last answer? */
export function isClaimedByAnother(question: Question, last: Memory): boolean {
  return ASKERS.some((asker) => asker.name !== last.asker && asker.claims(question) >= 3)
}

/** Who mends what is broken is not who built it, and not what it cost. */
const REPAIR =
  /(坏了?|漏了?|不亮了?|堵了?|断了?).{0,6}(谁|咋|怎么|找|哪)|谁来修|归谁(管)?修|找谁修|谁(负责|管)修|哪里修/
const NOT_FOR_REPAIR = new Set(['project', 'asset', 'ledger', 'balance', 'resolution'])

export async function answerQuestion(question: Question, deps: AskDeps): Promise<Answer> {
  let lesser: Answer | null = null
  let best: { answer: Answer; missing: string[] } | null = null
  const repair = REPAIR.test(question.text)
  for (const asker of planAskers(question)) {
    if (repair && NOT_FOR_REPAIR.has(asker.name)) continue
    const answer = await asker.answer(question, deps)
    if (!answer) continue
    // Honest “not found” of one kind waits until the other kinds have been looked through.
    if (answer.unanswered && answer.unanswered.reason !== 'not-published') {
      lesser ??= answer
      continue
    }
    if (lesser && answer.unanswered) return lesser
    const missing = missingFrom(answer, question)
    if (missing.length === 0 && !lacksMeasure(answer, question))
      return contentWords(question.text).length > 0 ? { ...answer, certain: answer.unanswered === undefined } : answer
    // It leaves out something that was named: perhaps another knows of that.
    if (!best || missing.length < best.missing.length) best = { answer, missing }
  }
  const quoted = await answerFromPassages(question, deps)
  if (quoted) return { ...quoted, certain: true }
  const named = contentWords(question.text)
  // Money is told for what was named, or not at all; a fact may leave out one word of three.
  const share = best ? best.missing.length / named.length : 0
  if (best && (share > 0.5 || (share === 0.5 && (isAboutMoney(question) || /多少钱|几块/.test(question.text)))))
    return lesser ?? notFound(question, best)
  return best?.answer ?? lesser ?? notFound(question)
}

function lacksMeasure({ lead, lines = [], unanswered }: Answer, { text }: Question): boolean {
  const measure = unanswered ? null : asksMeasure(text)
  return measure !== null && !measure.test([lead, ...lines].join(' '))
}

/** @param near what comes nearest, and what it leaves out */
function notFound({ text, village, names }: Question, near?: { answer: Answer; missing: string[] }): Answer {
  const topic = near ? near.missing.join('') : leftOver(text)
  const title = near?.answer.card?.title
  const projects = names
    .of('project')
    .slice(0, 3)
    .map(({ data }) => data.name)
  return {
    lead: topic ? answerReplies.notFound(village.name, topic) : answerReplies.notFoundAtAll(village.name),
    lines: [
      answerReplies.recorded(),
      ...(title ? [answerReplies.nearest(title)] : projects.length > 0 ? [answerReplies.canAsk(projects)] : []),
    ],
    hint: answerReplies.request(),
    short: `${topic ? answerReplies.notFound(village.name, topic) : answerReplies.notFoundAtAll(village.name)}${answerReplies.recorded()}`,
    cites: [],
    unanswered: { reason: 'not-found', ...(topic && { topic }) },
  }
}
