/** Messages that are evidently not finished yet: “俺想问问” · “去年修路” · “关于”. By their form alone, at no cost to the others. */
import type { ConversationState } from './state.ts'

/** Longer ones stand on their own, whatever they end in. Characters. */
const LONGEST = 40

const TRAILS = /[\s,。.、!…~啊呀哈呗哦嗯]*/u.source
/** Greets, or says that a question is coming. “我要反映问题” is no such thing: it opens the dialogue. */
const LEADS_IN = new RegExp(
  `^(?:(?:你好|您好|恁好|在吗|在不在|在不|有人吗|喂|哎|诶|嗨|老师|同志|领导|小助手|请问|请教|打听|麻烦|咨询|问|(?:俺|我|咱)(?:们)?(?:就|再)?(?:想|要|得)(?:再)?(?:请)?(?:问|打听|咨询|了解)问?|有(?:个|件|点)(?:事|问题)儿?(?:想问|问|想说|要说)?问?|跟(?:你|您|恁)说(?:个|件)事儿?|是这样的?|那啥|一?下|一?个事儿?|你|您)${TRAILS})+$`,
  'u',
)
/** Ends where more must come. */
const GOES_ON =
  /(?:因为|所以|但是|可是|不过|而且|以及|或者|就是说|比如说?|关于|对于|至于|的时候|的话|还有|然后|那个|这个)$|.{3}[和跟把被]$|[,、:;…]$/u
/** A thing and nothing said or asked about it. */
const BARE = /^(?:\d{2,4}年|\d{1,2}月)?\p{Script=Han}{2,8}$/u
const SAYS_SOMETHING =
  /[吗呢嘛吧么了啊呀哦嗯哈喽吆]|[多少几谁啥什咋怎哪何为没不无坏要想给请让叫查看说讲报举诉谢好行对是中停退撤催帮救急死杀打砍火淹塌晕丢删算有选第再还能会该得办同贪吞占揣骗欠偷拿]|反映|满意|解决|明细|详|更多|继续|接着|恢复|人工|匿名|实名|提交|取消|反对|收到|知道|拜|补充|申请|公开|流程|材料|电话|账/u

/** Answers, thanks, leaves: goes on with nothing. */
const STANDS_ALONE =
  /^(?:谢谢|多谢|感谢|辛苦|再见|拜拜|好的?|行|中|嗯|对|是的?|不是|不用|没有|没了|知道|收到|ok|停|退订|算了|删掉|匿名|实名|提交|继续|明细|[\d\s-]+)[了啊呀吧哈您你]*$/iu

/** Text that is never longer than a few words, without the signs around it. */
const plain = (text: string): string => text.normalize('NFKC').trim()

/**
 * @param leans an answer was given a moment ago, so that a few words may lean on it: “去年的” · “我说的是修路”
 */
export function isUnfinished(text: string, leans: boolean): boolean {
  const said = plain(text)
  if (said === '' || said.length > LONGEST || STANDS_ALONE.test(said)) return false
  if (LEADS_IN.test(said)) return true
  if (GOES_ON.test(said)) return !leans || said.length > 4
  return !leans && BARE.test(said) && !SAYS_SOMETHING.test(said)
}

/** Can it be the rest of what was begun? */
export const goesOnFrom = (text: string): boolean => plain(text) !== '' && !STANDS_ALONE.test(plain(text))

/** Something was asked: whatever comes now is its answer, and waits for nothing. */
export const awaitsAnswer = ({ form, choosing, awaitingVillage, context }: ConversationState): boolean =>
  form !== undefined || choosing !== undefined || awaitingVillage !== undefined || context.last?.expects !== undefined
