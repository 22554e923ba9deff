/** What is made of a message whose meaning is not sure: which reading is taken, and what may be looked up all the same. */
import type { IntentScore, Segment } from './understand/index.ts'

/** Said on the way to something else. */
const LEADS_UP = /^talk\.(bind|greeting|thanks|confirm|help)/

/** “张家庄 修路花了多少” and “你好 …”: what only leads up to a question needs no answer of its own. */
export function worthAnswering(segments: readonly Segment[]): readonly Segment[] {
  const asked = segments.filter(({ intent }) => !LEADS_UP.test(intent.code))
  return asked.length > 0 ? asked : segments
}

/** Intents that a question about a record is most often mistaken for. */
export const MISTAKEN =
  /^(participate\.(objection|vote|visit)|report\.conference-question|ask\.case-status|talk\.other)/
const ASKS =
  /多少|总额|明细|几[票个户次人天月年号点台间块名位家]|啥时候|什么时候|哪[天年家个里]|谁|为啥|为什么|咋定|怎么定|[吗没不]$|多久|(.)[不没]\1/
/** What is to be asked later, or is about one's own matter, is not asked of the records now. */
const NOT_NOW = /下次|下回|想问|要问|替我问|帮我问|我反映|我举报|俺反映|俺举报|我投|我选|选\d/

const MISSED =
  /^(你?(这)?(说|答|回)的?(啥|什么|不对|不是|跑题)(玩意|呀|啊)?|没(啥|有)?用|答非所问|驴唇不对马嘴|问东答西|不是(问)?这个(意思)?|[我俺]?(问的)?不是问?(你)?(这个|这)|(你|它)?没听懂(我|俺)?(说的|的话|问的)?|听不懂人话|没答到(点子上)?|答错了|你答的(不对|不是))[吧啊呀了呢!。,]*$/

/** Nothing but that the last answer missed the point. */
export const saysMissed = (text: string): boolean => MISSED.test(text.replaceAll(/\s/g, ''))

/** Said by who has a grievance, however it is put. */
const COMPLAINS =
  /凭啥|凭什么|[没不]人?管|管管|咋办|怎么办|举报|反映|投诉|告|贪|揣|吞|坑|骗|霸|偷|坏了|堵了|不给|不让|克扣|欠俺|欠我|俺家|我家|我们家|太|!/
const LONGEST_QUESTION = 30

/** Sounds like a report, and may be a plain question all the same: 李贵山去年从村账上领走多少钱. */
export const mayAskOnly = (code: string, text: string): boolean =>
  /^report\.(tip|petition|suggestion|disclosure)/.test(code) &&
  text.length <= LONGEST_QUESTION &&
  asksRecord(text) &&
  !COMPLAINS.test(text)

export const asksRecord = (text: string): boolean => ASKS.test(text) && !NOT_NOW.test(text)

const TAKEN_DOWN = /^report\.(?:tip|petition|dispute|suggestion)/
const SAYS_REPORT = /反映|举报|投诉|检举|控告|告状|直接(?:提交|交|受理)/
/** Two questions about records that are this likely together: the better one is answered rather than asked back about. */
const LIKELY_QUESTION = 0.28

/** Unsure between things that begin alike: who reports is listened to, the dialogue finds out what it is; who asks is answered. */
export function likeliest(intents: readonly IntentScore[], text: string): IntentScore | null {
  const [best, second] = intents
  if (!best) return null
  const taken = intents.slice(0, 3).find(({ code }) => TAKEN_DOWN.test(code))
  if (taken && SAYS_REPORT.test(text)) return taken
  if (TAKEN_DOWN.test(best.code)) return second && TAKEN_DOWN.test(second.code) ? best : null
  const questions = best.code.startsWith('ask.') && (second?.code.startsWith('ask.') ?? true)
  return questions && best.confidence >= LIKELY_QUESTION && best.code !== 'ask.case-status' ? best : null
}

/** Short words of other alphabets that people here do write. */
const BORROWED = /^(ok|okay|yes|no|hi|hello|bye|thanks?|thx|[a-f]|[yn]|sos|lol|www)$/iu

/** Letters, not one Chinese character or digit, and no word that is used here. */
export function isForeign(text: string): boolean {
  if (/\p{Script=Han}/u.test(text)) return false
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return letters >= 8 || (letters > 0 && !/\p{N}/u.test(text) && !BORROWED.test(text.replaceAll(/[^\p{L}]/gu, '')))
}
