/** Splits a message into the things that it asks or says, without splitting one story into ten. */
import type { Features } from './features.ts'

/** A stretch of the message with the probabilities of the intents. */
export interface Piece {
  text: string
  /** By class. */
  probabilities: Float32Array
  best: number
}

/** What the splitter must know of the intents. */
export interface SegmentRules {
  features(text: string): Features
  probabilities(features: Features): Float32Array
  /** Code of a class. */
  code(label: number): string
}

const strongBreak = /(?<=[。!?;\n])/u
const weakBreak =
  /(?<=[,、~…])|(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5])|(?=(?:另外|还有(?!多少|几|没|啥|什么)|顺便|对了|再问|还想问|再一个|第二个?事|第[二三](?:件|个)(?:事|问题)|同时问|再就是|还问))/u
const asks = /[?吗呢]|多少|几|啥|咋|怎么|什么|哪|谁|没有$|了没|不$|为何|凭/u
/** Longest message that is split, in clauses; beyond it the clauses are joined to this many. */
const MOST_CLAUSES = 10
/** What a further segment costs, in log probability: two things must be clearly better than one. */
const SPLIT_COST = 0.9
const story = /^(?:report\.(?:tip|petition|dispute)|urgent|participate\.visit|clearance)/u
const small = /^talk\./u

/** Clauses of a text at punctuation and at words that begin something new; short scraps stay with their neighbour. */
export function splitClauses(text: string): string[] {
  const clauses: string[] = []
  for (const sentence of text.split(strongBreak)) {
    for (const part of sentence.split(weakBreak)) {
      const clause = part.trim()
      if (clause === '') continue
      const letters = clause.replace(/[^\p{L}\p{N}]+/gu, '').length
      const before = clauses.at(-1)
      if (before !== undefined && (letters < 3 || before.replace(/[^\p{L}\p{N}]+/gu, '').length < 3))
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

/** The best division of a text into pieces, one for each thing asked or said. */
export function segmentText(text: string, rules: SegmentRules): Piece[] {
  const whole = judge(text, rules)
  const clauses = splitClauses(text)
  if (clauses.length < 2) return [whole]
  const count = clauses.length
  const best: { score: number; from: number; piece: Piece | null }[] = [{ score: 0, from: 0, piece: null }]
  for (let to = 1; to <= count; to++) {
    let chosen = { score: -Infinity, from: 0, piece: whole }
    for (let from = 0; from < to; from++) {
      const piece = from === 0 && to === count ? whole : judge(clauses.slice(from, to).join(''), rules)
      const certainty = piece.probabilities[piece.best]!
      const score = best[from]!.score + Math.log(certainty + 1e-6) - SPLIT_COST
      if (score > chosen.score) chosen = { score, from, piece }
    }
    best.push(chosen)
  }
  const pieces: Piece[] = []
  for (let at = count; at > 0; at = best[at]!.from) pieces.unshift(best[at]!.piece!)
  return tidy(pieces, whole, rules)
}

function judge(text: string, rules: SegmentRules): Piece {
  const probabilities = rules.probabilities(rules.features(text))
  let best = 0
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[best]!) best = c
  return { text, probabilities, best }
}

/** Joins what belongs together: greetings to what follows, a story to itself, doubtful pieces to the whole. */
function tidy(pieces: Piece[], whole: Piece, rules: SegmentRules): Piece[] {
  const codeOf = (piece: Piece): string => rules.code(piece.best)
  const sure = (piece: Piece): number => piece.probabilities[piece.best]!
  let kept = pieces.filter((piece) => !small.test(codeOf(piece)) || pieces.every((other) => small.test(codeOf(other))))
  if (kept.length > 1 && kept.every((piece) => small.test(codeOf(piece)))) return [whole]
  kept = kept.filter((piece) => sure(piece) >= 0.5 || kept.length === 1)
  if (kept.length === 0) return [whole]
  const out: Piece[] = []
  for (const piece of kept) {
    const before = out.at(-1)
    const question = asks.test(piece.text)
    const sameStory =
      before !== undefined &&
      codeOf(before) === codeOf(piece) &&
      (story.test(codeOf(piece)) || !question || !asks.test(before.text))
    if (before && sameStory) out[out.length - 1] = judge(`${before.text},${piece.text}`, rules)
    else out.push(piece)
  }
  // A story's details are no things of their own unless they ask something.
  const main = out.find((piece) => story.test(codeOf(piece)))
  const result = main
    ? out.filter(
        (piece) =>
          piece === main ||
          (codeOf(piece) !== codeOf(main) && (asks.test(piece.text) ? sure(piece) > 0.7 : sure(piece) > 0.85)),
      )
    : out
  if (result.length === 1) return [result[0]!.best === whole.best ? whole : { ...result[0]!, text: result[0]!.text }]
  return result
}
