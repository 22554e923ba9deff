/** Party affairs and education: entries by topic, the latest of the period asked for. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import { clip } from '../format.ts'
import type { StoredRecord } from '../records.ts'
import { termsOf } from '../documents/search.ts'
import { affairsReplies as say } from './replies.ts'

const PARTY =
  /(党员|党费|支部|入党|党课|三会一课|主题党日|预备党员|积极分子|党建|党组织|党务|民主评议|组织生活|承诺|述职|践诺|许诺)/
const EDUCATION = /(警示|教育片|廉政|道德讲堂|家风|家训|普法|法治讲座|讲座|好媳妇|好婆婆|孝善|文明家庭)/

export const partyAsker: Asker = {
  name: 'party',
  claims: ({ text }) => (PARTY.test(text) || EDUCATION.test(text) ? 3 : 0),
  async answer(question) {
    const { text, names, village, intent, period } = question
    const all = names.of('party')
    if (!PARTY.test(text) && !EDUCATION.test(text) && !/^(ask\.(party|education)|participate\.commitment)/.test(intent))
      return null
    if (all.length === 0) return { lead: say.noParty(village.name), cites: [], unanswered: { reason: 'not-published' } }
    const inPeriod = period ? all.filter((record) => isOf(record, period)) : all
    if (period && inPeriod.length === 0)
      return {
        lead: say.noPartyIn(village.name, period.label),
        cites: [citeRecords(say.partyTitle(village.name), names, all.slice(0, 1), `/v/${village.id}/party`)],
        unanswered: { reason: 'not-published' },
        memory: { asker: 'party' },
      }
    const ranked = rank(text, inPeriod)
    if (ranked.length === 0)
      return /^(ask\.(party|education)|participate\.commitment)/.test(intent) || PARTY.test(text)
        ? listTopics(question)
        : null
    const shown = ranked.slice(0, 3)
    return {
      lead: clip(say.entry(shown[0]!.data), 300),
      lines: shown.slice(1).map(({ data }) => clip(say.entry(data), 160)),
      short: say.entry(shown[0]!.data),
      card: {
        title: shown[0]!.data.title,
        rows: shown[0]!.data.items.slice(0, 8).map(({ label, value }) => ({ label, value: clip(value, 60) })),
      },
      cites: [citeRecords(say.partyTitle(village.name), names, shown)],
      memory: { asker: 'party', recordId: shown[0]!.recordId },
    }
  },
}

/** By its own date; what has none, by the year or month that its title or words name. */
function isOf({ data }: StoredRecord<'party'>, { from, to }: { from: string; to: string }): boolean {
  const months = from.slice(0, 7) === to.slice(0, 7)
  const named = months
    ? `${from.slice(0, 4)}年${Number(from.slice(5, 7))}月`
    : from.slice(0, 4) === to.slice(0, 4)
      ? `${from.slice(0, 4)}年`
      : null
  return (
    (data.date !== '' && data.date >= from && data.date <= to) ||
    (named !== null && (data.title.includes(named) || (data.date === '' && data.text.includes(named))))
  )
}

const COMMON = /(今年|去年|多少|几个|什么|村里|时候|哪里|我们|俺村)/

function rank(text: string, records: readonly StoredRecord<'party'>[]): StoredRecord<'party'>[] {
  const asked = [...new Set(termsOf(text))].filter((term) => !COMMON.test(term))
  return records
    .map((record) => ({
      record,
      score: asked.reduce(
        // A name or a whole word says more than two letters that stand together by chance.
        (sum, term) =>
          sum + (record.data.title.includes(term) ? 3 : record.text.includes(term) ? (term.length > 2 ? 4 : 1) : 0),
        0,
      ),
    }))
    .filter(({ score }) => score >= 1)
    .sort((a, b) => b.score - a.score || b.record.date.localeCompare(a.record.date))
    .filter(({ score }, _index, [best]) => score >= (best?.score ?? 0) * 0.7)
    .map(({ record }) => record)
}

function listTopics({ village, names }: Question): Answer {
  const all = names.of('party')
  const titles = [...new Set(all.map(({ data }) => data.title.split(':')[0] ?? data.title))]
  return {
    lead: say.party(village.name),
    lines: titles.slice(0, 12).map(say.partyItem),
    short: `${say.party(village.name)}${titles.join('、')}`,
    cites: [citeRecords(say.partyTitle(village.name), names, all, `/v/${village.id}/party`)],
    memory: { asker: 'party' },
  }
}
