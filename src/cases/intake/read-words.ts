/** Small words that steer the dialogue: send, leave, go on, delete, do not know, change. */
import type { Ask } from '../procedures/index.ts'

const clean = (text: string): string => text.replaceAll(/[\s,,。.!!??~、“”"']/gu, '')

const whole = (pattern: RegExp) => (text: string) => pattern.test(clean(text))

export const saysSend = whole(
  /^(?:就这样|就这些|就这么|那就|好|行)?(?:吧)?(?:直接)?(?:匿名)?(?:提交|交|交吧|交上去|发吧|发出去|报上去|送上去|没了|没有了|就这样|就这些|说完了)(?:吧|了)?$/u,
)
export const saysLeave = whole(
  /^(?:那)?(?:算了(?:吧)?|不说了|先不说了?|先这样|等会儿?再?说?|回头再说|改天再?说?|以后再说|不反映了|不举报了|不告了|不弄了|先不了|我再想想|再想想)(?:吧|了)?$/u,
)
/** Said to the summary it leaves it unsent; said to “有照片吗” it is only a no. */
export const saysNotNow = whole(
  /^(?:那|还是)?(?:先)?(?:不用|不要|不提交|不交|不发|别交|别发|别提交|先不交|不弄)(?:了|啦|吧)*$/u,
)
export const saysDelete = whole(/^(?:都)?(?:删掉|删了|删除|取消|不要了|退出)(?:吧|了)?$/u)
export const saysGoOn = whole(/^(?:接着|继续)(?:说|反映|来|上次|刚才)?(?:的)?(?:吧)?$/u)
export const saysNothing = whole(
  /^(?:我|俺)?(?:不知道|不清楚|不晓得|记不清(?:了)?|忘了|没有|没|无|没证据|没有证据|不用|不要|跳过|不说|不方便说?|说不好|没啥|没了)(?:了|啊|呀|呢)?$/u,
)
export const saysYes = whole(/^(?:对|对的|是|是的|嗯|好|好的|行|可以|没错|对对|中|成|没问题|ok)(?:了|吧|啊|呀)?$/iu)
export const saysAnonymous = whole(/^(?:我?要?)?匿名(?:提交|吧|的)?$/u)
export const saysNamed = whole(/^(?:我?要?)?(?:实名|署名)(?:提交|吧|的)?$/u)

const PHONE = /1[3-9]\d(?:[\s-]?\d{4}){2}|\d{3,4}-?\d{7,8}/u
const NAMED = /(?:我|俺)(?:是|叫|姓)|名字|姓名|叫[\u4e00-\u9fff]{2,3}/u
const NAME_ALONE = /^[\u4e00-\u9fff·]{2,4}$/u
const NO_NAME = /[吗呢吧啥咋谁几]|多少|什么|怎么|不|没|这|那/u

/** A name, a phone number or both; how people give them when asked. */
export function looksLikeIdentity(text: string): boolean {
  if (PHONE.test(text)) return true
  if (clean(text).length > 30 || NO_NAME.test(text)) return false
  return NAMED.test(text) || text.split(/[\s,,。、]+/u).some((part) => NAME_ALONE.test(part))
}

const SECRECY =
  /(?:会不会|能不能|可别|别|千万|怕).{0,8}(?:告诉|泄露|泄密|传出去|说出去|漏出去|知道是(?:我|俺)|让(?:他|她|书记|主任|会计|人家)们?知道)|(?:会|给|能)?保密(?:吗|不|么|吧)|知道是(?:我|俺)(?:说|告|举报|反映|报)?的?(?:吗|不|么)|(?:打击|报复|穿小鞋).{0,4}(?:吗|不|么|咋办|怎么办)?$|怕.{0,4}报复/u
const HOW_LONG =
  /(?:等|得|要|用|需要).{0,3}(?:多久|多长时间|几天|多少天)|(?:多久|几天|啥时候|什么时候|多长时间)(?:能|才|会)?.{0,4}(?:答复|回复|回信|回话|有信|有结果|出结果|给信|处理|办好|办完|解决)/u
const LONGEST_WORRY = 30

/** Asked in between, by nearly everybody: who will know, and how long it takes. */
export function readWorry(text: string): 'secrecy' | 'how-long' | null {
  if (clean(text).length > LONGEST_WORRY) return null
  return SECRECY.test(text) ? 'secrecy' : HOW_LONG.test(text) ? 'how-long' : null
}

/** “直接提交” within the first message: what comes before it is all there is. */
export function cutDirectSend(text: string): { text: string; direct: boolean } {
  const cut = text.replace(/[,,。.;;\s]*(?:请|就|麻烦)?直接(?:帮我)?(?:提交|交上去|报上去|受理)(?:吧|了)?[。.!!]*/u, '')
  return { text: cut.trim(), direct: cut !== text }
}

const FIELDS: readonly { field: 'what' | Ask; words: RegExp }[] = [
  { field: 'when', words: /时间|日期|啥时候|什么时候/u },
  { field: 'where', words: /地点|地方|位置|在哪/u },
  { field: 'who', words: /人名|名字|涉及|谁|对方|那个人|人/u },
  { field: 'evidence', words: /证据|材料|照片/u },
  { field: 'what', words: /事情|内容|经过|话|事/u },
]

/** “改时间,是去年八月” → field and what it should be; null when it asks for no change. */
export function readMend(text: string): { field: 'what' | Ask | null; to: string } | null {
  const match =
    /^(?:不对|错了|等等|等一下|你记错了)?[,,。\s]*(?:要|想|帮我|把|得|请)*\s*(?:改|修改|更正|换)(?:一下|下|个)?/u.exec(
      text,
    )
  const wrong = /^(?:不对|不是|错了|记错了|不对不对)[,,。!!\s]*/u.exec(text)
  const aboutField = /^(?:把)?(时间|地点|地方|日期|人名|材料|证据|内容)(?:不对|错了|改|应该|是)/u.exec(text)
  if (!match && !wrong && !aboutField) return null
  const rest = text.slice(match?.[0].length ?? (aboutField ? 0 : (wrong?.[0].length ?? 0)))
  const head = rest.slice(0, 8)
  const field = FIELDS.find(({ words }) => words.test(head))
  if (!field) return { field: null, to: rest.trim() }
  const at = rest.search(field.words)
  const word = field.words.exec(rest)?.[0] ?? ''
  const to = rest
    .slice(at + word.length)
    .replace(/^(?:不对|错了|,|,|。|:|:|\s|改|成|为|是|应该|应当|换)+/u, '')
    .trim()
  return { field: field.field, to }
}
