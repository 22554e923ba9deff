/** What was decided, when, by which meeting and with how many votes. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { contentWords } from '../answers/content-words.ts'
import { citeRecords } from '../answers/cite.ts'
import { matchNames, sharedLength } from '../answers/match-names.ts'
import { clip } from '../format.ts'
import { leftOver } from '../answers/content-words.ts'
import type { StoredRecord } from '../records.ts'
import { affairsReplies as say } from './replies.ts'

const WORDS =
  /(决议|表决|举手|投票|几票|多少票|票数|赞成|反对|弃权|村民会|代表会|村民大会|开会定|怎么定|咋定|谁定|通过|一事一议|换届|选举|村规民约|开了什么会|开啥会|开过什么会|四议两公开)/

export const resolutionAsker: Asker = {
  name: 'resolution',
  claims: ({ text }) => (WORDS.test(text) ? 3 : 0),
  async answer(question) {
    const { text, names, village, memory, intent, period } = question
    const all = names.of('resolution')
    const asked = intent.startsWith('ask.affairs') || WORDS.test(text)
    if (!asked) return null
    const record =
      find(question) ??
      (memory?.asker === 'resolution' ? all.find(({ recordId }) => recordId === memory.recordId) : undefined)
    if (record) return answerResolution(question, record)
    if (leftOver(text.replace(WORDS, ' ')) !== '' && !/(哪些|啥|什么|几个|几次|列|都)/.test(text)) return null
    const within = period ? all.filter(({ date }) => date >= period.from && date <= period.to) : all
    if (within.length === 0)
      return {
        lead: say.noResolution(village.name, period?.label ?? ''),
        cites: [],
        unanswered: { reason: 'not-published' },
      }
    const latest = [...within].reverse()
    return {
      lead: say.resolutions(village.name, period?.label ?? '', within.length),
      lines: latest.slice(0, 8).map(({ data }) => say.listed(data)),
      card: {
        title: say.resolutionsTitle(village.name),
        figure: String(within.length),
        rows: latest.slice(0, 8).map(({ data }) => ({ label: data.date, value: data.topic })),
      },
      cites: [citeRecords(say.resolutionsTitle(village.name), names, latest, `/v/${village.id}/resolutions`)],
      memory: { asker: 'resolution' },
      figures: { resolutions: within.length },
    }
  },
}

const MEETING = /(那个|这个)?(村民代表|代表|村民)?(大?会议?|表决|决议)上?|赞成|反对|弃权|应到|实到/g

/** By its topic; else through the project it was about. */
function find({ text, names, slots }: Question): StoredRecord<'resolution'> | undefined {
  const all = names.of('resolution')
  const subject = leftOver(
    text.replaceAll(
      /(决议|表决|举手|投票|票|赞成|反对|弃权|村民会议?|代表会议?|村民大会|开会|通过|会上|怎么定|咋定|定)/g,
      ' ',
    ),
  )
  const [project] = matchNames(
    slots.project ?? text,
    names.of('project').map((thing) => ({ thing, names: [thing.data.name, ...thing.data.aliases] })),
  )
  const viaProject = project && all.find(({ data }) => data.code !== '' && data.code === project.thing.data.resolution)
  if (project?.whole && viaProject) return viaProject
  const words = contentWords(text.replaceAll(MEETING, ' '))
  const scored = all
    .map((record) => ({
      record,
      score:
        Math.max(...subject.split(' ').map((word) => sharedLength(expand(word), record.data.topic)), 0) +
        // What it was about, in the words of the question; what was decided in detail counts less than the heading.
        words.reduce(
          (sum, word) => sum + (record.data.topic.includes(word) ? 3 : record.data.content.includes(word) ? 2 : 0),
          0,
        ),
    }))
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score || b.record.date.localeCompare(a.record.date))
  return scored[0]?.record ?? viaProject
}

/** 修路 is 道路硬化 in minutes. */
function expand(word: string): string {
  if (/路/.test(word) && !/路灯/.test(word)) return `${word} 道路 硬化`
  return /换届/.test(word) ? `${word} 选举` : word
}

function answerResolution({ village, names }: Question, record: StoredRecord<'resolution'>): Answer {
  const { data } = record
  const votes = `${say.votes(data)}${say.passed(data)}`
  return {
    lead: say.decided(data),
    lines: [votes, say.content(clip(data.content.replaceAll('\n', ' '), 200))],
    short: `${say.decided(data)}${votes}`,
    card: {
      title: data.topic,
      figure: data.for === null ? '' : `${say.labels.for}${data.for}`,
      rows: [
        { label: say.labels.expected, value: data.expected === null ? '' : String(data.expected) },
        { label: say.labels.present, value: data.present === null ? '' : String(data.present) },
        { label: say.labels.for, value: data.for === null ? '' : String(data.for) },
        { label: say.labels.against, value: data.against === null ? '' : String(data.against) },
        { label: say.labels.abstained, value: data.abstained === null ? '' : String(data.abstained) },
      ].filter(({ value }) => value !== ''),
    },
    cites: [citeRecords(say.resolutionTitle(village.name, data.topic), names, [record])],
    memory: { asker: 'resolution', recordId: record.recordId },
    figures: { for: data.for ?? 0, against: data.against ?? 0, abstained: data.abstained ?? 0 },
  }
}
