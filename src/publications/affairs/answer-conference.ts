/** The press conference: when the next one is, and what was said at earlier ones. */
import type { Asker } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { contentWords } from '../answers/content-words.ts'
import { termsOf } from '../documents/search.ts'
import { leftOver } from '../answers/content-words.ts'
import { affairsReplies as say } from './replies.ts'

const WORDS = /(发布会|问政|通报会)/
const OWN_WORDS =
  /(村情|新闻|记者|发布会|问政|通报会|上回|上次|这季度|本季度|季度|下次|下回|说没说|说了|讲了|提没提|提到|定在|召开|举行|开始|开会|开)/g

export const conferenceAsker: Asker = {
  name: 'conference',
  claims: ({ text }) => (WORDS.test(text) ? 4 : 0),
  async answer(question) {
    const { text, names, village, today, intent, period } = question
    const kept = question.memory?.asker === 'conference'
    if (!WORDS.test(text) && !kept && !intent.startsWith('ask.conference')) return null
    const all = names.of('conference')
    const held = all.filter(({ data }) => data.state === 'held')
    const next = all.find(({ data }) => data.state === 'planned' && data.date >= today)
    const topic = leftOver(text.replaceAll(OWN_WORDS, ' '))
    const title = say.conferenceTitle(village.name)
    const titleOf = (record: (typeof all)[number]): string => record.data.title || title
    if (
      topic !== '' &&
      held.length > 0 &&
      !/(下次|下回|哪天|几号)/.test(text) &&
      (!/(啥时候|什么时候)/.test(text) || contentWords(topic).length > 0)
    ) {
      const asked = new Set(topic.split(' ').flatMap(termsOf))
      const hits = held
        .flatMap((record) =>
          record.data.answers.map((answer) => ({
            record,
            answer,
            score: [...asked].filter((term) => `${answer.question}${answer.answer}`.includes(term)).length,
          })),
        )
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || b.record.date.localeCompare(a.record.date))
      const [hit] = hits
      if (!hit)
        return {
          lead: say.notSaid(topic),
          hint: say.askNext,
          cites: [citeRecords(title, names, held)],
          unanswered: { reason: 'not-found', topic },
          memory: { asker: 'conference' },
        }
      return {
        lead: say.said(hit.record.date, hit.answer.question, hit.answer.answer, hit.answer.by),
        cites: [citeRecords(titleOf(hit.record), names, [hit.record])],
        memory: { asker: 'conference', recordId: hit.record.recordId },
        card: { title },
      }
    }
    // A conference of some time past is asked for by its time, not answered with the next one.
    if (period && period.from <= today && !/(下次|下回|下一)/.test(text) && !(next && next.data.date <= period.to)) {
      const ofThen = held.filter(({ date }) => date >= period.from && date <= period.to)
      return {
        lead: ofThen[0] ? say.heldIn(ofThen[0].data) : say.noneIn(village.name, period.label),
        lines: ofThen.flatMap(({ data }) => data.answers.slice(0, 6).map(({ question: q }) => say.asked(q))),
        cites: ofThen.map((record) => citeRecords(titleOf(record), names, [record])),
        card: { title },
        memory: { asker: 'conference' },
        ...(ofThen.length === 0 && { unanswered: { reason: 'not-published' as const } }),
      }
    }
    const last = held.at(-1)
    if (/(上回|上次|上季度|上一次)/.test(text) && last) {
      return {
        lead: say.last(last.data),
        lines: last.data.answers.slice(0, 6).map(({ question: q }) => say.asked(q)),
        cites: [citeRecords(titleOf(last), names, [last])],
        card: { title },
        memory: { asker: 'conference' },
      }
    }
    if (next) {
      return {
        lead: say.next(next.data),
        lines: next.data.agenda.length > 0 ? [say.agenda(next.data.agenda)] : [],
        hint: say.askNext,
        cites: [citeRecords(titleOf(next), names, [next])],
        card: { title, figure: next.data.date },
        memory: { asker: 'conference' },
      }
    }
    return {
      lead: say.noNext(village.name),
      lines: last ? [say.last(last.data)] : [],
      cites: last ? [citeRecords(title, names, [last])] : [],
      unanswered: { reason: 'not-published' },
      memory: { asker: 'conference' },
    }
  },
}
