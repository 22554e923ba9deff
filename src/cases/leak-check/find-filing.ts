/** When, from where and how the report came; counts so small that they point at one; how somebody speaks or writes. */
import type { Found } from './find-identity.ts'
import { normalise, readNumber } from './plain-text.ts'
import type { LeakInput } from './types.ts'

const HOUR_MS = 3_600_000
const CAME = '收到|接到|发来|寄来|打来|来信|来电|来访|提交|递交|交来|反映|举报|检举|留言|登记|上报|投递|送来'
const PART_OF_DAY =
  '凌晨|清早|清晨|早上|早晨|上午|中午|晌午|下午|傍晚|晚上|夜里|夜间|半夜|深夜|当晚|当天|昨晚|昨天|前天|今早|今天'
const NUMBER = '(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})'

/** Places and ways from where it came. */
const CHANNEL =
  /(?:从|自|在)(?:外地|外省|城里|县城|市里|镇上|工地|厂里|单位|家里|国外|[\u4e00-\u9fa5]{2,4}(?:市|省|县))(?:发来|寄来|打来|反映|举报|来信|来电|提交)|(?:用|通过|经|以)(?:微信|短信|电话|手机|网页|信件|书信|公用电话)(?:向|来|反映|举报|提交|发来|联系|收到)|(?:微信|短信)(?:收到|发来)的|第一个(?:反映|举报|提出)|(?:亲自|专门|特地)(?:来|到|上)(?:镇|县|纪委|信访)/u

/** @param text normalised */
export function findFilingTime({ report }: LeakInput, text: string): Found[] {
  const at = new Date(new Date(report.submittedAt).getTime() + 8 * HOUR_MS)
  const found: Found[] = []
  const clauses = text.split(/[.;!?]/u)
  for (const clause of clauses) {
    const came = new RegExp(CAME, 'u').test(clause)
    if (!came) continue
    // The day on which it was filed, whatever is said of it.
    for (const [whole, month = '', day = ''] of clause.matchAll(
      new RegExp(`(${NUMBER})月(?:份)?(${NUMBER})(?:日|号)`, 'gu'),
    ))
      if (readNumber(month) === at.getUTCMonth() + 1 && readNumber(day) === at.getUTCDate())
        found.push({ way: 'time', excerpt: whole })
    const hour = new RegExp(`(?:${PART_OF_DAY})[^,]{0,4}?(${NUMBER})(?:点|时|:)`, 'u').exec(clause)
    if (hour) found.push({ way: 'time', excerpt: hour[0] })
    const part = new RegExp(
      `(?:${PART_OF_DAY})[^,.]{0,8}(?:${CAME})|(?:${CAME})[^,.]{0,6}(?:于|在|是)(?:${PART_OF_DAY})`,
      'u',
    ).exec(clause)
    if (part) found.push({ way: 'time', excerpt: part[0] })
    const dated = new RegExp(
      `(?:${CAME})[^,.]{0,6}(?:时间|日期)|(?:时间|日期)(?:为|是)[^,.]{0,12}(?:${CAME})`,
      'u',
    ).exec(clause)
    if (dated) found.push({ way: 'time', excerpt: dated[0] })
  }
  const channel = CHANNEL.exec(text)
  if (channel) found.push({ way: 'time', excerpt: channel[0] })
  // “某月某日 … 的反映” may stand in another sentence than the verb: the exact day and hour together are enough.
  const exact = new RegExp(`(${NUMBER})月(${NUMBER})(?:日|号)[^.;]{0,4}(?:${PART_OF_DAY})`, 'u').exec(text)
  if (exact && readNumber(exact[1]!) === at.getUTCMonth() + 1 && readNumber(exact[2]!) === at.getUTCDate())
    found.push({ way: 'time', excerpt: exact[0] })
  return found
}

/** Counts below this are not told outside: k-anonymity of cells, the usual five. */
export const SMALLEST_CELL = 5

const COUNT = /(\d+|[一二两三四五六七八九十百]+)(件次|件|起|封|例|宗|条线索|名|人次|人|户|次)/gu
const RESULT = /属实|办结|已办|查实|查否|不实|立案|了结|在办|正在办|处分|问责|办理|转办|移交|受理/u

/** @param text normalised */
export function findSmallCells({ kind }: LeakInput, text: string): Found[] {
  const found: Found[] = []
  for (const match of text.matchAll(COUNT)) {
    const [whole, number = '', noun = ''] = match
    const count = readNumber(number)
    if (count === null || count === 0 || count >= SMALLEST_CELL) continue
    const start = match.index
    const before = text.slice(0, start).split(/[,.;]/u).at(-1) ?? ''
    const after = text.slice(start + whole.length).split(/[,.;]/u)[0] ?? ''
    // How many of many were borne out points at nobody.
    if (RESULT.test(before.slice(-8)) || RESULT.test(after.slice(0, 6))) continue
    const clause = `${before}${whole}${after}`
    const isReport = /检举|举报|控告|信访|反映|来信|投诉|线索|申诉|求助|来访/u.test(clause)
    const ofMatters = /^[件起封例宗]|线索|件次/u.test(noun)
    if (kind === 'statistics' ? ofMatters || isReport : ofMatters && isReport)
      found.push({ way: 'small-cell', excerpt: clause })
  }
  if (kind === 'statistics' && /唯一|仅有?(?:一|1|两|2)|只有(?:一|1|两|2)/u.test(text))
    found.push({ way: 'small-cell', excerpt: text.slice(0, 20) })
  return found
}

const STYLE =
  /字迹|笔迹|错别字|错字|口音|方言|语气|口气|嗓门|声音|女声|男声|语音(?:里|中)|文笔|写法|措辞|口头禅|说话(?:的)?(?:样子|方式|习惯)|外地话|土话/u

/** @param text normalised */
export function findStyle(text: string): Found[] {
  const style = STYLE.exec(normalise(text))
  return style ? [{ way: 'style', excerpt: style[0] }] : []
}
