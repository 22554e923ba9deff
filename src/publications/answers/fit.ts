/** Does an answer speak of what was asked? What the question names, and neither the answer nor its records hold, tells against it. */
import { groupLabelOf, payeeIn, speaksOf } from '../finance/topics.ts'
import { contentWords } from './content-words.ts'
import { isMeantBy } from '../subsidies/habits.ts'
import type { Answer, Question } from './answer.ts'

/** One thing, two words for it. */
const SAME: readonly (readonly [RegExp, RegExp])[] = [
  [/^监委会?$/u, /监督委员会|监委/u],
  [/^上级|[县镇省市]里$/u, /上级|[县镇省市][^,。]{0,6}(?:补|拨|奖|投)/u],
  [/^两委$/u, /委员|书记/u],
]
/** Those that a text does not hold; a longer word counts as held when its two halves are. */
export function missingWords(words: readonly string[], text: string): string[] {
  return words.filter(
    (word) =>
      !text.includes(word) &&
      !speaksOf(word, text) &&
      !halvesIn(word, text) &&
      !SAME.some(([said, written]) => said.test(word) && written.test(text)),
  )
}

function halvesIn(word: string, text: string): boolean {
  return [...word].length === 4 && text.includes(word.slice(0, 2)) && text.includes(word.slice(2))
}

/** 多少盏 and 几眼 ask for a number of these; null when the question asks for no number of things. */
export function asksMeasure(text: string): RegExp | null {
  const measure = /(?:多少|几)([盏块眼座棵株台套辆口吨方米里间盆把桶袋份头只条处户人件平公])/u.exec(text)?.[1]
  if (measure) return new RegExp(`[\\d一二三四五六七八九十百千两][\\d,.万千]*\\s*${measure}`, 'u')
  if (/多长|多远/u.test(text)) return /\d\s*(?:公里|里|米)/u
  const side = /多([宽厚深高])/u.exec(text)?.[1]
  return side ? new RegExp(`${side}[^,。;]{0,3}\\d`, 'u') : null
}

/** What the question names and this answer does not speak of. */
export function missingFrom(answer: Answer, question: Question): string[] {
  const topic = answer.memory?.topic
  // 保洁员刘桂兰: whoever was paid is found by the name; the post need not stand in the book.
  if (topic !== undefined && payeeIn(question.text) === topic) return []
  // A passage of a policy was chosen by words and meaning; it need not hold the words. What is forbidden goes by other names.
  if (answer.memory?.asker === 'document' || answer.memory?.op === 'not-allowed') return []
  const cited = new Set(answer.cites.flatMap(({ recordIds }) => recordIds))
  const records = [...question.names.records, ...question.township.records].filter(({ recordId }) =>
    cited.has(recordId),
  )
  const text = [
    answer.lead,
    ...(answer.lines ?? []),
    answer.memory?.topic ?? '',
    ...answer.cites.map(({ title }) => title),
    ...records.flatMap(({ text: own, data }) => [own, ...namesOf(data)]),
    ...otherNames(answer.memory?.topic ?? '', question),
  ].join(' ')
  return missingWords(contentWords(question.text), text).filter(
    // 吃饭 was looked up as 招待费.
    (word) => topic === undefined || (groupLabelOf(word) !== topic && !isMeantBy(word, topic)),
  )
}

const namesOf = (data: object): string[] =>
  'aliases' in data && Array.isArray(data.aliases) ? (data.aliases as string[]) : []

/** Of a subsidy, whose payments are records of their own. */
function otherNames(topic: string, { names }: Question): string[] {
  return names.of('subsidy').find(({ data }) => data.name === topic)?.data.aliases ?? []
}
