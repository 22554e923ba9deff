/** What no figure answers but a record says in words: the sentence, quoted, with its record. */
import type { Answer, AskDeps, Question } from '../answers/answer.ts'
import type { Catalogue } from '../catalogue.ts'
import { citeRecords } from '../answers/cite.ts'
import { contentWords } from '../answers/content-words.ts'
import { asksMeasure, missingWords } from '../answers/fit.ts'
import { clip } from '../format.ts'
import { passageReplies as say } from './replies.ts'

const LOOKED_AT = 30
const QUOTED = 3
/** Share of the question's words, by weight, that a sentence must hold besides what is named. */
const ENOUGH = 0.4
const MONEY = /多少钱|花了?多少|几块|付了?多少|各花|收了?多少|[补拨][了多给]*少/

/**
 * The passages that hold all that is asked for, of the village first, then of the township's lists.
 * @returns null when none does: a sentence that holds only half of the words is about something else
 */
export async function answerFromPassages(question: Question, deps: AskDeps): Promise<Answer | null> {
  return (await quoteFrom(question, question.names, deps)) ?? quoteFrom(question, question.township, deps)
}

async function quoteFrom(question: Question, catalogue: Catalogue, { passages }: AskDeps): Promise<Answer | null> {
  const { memory, village } = question
  // 换了多少块 after an answer about 换水表 is about that.
  const text = memory?.about ? `${memory.about} ${question.text}` : question.text
  const words = contentWords(text)
  const measure = asksMeasure(question.text)
  // One word in common is a coincidence, unless a number of just these things is asked for.
  if (words.length < (measure ? 1 : 2)) return null
  const money = MONEY.test(question.text)
  const number = /多少|几/.test(question.text)
  const found = await passages.search(catalogue, text, LOOKED_AT)
  const whole = found.filter(
    (passage) =>
      missingWords(words, `${passage.names} ${passage.text}`).length === 0 &&
      (passage.coverage >= ENOUGH || passage.record.recordId === memory?.recordId) &&
      (measure === null || measure.test(passage.text)) &&
      (!money || /\d元/.test(passage.text)) &&
      (!number || /\d/.test(passage.text)) &&
      // Its name alone says nothing new.
      (measure !== null || number || missingWords(words, passage.names).length > 0),
  )
  const [best] = whole
  if (!best) return null
  const together = whole.filter(({ record }) => record.recordId === best.record.recordId).slice(0, QUOTED)
  return {
    lead: say.quoted(best.title, clip(best.text, 200)),
    lines: together.slice(1).map(({ text: said }) => clip(said, 120)),
    card: { title: best.title },
    cites: [citeRecords(say.source(village.name, best.title), catalogue, [best.record])],
    memory: { asker: 'passage', recordId: best.record.recordId, about: best.title },
  }
}
