/** Words and facts of the report that come back in the text: quotes, figures, what only one could know. */
import type { Found } from './find-identity.ts'
import { COMMON_WORDS } from './known-words.ts'
import { clausesOf, commonPassages, normalise, readNumber } from './plain-text.ts'
import type { LeakAudience, LeakReport } from './types.ts'

/** A passage of so many characters that is no common word is taken from the report. */
const QUOTE = 5
/** To who is complained about, less gives more away. */
const QUOTE_TO_OFFICIAL = 4

const FIRST_PERSON = /我|俺|咱|本人/u
const EVIDENCE =
  /欠条|收条|借条|条子|白条|收据|录音|录像|视频|照片|截图|聊天记录|转账记录|流水|账本|笔记|日记|信封|合影|单子|凭条|小票|票根|证明人|底单|存根|复印件/gu
const HEARSAY =
  /有人(?:说|讲|称|看见|看到|听见|听到|亲眼|拿出|拿来|提供|指|能|当场|当面|证明|作证|交来|拍)|(?:他|她|对方|反映人|举报人|检举人|那人|人家)(?:说|讲|称|手里|手上|提供|拿出|拿着|留着|当时|亲眼|只|跟你|和你|找你|给你|去找|去你|交)|让他|叫他|让她|叫她|逼他|逼她|给他|给她|找他|找她|跟他|跟她|骂他|骂她|问他|问她|据(?:说|称|反映|举报)/u
const ALONE =
  /只有[^,.]{0,10}(?:一个人|知道|看到|看见|听到|在场|在|有|才)|(?:两|三|四|几|2|3|4)个人(?:在|,|.|$)|当时(?:屋里|在场|只有|就)|在场(?:的)?(?:只|就|仅|一共|共)|只(?:跟|和|对|向|给)你|你(?:和|跟)(?:他|她)(?:单独|两个?人)|单独(?:跟|和|找|对)|私下(?:跟|和|找|对)/u

/** That who reported has proof in hand. */
const HOLDS =
  /(?:反映人|举报人|检举人|有人|人家|群众|村民|对方|他|她|那边|手里|手上)[^,.;]{0,6}?(?:有|拿出|拿着|提供|留着|存着|交来|录|拍)[^,.;]{0,6}?(?:欠条|收条|借条|条子|白条|收据|录音|录像|视频|照片|截图|聊天记录|转账|流水|账本|笔记|日记|单子|小票|存根|证据|证人)/u
/** One occasion, as only who was there speaks of it. */
const OCCASION = /那天|那次|那回|那晚|那一?(?:天|次|回)|你一个人|一个人(?:进|来|去|找)/u
const KIN =
  /婆婆|公公|老伴|爱人|丈夫|妻子|媳妇|儿媳|女婿|儿子|闺女|女儿|孙子|孙女|父亲|母亲|爹|娘|弟弟|妹妹|哥哥|姐姐|嫂子|弟媳|舅舅|叔叔|大爷|姑姑|外甥|侄子|侄女|亲家|孩子|老人/gu

/** Where somebody was at that time is known to who was there. */
const WHEREABOUTS = /(?:当天|当日|那天|当时|当晚|那晚)[^,.]{0,8}(?:正在|正|不在|在(?:外|家|地里|医院|场)|住院|出门)/u

/** @param text normalised */
export function findFacts(report: LeakReport, text: string, audience: LeakAudience): Found[] {
  const body = normalise(report.body)
  const about = normalise(report.about)
  const accused = /^[\p{L}]{2,4}/u.exec(about)?.[0] ?? ''
  const known = [...COMMON_WORDS, accused, ...clausesOf(about)]
  const found: Found[] = []
  const least = audience === 'official' ? QUOTE_TO_OFFICIAL : QUOTE
  for (const passage of commonPassages(text, body, least, known)) found.push({ way: 'quote', excerpt: passage })
  for (const [quoted = ''] of text.matchAll(/["“「][^"”」]{3,}["”」]/gu))
    if (commonPassages(quoted, body, 3, []).length > 0) found.push({ way: 'quote', excerpt: quoted })
  found.push(...findFigures(report, text))

  const intimate = clausesOf(body).filter((clause) => FIRST_PERSON.test(clause))
  const sentences = body.split(/[.!?;]/u).filter((sentence) => FIRST_PERSON.test(sentence))
  for (const [paper] of text.matchAll(EVIDENCE))
    if (sentences.some((sentence) => sentence.includes(paper)))
      found.push({ way: 'only-one-could-know', excerpt: paper })
  const ofOneself = contentPairs(intimate.join(','), known)
  const shared = [...contentPairs(text, known)].filter((pair) => ofOneself.has(pair))
  if (runsOf(shared) >= (audience === 'official' ? 2 : 3))
    found.push({ way: 'only-one-could-know', excerpt: shared.join(',') })
  const alone = ALONE.exec(text)
  if (alone) found.push({ way: 'only-one-could-know', excerpt: alone[0] })
  if (audience === 'official')
    for (const pattern of [HOLDS, OCCASION]) {
      const told = pattern.exec(text)
      if (told) found.push({ way: 'only-one-could-know', excerpt: told[0] })
    }
  // One's own people: of 我婆婆 in the report, 婆婆 in the text speaks of the same.
  const own = [...body.matchAll(/(?:我|俺)(?:们)?家?的?([\u4e00-\u9fa5]{1,3})/gu)].flatMap(
    ([, after = '']) => after.match(KIN) ?? [],
  )
  for (const kin of own) if (text.includes(kin) && !about.includes(kin)) found.push({ way: 'relation', excerpt: kin })
  const whereabouts = audience === 'official' ? WHEREABOUTS.exec(text) : null
  if (whereabouts) found.push({ way: 'only-one-could-know', excerpt: whereabouts[0] })
  const hearsay = HEARSAY.exec(text)
  if (hearsay) {
    const all = contentPairs(body, known)
    const told = [...contentPairs(text, known)].filter((pair) => all.has(pair))
    // To who is complained about, “somebody says” with any circumstance of it tells who.
    if (told.length >= (audience === 'official' ? 1 : 2))
      found.push({ way: 'only-one-could-know', excerpt: text.slice(hearsay.index, hearsay.index + 16) })
  }
  return found
}

/** Pairs that follow on one another are one word: three characters in common are not two things. */
function runsOf(pairs: readonly string[]): number {
  return pairs.filter((pair, index) => index === 0 || pairs[index - 1]!.at(-1) !== pair[0]).length
}

const EMPTY_PAIR = /[的了是在有我你他她们这那个和与就也都还不没把被让给到去来说很只]/u

function contentPairs(text: string, known: readonly string[]): Set<string> {
  const pairs = new Set<string>()
  let parts = clausesOf(text)
  for (const word of known) if (word.length > 1) parts = parts.flatMap((part) => part.split(word))
  for (const part of parts)
    for (let index = 0; index + 2 <= part.length; index += 1) {
      const pair = part.slice(index, index + 2)
      if (/^[\u4e00-\u9fa5]{2}$/u.test(pair) && !EMPTY_PAIR.test(pair)) pairs.add(pair)
    }
  return pairs
}

const NUMBER = '(?:\\d+(?:\\.\\d+)?[万千百]?\\d?|[零〇一二两三四五六七八九十百千万]+)'
const AMOUNT = new RegExp(
  `(${NUMBER})(多|来|几)?(元|块|万元|斤|亩|车|条|袋|方|吨|米|户|次|回|张|瓶|桌|棵|只|头|点)?`,
  'gu',
)
const DAY = new RegExp(`((?:正|冬|腊|${NUMBER})月)(?:第|初)?(${NUMBER}几?)(?:日|号)?`, 'gu')

/** Exact sums and days of the report, however they are written. Years and small counts are said of many things. */
function findFigures(report: LeakReport, text: string): Found[] {
  const amounts = (from: string): Map<number, string> => {
    const all = new Map<number, string>()
    for (const [whole, number = '', , unit = ''] of normalise(from)
      .replaceAll(/(?:19|20)\d\d年/g, '')
      .matchAll(AMOUNT)) {
      const value = readNumber(number)
      if (value === null) continue
      const sum = value * (unit === '万元' ? 10_000 : 1)
      if (sum >= 100 || (unit !== '' && sum >= 20 && unit !== '点')) all.set(sum, whole)
    }
    return all
  }
  const said = amounts(report.body)
  const found: Found[] = [...amounts(text)]
    .filter(([sum]) => said.has(sum))
    .map(([, excerpt]) => ({ way: 'rare-fact' as const, excerpt }))
  const days = (from: string): Map<string, string> =>
    new Map(
      [...normalise(from).matchAll(DAY)].map(([whole, month = '', day = '']) => [
        `${readNumber(month.slice(0, -1)) ?? month}-${readNumber(day) ?? day}`,
        whole,
      ]),
    )
  const told = days(report.body)
  for (const [day, excerpt] of days(text)) if (told.has(day)) found.push({ way: 'rare-fact', excerpt })
  return found
}
