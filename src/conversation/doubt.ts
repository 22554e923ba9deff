/** “这账不对吧”: words that question a figure, as people say them right after they were told it. */
import type { Context } from './skill.ts'
import type { Understanding } from './understand/index.ts'

/** Longer stories are understood for what they are. Characters. */
const LONGEST = 120
/** Nothing but the doubt, said of whatever account is meant. Characters. */
const LONGEST_BARE = 12

/** Speaks of the figure or the account itself. */
const OF_THE_FIGURE =
  /(?:账|帐|数儿?|钱数?|金额|款子?|价钱?|明细|花销|开支)(?:目|字|上|面|里|额)?(?:[^,。;!?\s]{0,6}?)(?:不对|不准|不符|不实|不真|不一样|有问题|有假|有鬼|有猫腻|有水分|有毛病|有出入|对不上|错了|不是这样|是假的|造假|做假)|(?:假账|糊涂账|黑账)|不是这个(?:数|价|钱)|(?:算|记|弄|搞|写|报|公布)错了?(?:吧|了)|对不上(?:数|账|号)?/u
/** Something else was heard elsewhere. */
const HEARD_OTHERWISE =
  /(?:跟|和|与|同).{0,14}(?:说|讲|公示|公布|贴|看到|看见|听|记得|公告|开会|喇叭|墙上|栏).{0,8}(?:不一样|不一致|不符|对不上|不同|两样|差(?:远|多|着))|(?:(?:我|俺|咱|人家)(?:们)?.{0,4}(?:咋|怎么|明明|倒是|可)?.{0,3}(?:记得|听说|听.{1,4}[说讲]|看到的?|看见的?|知道的?)|^(?:听说|听.{1,4}[说讲]))[^,。?]{0,6}[\d一二两三四五六七八九十百半几]{1,6}.{0,2}[万千百块元多钱]/u
/** Cannot believe it. */
const INCREDIBLE =
  /(?:哪|哪里|哪儿|咋|怎么|咋会|怎么会|咋可能|怎么可能|不可能|咋能)(?:会|能|可能)?(?:花|用|要|有|值|剩|收)?(?:得|的)?(?:了|得了)?(?:这么|恁么?|那么|这些|那些)(?:多|少|贵|便宜|点)(?:钱|啊|呀|吧)?$|没(?:花|用|有|收|剩|要)(?:了)?(?:这么|恁么?|那么)(?:些|多|少)/u
/** Says no to what was just answered, and nothing else. */
const SAYS_NO =
  /^(?:这|那|你这|你说的|这个)?(?:就)?(?:不对|不对劲|不对头|不可能|不能吧|不会吧|不信|我不信|俺不信|假的|骗人|骗人的|瞎说|胡说|糊弄人|蒙人|忽悠人)(?:吧|啊|呀|呢|哦|的|了|嘛|俺?不信)*$/u
/** It was the question that was misread, or this is a question of its own: why it is so much, whether it is right. */
const NOT_A_DOUBT =
  /(?:我|俺)(?:问|说)的?(?:不)?是|不是问|没问|问的不是|对不对|准不准|有没有(?:问题|错)|为啥|为什么|(?:咋|怎么)(?:会)?(?:这么|恁|那么)(?:多|少|贵)$/u
const ASKS_ANEW = /多少|几[个笔家户次天]|啥时候|什么时候|哪些|谁|在哪/u

/** Words alone, whatever was said before: is a published figure questioned? */
export function questionsFigure(text: string): boolean {
  const plain = text.normalize('NFKC').trim()
  if (plain.length > LONGEST || NOT_A_DOUBT.test(plain)) return false
  const clean = plain.replaceAll(/[\s,.!?。!?、~…]+$/gu, '')
  return OF_THE_FIGURE.test(clean) || HEARD_OTHERWISE.test(clean) || INCREDIBLE.test(clean)
}

/** Says no to what was just answered: a doubt only where there was an answer. */
export const deniesAnswer = (text: string): boolean => SAYS_NO.test(lettersOf(text))

/** A doubt and nothing else, in words that cannot mean anything else: some account, not yet told which. */
export const doubtsSomeFigure = (text: string): boolean =>
  lettersOf(text).length <= LONGEST_BARE && OF_THE_FIGURE.test(text) && questionsFigure(text)

const lettersOf = (text: string): string => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * Does this message question the answer that was given last?
 * @returns the intent to go on with: the accusation or grievance that it surely is, else a petition; null when it questions nothing
 */
export function doubtOf(understanding: Understanding, context: Context): string | null {
  const { text, intents, sure } = understanding
  const best = intents[0]?.code ?? ''
  const answered = context.last?.answered !== undefined
  const doubts = questionsFigure(text) || (answered && deniesAnswer(text))
  if (!doubts || /^(?:urgent|refuse|case)\./.test(best)) return null
  if (sure && /^report\.(?:tip|petition)/.test(best)) return answered ? best : null
  if (sure && best.startsWith('ask.') && ASKS_ANEW.test(text)) return null
  // Without an answer to question it takes words that cannot mean anything else.
  return answered || doubtsSomeFigure(text) ? 'report.petition' : null
}

/** Nothing but “不对”: what is thought to be right is still to be said. */
export function tellsWhatIsWrong(text: string): boolean {
  const plain = lettersOf(text)
  return /\d|[一二两三四五六七八九十百千万]+(?:块|元|万|千|百|多|来)|跟|和|听说|记得|看见|看到|公示/u.test(plain)
    ? plain.length > 5
    : plain.length > LONGEST_BARE
}
