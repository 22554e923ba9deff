/** One message to its understanding, with trained models: pure and synchronous, some 100 µs a message. */
import { extractFeatures, receiptCode } from './features.ts'
import type { Features } from './features.ts'
import { normalise } from './normalise.ts'
import { isExaggeration, isInjection, isPrivacy, matchAnswer, matchDanger } from './rules.ts'
import { weighOpinions } from './second-opinion.ts'
import { segmentText, type Piece } from './segment.ts'
import { findSlots, findTopic } from './slots.ts'
import type { Classifier, Models } from './train.ts'
import type { IntentScore, Segment, Slots, Understanding, UnderstandContext } from './types.ts'

/** Below this the bot asks rather than guesses. */
export const SURE = 0.4
const TOP = 4
/** A department or intent is judged on this much of a text. */
const DEPARTMENT_CHARACTERS = 1200

/**
 * Understands one message. Any input gives a result.
 * @param opinions what the meaning of a segment says, by its text; weighed with what its words say
 */
export function understandText(
  raw: string,
  context: UnderstandContext,
  models: Models,
  opinions?: ReadonlyMap<string, Float32Array>,
): Understanding {
  const text = normalise(raw)
  if (!/[\p{L}\p{N}]/u.test(text)) return nothing(text)
  const answer = matchAnswer(text, context.expecting)
  if (answer) {
    const slots: Slots = answer.choice === undefined ? {} : { choice: answer.choice }
    const intent = { code: answer.code, confidence: answer.confidence }
    return {
      text,
      intents: [intent],
      segments: [{ text, intent, slots }],
      slots,
      sure: true,
      danger: false,
      byRule: true,
    }
  }
  const exaggerated = isExaggeration(text)
  const pieces = segmentText(shorten(text), {
    features: extractFeatures,
    probabilities: (features) =>
      exaggerated ? without('urgent.safety', models.intents, features) : models.intents.model.probabilities(features),
    code: (label) => models.intents.codes[label]!,
    topic: findTopic,
  })
  if (opinions) for (const piece of pieces) weigh(piece, opinions.get(piece.text))
  const slots = findSlots(shorten(text), context.vocabulary, context.now)
  const segments = pieces.map((piece): Segment => {
    const intent = { code: models.intents.codes[piece.best]!, confidence: piece.probabilities[piece.best]! }
    return {
      text: piece.text,
      intent,
      slots: pieces.length === 1 ? slots : findSlots(piece.text, context.vocabulary, context.now),
    }
  })
  carryOver(segments)
  const intents = rank(pieces, models.intents)
  const result: Understanding = {
    text,
    intents,
    segments,
    slots,
    sure: intents[0]!.confidence >= SURE,
    danger: false,
  }
  applyRules(result)
  if (isFollowUp(text)) result.followUp = true
  return result
}

/** The departments responsible for a petition's text, best first. */
export function rankDepartments(raw: string, departments: Classifier | null): IntentScore[] {
  const text = normalise(raw).slice(0, DEPARTMENT_CHARACTERS)
  if (!departments || text === '') return []
  const probabilities = departments.model.probabilities(extractFeatures(text, 'department'))
  return topOf(probabilities, departments.codes)
}

function weigh(piece: Piece, opinion: Float32Array | undefined): void {
  if (!opinion) return
  piece.probabilities = weighOpinions(piece.probabilities, opinion)
  piece.best = piece.probabilities.indexOf(Math.max(...piece.probabilities))
}

/** Of a long story its beginning and its end: there is the point. */
function shorten(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 600)}\n${text.slice(-400)}` : text
}

/** Probabilities when one intent is ruled out. */
function without(code: string, { model, codes }: Classifier, features: Features): Float32Array {
  const out = model.probabilities(features)
  const ruledOut = codes.indexOf(code)
  if (ruledOut < 0) return out
  const rest = 1 - out[ruledOut]! + 1e-6
  return out.map((value, label) => (label === ruledOut ? 0 : value / rest))
}

function nothing(text: string): Understanding {
  const intent = { code: 'talk.other', confidence: 1 }
  return {
    text,
    intents: [intent],
    segments: [{ text, intent, slots: {} }],
    slots: {},
    sure: true,
    danger: false,
    byRule: true,
  }
}

/** The likeliest few, best first. */
function topOf(probabilities: Float32Array, codes: string[]): IntentScore[] {
  const top: IntentScore[] = []
  for (const [label, confidence] of probabilities.entries()) {
    if (top.length === TOP && confidence <= top[TOP - 1]!.confidence) continue
    let at = top.length
    while (at > 0 && top[at - 1]!.confidence < confidence) at--
    top.splice(at, 0, { code: codes[label]!, confidence })
    top.length = Math.min(top.length, TOP)
  }
  return top
}

/** 去年修路花了多少?路灯呢?: a later question without a time or a village has those of the one before. */
function carryOver(segments: Segment[]): void {
  for (const [i, segment] of segments.entries()) {
    const before = segments[i - 1]
    if (!before || !segment.intent.code.startsWith('ask.') || !before.intent.code.startsWith('ask.')) continue
    if (!segment.slots.period && before.slots.period) segment.slots.period = before.slots.period
    if (!segment.slots.village && before.slots.village) segment.slots.village = before.slots.village
  }
}

/** One piece: its own ranking. Several: each piece's best, the surest first, then what the whole could be besides. */
function rank(pieces: Piece[], { codes }: Classifier): IntentScore[] {
  if (pieces.length === 1) return topOf(pieces[0]!.probabilities, codes)
  const best = new Map<string, number>()
  for (const piece of pieces) {
    const code = codes[piece.best]!
    best.set(code, Math.max(best.get(code) ?? 0, piece.probabilities[piece.best]!))
  }
  return [...best]
    .map(([code, confidence]) => ({ code, confidence }))
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, TOP)
}

/** Danger outranks all; attempts to steer the bot and to learn others' data are refused whatever else is in the message. */
function applyRules(result: Understanding): void {
  const danger = matchDanger(result.text)
  const believed = Math.max(
    0,
    ...result.intents.filter(({ code }) => code === 'urgent.safety').map(({ confidence }) => confidence),
  )
  result.danger = danger === 'plain' || (danger === 'distant' && believed > 0.3) || believed > 0.6
  if (result.danger) return promote(result, 'urgent.safety', Math.max(believed, danger === 'plain' ? 0.9 : 0.6))
  // A receipt code by itself asks how far the case is.
  if (result.slots.caseCode && !/[\p{L}\p{N}]/u.test(result.text.replace(receiptCode, '')))
    return promote(result, 'ask.case-status', 0.95)
  if (isInjection(result.text)) return promote(result, 'refuse.injection', 0.95)
  // 张家庄和石桥谁花得多 names villages in order to compare them, not to say where one lives.
  const [best] = result.intents
  if (best?.code === 'talk.bind' && (result.slots.villages?.length ?? 0) > 1) {
    const asked = result.intents.find(({ code }) => code.startsWith('ask.'))
    return promote(result, asked?.code ?? 'ask.finance', Math.max(asked?.confidence ?? 0, SURE))
  }
  const accuses = result.intents.some(({ code, confidence }) => code === 'report.tip' && confidence > 0.25)
  if (!accuses && isPrivacy(result.text)) promote(result, 'refuse.privacy', 0.9)
}

function promote(result: Understanding, code: string, confidence: number): void {
  const intent = { code, confidence }
  result.intents = [intent, ...result.intents.filter((other) => other.code !== code)].slice(0, TOP)
  const others = result.segments.filter((segment) => segment.intent.code !== code && segment.intent.confidence >= 0.7)
  result.segments =
    code === 'urgent.safety' && result.segments.length > 1
      ? [{ text: result.text, intent, slots: result.slots }, ...others]
      : [{ text: result.text, intent, slots: result.slots }]
  result.sure = true
  result.byRule = true
}

const difference =
  /^(?:那|那么|哪)?(?:要是)?.{0,12}的?(?:呢|咋样|怎么样|多少)[?]?$|^(?:为啥|为什么|咋|怎么|凭啥)(?:会)?(?:这么|恁么?|那么)(?:多|少|贵|慢|高|低)|^(?:那|这)(?:个|些|笔|项)(?:钱|账|合同|工程|项目|事|人)?.{0,12}$|^(?:明细|看明细|要明细|详细(?:点|的)?|再多?(?:点|说说|来点)|更多|还有(?:呢|吗|没)?|接着说|继续|下一页)[?]?$/u

/** Short and leaning on what was said before. */
function isFollowUp(text: string): boolean {
  return text.length <= 16 && difference.test(text)
}
