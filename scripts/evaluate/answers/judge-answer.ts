/** Is an answer what was asked for, an honest “not published”, or wrong? */
import type { Response } from '../../../src/conversation/index.ts'
import type { AnswerCase } from './read-answers.ts'

export type Verdict = 'right' | 'declined' | 'wrong'

export interface Judged {
  verdict: Verdict
  /** An amount is given, and not the one that is right. */
  wrongFigure: boolean
  answer: string
  intent: string
  confidence: number
  why: string
}

/** Full-width signs, thousands marks, spaces and trailing zeros make no difference. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/(\.\d*?)0+(?=\D|$)/g, '$1')
    .replaceAll(/\.(?=\D|$)/g, '')
    .replaceAll(/[\s“”"'《》]/g, '')
    .toLowerCase()

/** “a|b”: either will do. A figure counts only as a whole: 160 is not in 10160. */
const holds = (answer: string, wanted: string): boolean =>
  wanted.split('|').some((one) => {
    const looked = plain(one)
    return /^\d[\d.]*$/.test(looked)
      ? new RegExp(`(?<![\\d.])${looked.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`).test(answer)
      : answer.includes(looked)
  })

const AMOUNT = /\d[\d.]*(?:万|亿)?元/

export function judgeAnswer(wanted: AnswerCase, response: Response): Judged {
  const said = response.replies.map(({ text }) => text).join('\n')
  const answer = plain(said)
  const first = response.outcomes[0]
  const refused = response.outcomes.every(
    ({ outcome, intent }) => outcome.unanswered !== undefined || !intent.startsWith('ask.'),
  )
  const declined = response.unanswered.length > 0 || refused
  const missing = wanted.mustContain.filter((one) => !holds(answer, one))
  const forbidden = wanted.mustNot.filter((one) => holds(answer, one))
  const sources = response.replies.flatMap(({ card }) => card?.sources ?? [])
  const records = response.outcomes.flatMap(({ outcome }) => outcome.trace?.recordIds ?? [])
  const cited =
    wanted.cites.length === 0 ||
    wanted.cites.some(
      (one) =>
        records.some((id) => id.includes(one)) ||
        sources.some(({ title, url }) => title.includes(one) || (url ?? '').includes(one)),
    )
  const base = {
    answer: said,
    intent: first?.intent ?? response.understanding?.intents[0]?.code ?? 'none',
    confidence: first?.confidence ?? response.understanding?.intents[0]?.confidence ?? 0,
    wrongFigure: false,
  }
  if (wanted.decline) {
    const right = declined && forbidden.length === 0
    return {
      ...base,
      verdict: right ? 'right' : 'wrong',
      wrongFigure: !declined && AMOUNT.test(answer),
      why: right ? '' : forbidden.length > 0 ? `holds ${forbidden.join(', ')}` : 'does not decline',
    }
  }
  if (missing.length === 0 && forbidden.length === 0 && cited) return { ...base, verdict: 'right', why: '' }
  if (declined && forbidden.length === 0) return { ...base, verdict: 'declined', why: 'declines' }
  return {
    ...base,
    verdict: 'wrong',
    wrongFigure: missing.some((one) => /\d/.test(one)) && AMOUNT.test(answer),
    why: [
      ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
      ...(forbidden.length > 0 ? [`holds ${forbidden.join(', ')}`] : []),
      ...(cited ? [] : [`does not cite ${wanted.cites.join(', ')}`]),
    ].join('; '),
  }
}
