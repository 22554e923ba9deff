/** Which kind of case a text is, when it has to be told from the words alone. */
import type { Understanding } from '../../conversation/index.ts'
import type { CaseKind } from '../schema.ts'

/** Intents that open a case. */
export const KIND_OF_INTENT: Readonly<Record<string, CaseKind>> = {
  'report.tip': 'tip',
  'report.petition': 'petition',
  'report.suggestion': 'suggestion',
  // 这事我不同意: an opinion on what is being decided, for who decides it.
  'participate.objection': 'suggestion',
  'report.dispute': 'dispute',
  'report.disclosure': 'disclosure',
  'participate.visit': 'help',
  'talk.human': 'help',
}

/** The kind that an intent, or the intent above it, opens; null when it opens none. */
export function kindOfIntent(code: string): CaseKind | null {
  for (let at = code; at; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const kind = KIND_OF_INTENT[at]
    if (kind) return kind
  }
  return null
}

/**
 * @param accuses the words accuse an official of misconduct
 * @returns null when it is no report: a question, small talk
 */
export function reportKind(
  understanding: Pick<Understanding, 'intents' | 'segments'>,
  accuses: boolean,
): CaseKind | null {
  const segments = understanding.segments.map(({ intent }) => intent)
  // A tip within a longer text makes it one: it must not go where a grievance goes.
  if (accuses || segments.some(({ code, confidence }) => kindOfIntent(code) === 'tip' && confidence >= 0.5))
    return 'tip'
  const best = understanding.intents[0]
  const kind = best && kindOfIntent(best.code)
  return kind ?? segments.map(({ code }) => kindOfIntent(code)).find((one) => one !== null) ?? null
}
