/** Named, but not for anything they did: told of it, spoken to, boasted of, heard from, the giver of what others took. */

import { KINSHIP_WORDS } from './call-names.ts'

/** Strong: whoever comes after is who was told, whatever follows. */
const TOLD_TO =
  /(?:找过|找了|去找|问过|反映给|反映到|告诉(?:过|了)?|汇报给|汇报到|打给|打到|打电话给|写信给|递给|交给|举报给|告到|捅到|闹到)(?:俺|我|咱)?们?(?:村|镇|县)?(?:里|上)?的?$/u
/** 请县纪委薛冰来查查. */
const ASKED = /(?:请|求|盼|盼着|希望|恳请|麻烦|想让)(?:咱|俺|我)?们?[^,。;!?]{0,6}$/u
const ASKED_FOR = /^[^,。;!?]{0,8}(?:来查|查查|查一查|查清|来管|管管|管一管|做主|评评理|来看看|来处理|出面)/u
/** 打着范书记的旗号. */
const BOASTED =
  /(?:仗着|靠着|凭着|打着|借着|冒充|假借|拿着?)(?:跟|和|同|是|有)?$|(?:上头|上面|上边|镇上|县里|后台|靠山)(?:是|有|有个)$|(?:说|吹|喊)(?:他|她)?(?:上头|上面|背后)?(?:有|认识|跟|和)$/u
/** 瞒着范书记, 当着宁镇长的面. */
const KEPT_FROM = /(?:瞒着|背着|糊弄|哄|骗|蒙|当着|绕过|撇开|不经)(?:了|过)?$/u
/** 比范书记还横, 跟范书记似的. */
const COMPARED_BEFORE = /(?:比|像|跟|和|学)$/u
const COMPARED_AFTER = /^(?:一样|那样|似的|似地|还)/u
/** 跟阎镇长是亲戚; 小舅子薛冰在县纪委上班. */
const RELATED = new RegExp(
  `^(?:他|她)?们?(?:是|有|沾)(?:着|点|一层)?(?:亲|老亲|远亲|同学|老同学|战友|把兄弟|哥们|关系|本家|一家子|${KINSHIP_WORDS.join('|')})|` +
    `^(?:就)?在[^,。;!?]{0,8}(?:上班|工作|当差|当官|干着|坐着|里头)`,
  'u',
)
const HEARD = /(?:听|听说是|据|照)$/u
/** What somebody does who has no part in it. */
const INNOCENT =
  /^(?:本人|自己|同志|他|她|也|都|就|还|曾|当时|那天|那会儿?|开会(?:时|的时候)?|亲口|专门|刚|才|连|刚来|新来|才来|在[^,。;!?]{1,6}[上里]|每次|回回|上回|上次|去年|前年)*(?:说(?!让|叫|不用|别|不许|给)|讲|强调|要求|保证|答应|不知道|不知情|知道|被蒙|被瞒|晓得|清楚|表态|批示|来检查|来查|来看|来过|来村|来调研|下村|看不下去|看不惯|看见|在场|作证|证明|劝|拦|不同意|没同意|反对|不让)/u
/** 宁镇长批下来的救灾款: the giver, not the taker. */
const GAVE = /^(?:给)?(?:批|拨|发|送|带|争取|要)(?:下来|过来|回来|来|下)?的/u
/** In the same clause: then they have a part in it. */
const TAKES_PART =
  /收了|拿了|分了|要了|[^给]钱(?!.{0,3}到)|烟|酒|礼|红包|好处|包庇|护着|撑腰|压(?:着|下)|不管|不理|不问|不查|不办|卡着|拖着|合伙|串通|帮着|一起|一块|偷|贪|吃喝/u
/** 在大会上强调不准吃喝. */
const FORBIDS = /(?:强调|要求|讲|规定|三令五申)[^,。]{0,6}(?:不准|不许|不能|不得|严禁|禁止)/u
const GREETING = /^(?:尊敬的|敬爱的|亲爱的|您好|你好|[,\s])*$/u
const CALLED =
  /^(?:同志|领导|您好|你好)*[,:!]\s*(?:您好|你好|我|俺|咱|向|这|有|求|请|帮|跟您|给您|[\u4e00-\u9fa5]{2,4})/u

const clause = (after: string): string => /^[^,:。;!?\n]*/u.exec(after)?.[0] ?? ''

/** @param before the text in front of the name @param after the text behind it */
export function isBystander(before: string, after: string): boolean {
  const rest = clause(after)
  if (GREETING.test(before) && CALLED.test(after) && rest.length <= 4) return true
  if (KEPT_FROM.test(before) || RELATED.test(after)) return true
  if (COMPARED_BEFORE.test(before) && COMPARED_AFTER.test(after)) return true
  if (BOASTED.test(before.slice(-10))) return true
  if (ASKED.test(before) && ASKED_FOR.test(after)) return true
  if (HEARD.test(before) && /^(?:他|她|们)?(?:说|讲|透露|提)/u.test(after)) return true
  if (FORBIDS.test(rest)) return true
  if (TAKES_PART.test(rest)) return GAVE.test(after)
  return TOLD_TO.test(before.slice(-12)) || INNOCENT.test(after) || GAVE.test(after)
}
