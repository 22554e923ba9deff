/** A case that questions a published figure: the answer that was given, and the records it rests on, as they stood then. */
import type { AnsweredFigure } from '../conversation/index.ts'
import type { CaseContext } from './context.ts'
import type { QuestionedAnswer } from './model.ts'

/** What goes into the case with the villager's words. */
export async function attachQuestioned(
  context: Pick<CaseContext, 'questioned'>,
  answered: AnsweredFigure,
): Promise<QuestionedAnswer> {
  const { question, answer } = answered
  const records = await context.questioned?.(answered)
  return { question, answer, lines: records?.lines ?? [], publications: records?.publications ?? [] }
}

type Questioned = Pick<AnsweredFigure, 'question' | 'recordIds'> | Pick<QuestionedAnswer, 'question' | 'lines'>

const idsOf = (one: Questioned): readonly string[] =>
  'recordIds' in one ? one.recordIds : one.lines.map(({ recordId }) => recordId)

/**
 * “这账不对” is said of any figure: what tells two such cases apart is the records.
 * @returns null when neither questions a figure: then the words decide
 */
export function sameQuestioned(a: Questioned | undefined, b: Questioned | undefined): boolean | null {
  if (!a && !b) return null
  if (!a || !b) return false
  const known = new Set(idsOf(a))
  // That nothing was found rests on no record.
  return known.size === 0 ? a.question === b.question : idsOf(b).some((id) => known.has(id))
}
