/** Splits a message into the things that it asks or says, without splitting one story into ten. */
import type { Features } from './features.ts'

/** A stretch of the message with the probabilities of the intents, by class. */
export interface Piece {
  text: string
  probabilities: Float32Array
  best: number
}

/** What the splitter must know of the intents. */
export interface SegmentRules {
  features(text: string): Features
  probabilities(features: Features): Float32Array
  /** Code of a class. */
  code(label: number): string
  /** What a clause is about; empty when it has no subject of its own (多少钱一年). */
  topic(text: string): string
}

const strongBreak = /(?<=[。!?;\n])/u
const opening =
  '(?:另外|还有(?!多少|几|没|啥|什么|谁|哪)|顺便|对了|再问|还想问|再一个|第二个?事|第[二三](?:件|个)(?:事|问题)|同时问|再就是|还问|再说)'
const weakBreak = new RegExp(`(?<=[,、~…])|(?<=[\\u4e00-\\u9fa5]) (?=[\\u4e00-\\u9fa5])|(?=${opening})`, 'u')
const opensAnother = new RegExp(`^${opening}`, 'u')
/** Asks for something that can be told: not 凭啥, 谁管管, 找谁说理, 怎么活. */
const asks =
  /多少|几[个户亩家点号天年岁口名块]|(?:啥|什么)(?!都)|何时|哪天|哪[里儿个家位些]|到哪|在哪|去哪|谁|怎么(?:办|弄|申请|走|交|算|补|查|样)|咋(?:办|弄|申请|走|交|算|补|查|样|定|批)|有没有|是不是|能不能|可不可以|在不在|多[大长久]|[吗呢][?]?$|了(?:没|没有|不)[?]?$|[?]$/u
const rhetorical =
  /凭(?:啥|什么)|谁(?:来)?管(?:管)?|谁说理|找谁(?:去|说|诉)|(?:咋|怎么)(?:活|过|能|可能|还|就|这么)|有没有(?:王法|天理|人管)|管不管|良心|像话|哪来的钱|算什么|还有(?:没有)?(?:王法|天理)|是不是人|谁知道/u
/** Longest message that is split, in clauses; a longer one has its clauses joined to this many. */
const MOST_CLAUSES = 12
const isTold =
  /^(?:report\.(?:tip|petition|dispute|suggestion|disclosure)|urgent|participate\.(?:visit|objection)|clearance|case\.)/u
/** Asides that go with anything; the others of talk.* ask for something. */
const small = /^talk\.(?!bind|human|stop|help)/u

/** Clauses of a text at punctuation and at words that begin something new; scraps stay with their neighbour. */
export function splitClauses(text: string): string[] {
  const clauses: string[] = []
  for (const sentence of text.split(strongBreak)) {
    for (const part of sentence.split(weakBreak)) {
      const clause = part.trim()
      if (clause === '') continue
      const before = clauses.at(-1)
      if (before !== undefined && (letters(clause) < 3 || letters(before) < 3))
        clauses[clauses.length - 1] = before + clause
      else clauses.push(clause)
    }
  }
  if (clauses.length <= MOST_CLAUSES) return clauses
  const size = Math.ceil(clauses.length / MOST_CLAUSES)
  return Array.from({ length: Math.ceil(clauses.length / size) }, (_, i) =>
    clauses.slice(i * size, (i + 1) * size).join(''),
  )
}

const letters = (text: string): number => text.replace(/[^\p{L}\p{N}]+/gu, '').length

/** One piece for each thing asked or said, in the order of the text; at least one. */
export function segmentText(text: string, rules: SegmentRules): Piece[] {
  const whole = judge(text, rules)
  const clauses = splitClauses(text)
  if (clauses.length < 2) return [whole]
  const groups: Group[] = []
  for (const clause of clauses) {
    const piece = judge(clause, rules)
    const group = groups.at(-1)
    const anchor = isAnchor(piece, rules) ? piece : null
    if (!group || (anchor && group.anchor && isAnother(group, anchor, rules))) groups.push({ texts: [clause], anchor })
    else {
      group.texts.push(clause)
      if (anchor && (!group.anchor || sureness(anchor) > sureness(group.anchor))) group.anchor = anchor
    }
  }
  if (groups.length < 2) return [whole]
  return settle(groups, whole, rules)
}

interface Group {
  texts: string[]
  /** The clause that says what the group is. */
  anchor: Piece | null
}

function judge(text: string, rules: SegmentRules): Piece {
  const probabilities = rules.probabilities(rules.features(text))
  let best = 0
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[best]!) best = c
  return { text, probabilities, best }
}

const sureness = (piece: Piece): number => piece.probabilities[piece.best]!

function isAnchor(piece: Piece, rules: SegmentRules): boolean {
  return sureness(piece) >= 0.6 && !small.test(rules.code(piece.best))
}

/** Is this clause a thing of its own, next to the group before it? */
function isAnother(group: Group, clause: Piece, rules: SegmentRules): boolean {
  const [before, after] = [rules.code(group.anchor!.best), rules.code(clause.best)]
  const question = asks.test(clause.text) && !rhetorical.test(clause.text)
  if (before === after) {
    if (!question || isTold.test(after) || !asks.test(group.texts.join(','))) return false
    const topic = rules.topic(clause.text)
    return topic !== '' && topic !== rules.topic(group.texts.join(','))
  }
  if (opensAnother.test(clause.text)) return true
  if (isTold.test(after)) {
    if (rhetorical.test(group.texts.join(','))) return false
    // Two told things in one breath are kept apart only when both are plain; the parts of one story are not.
    if (isTold.test(before))
      return group.texts.length <= 2 && sureness(clause) >= 0.9 && sureness(group.anchor!) >= 0.85
    return sureness(clause) >= 0.75
  }
  if (after.startsWith('talk.')) return sureness(clause) >= 0.75
  if (!question) return false
  if (isTold.test(before)) return sureness(clause) >= 0.75
  return rules.topic(clause.text) !== ''
}

/** Judges each group as a whole; groups that turn out to be the same told thing, or nothing, are joined again. */
function settle(groups: Group[], whole: Piece, rules: SegmentRules): Piece[] {
  const pieces: Piece[] = []
  for (const group of groups) {
    const text = group.texts.join('')
    const judged = group.texts.length === 1 && group.anchor ? group.anchor : judge(text, rules)
    const piece = group.anchor && sureness(group.anchor) > sureness(judged) ? { ...group.anchor, text } : judged
    const code = rules.code(piece.best)
    const same = pieces.find((other) => rules.code(other.best) === code && isTold.test(code))
    if (same) same.text = `${same.text}${piece.text}`
    else if (!small.test(code) && sureness(piece) >= 0.5) pieces.push({ ...piece })
  }
  // Who one is belongs to what one reports.
  const told = pieces.some((piece) => isTold.test(rules.code(piece.best)))
  const kept = told ? pieces.filter((piece) => rules.code(piece.best) !== 'talk.bind') : pieces
  return kept.length < 2 ? [whole] : kept
}
