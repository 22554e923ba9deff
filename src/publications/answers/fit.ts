/** Does an answer speak of what was asked? What the question names, and neither the answer nor its records hold, tells against it. */
import { cutWords } from '../../conversation/index.ts'
import { NOISE_WORD, groupLabelOf, speaksOf } from '../finance/topics.ts'
import { isMeantBy } from '../subsidies/habits.ts'
import type { Answer, Question } from './answer.ts'

/** Words that ask for a side of a thing, and name none. */
const SIDES =
  /^(?:月份|年底|年初|季度|账户|银行账?|账面|外债|标价|中标价?|几家|几名|几户|几票|几点|几号|几年|投标|招标|一步|谁家|哪家|工程款?|项目|单位|进度|进展|现在|已经|目前|啥时候|时候|承包费?|承包合同|合同|租金|交齐|交清|到期|一亩|全村|一个|一个月|每月|每天|一天|发给|发放|低保户|开会|坐班|办公|电话|不要|经过|最长|最短|设备|程序|流程|步骤|材料|手续|支部|天开|办到|兑现|个人|领走|吃饭|手机号?|电话号码|号码|补贴|补助|原来|后来|完工|开工|竣工|动工|这会儿|干完|干活|修好|建好|外头|人家|谁包|包给|租给|出租|承建|施工|老板|情况|名单|公示|标准|负责人?|主任|书记|干部|大家|老百姓|村民|知道|听说|好像|是不是|有没有|能不能|要不要|不能|可不可以|算不算|可以|应该|需要|结果|内容|时间|地点|地方|日期|原因|一下|这个|那个|这事|那事|事情|问题|多久|最近|以后|以前|之前|之后|同意|通过|参加|决定|议定|几个|多大|名字|叫啥|还有|剩下|一份|一家|本村|各自|分别|平均|哪些|哪里|哪年|全年|一共|一笔|二笔|三笔|两笔|五笔|公家|集体)$/u
const TIMES =
  /(?:20\d\d|[去今前明]|大前)年?(?:\d+月份?)?[底初末]?|[一二三四五六七八九十\d]+月份?[底初末]?|[上下这本]+个?月[底初末]?|第?[一二三四1-4]季度?|[上下]半年|最近[\d一二三四五六几两]+[年月个]+|年底|年初|月底|[腊正]月/gu
const MEASURES =
  /(?:多少|几)[天份块座盏眼棵株台套辆口吨方米里间盆把桶袋个头只条处户人件名位票笔年月次回点号家岁亩]|[\d一二三四五六七八九十两]组/gu
/** One thing, two words for it. */
const SAME: readonly (readonly [RegExp, RegExp])[] = [
  [/^监委会?$/u, /监督委员会|监委/u],
  [/^上级|[县镇省市]里$/u, /上级|[县镇省市][^,。]{0,6}(?:补|拨|奖|投)/u],
  [/^两委$/u, /委员|书记/u],
]
const NUMBER = /^[第约近]?[\d零一二三四五六七八九十百千万亿两几半多〇]+.{0,2}$/u

/** What the question names: words of two characters and more that neither ask, nor count, nor go with any subject. */
export function contentWords(text: string): string[] {
  return [...new Set(cutWords(text.replaceAll(TIMES, ' ').replaceAll(MEASURES, ' ')))].filter(
    (word) =>
      [...word].length >= 2 &&
      !NOISE_WORD.test(word) &&
      !SIDES.test(word) &&
      !NUMBER.test(word) &&
      !/^[\d.a-z]+$/i.test(word),
  )
}

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
  return measure ? new RegExp(`[\\d一二三四五六七八九十百千两][\\d,.万千]*\\s*${measure}`, 'u') : null
}

/** What the question names and this answer does not speak of. */
export function missingFrom(answer: Answer, question: Question): string[] {
  const topic = answer.memory?.topic
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
