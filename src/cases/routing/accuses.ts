/** Does a text accuse an official of misconduct, whatever it was taken for at first? Then it must go where tips go. */
import { KINSHIP_WORDS } from './call-names.ts'
import { findCollectives } from './find-collectives.ts'
import { findMentions } from './find-mentions.ts'
import { viewOrganisation } from './organisation-view.ts'
import type { RoutingOrganisation } from './organisation-view.ts'

/** Words for what officials may not do: taking, keeping, favouring, buying votes, leaking, retaliating. */
const MISCONDUCT =
  /揣|贪|私分|私吞|吞了|昧下|转走|划走|侵占|霸占|挪用|截留|克扣|套取|冒领|虚报|多报|报了两|重复报|假票|假发票|白条|不入账|没入账|没进账|账外|小金库|吃空饷|领走|好处|回扣|提成|红包|受贿|行贿|送礼|收(?:了|着|受|人家|施工队|包工头|别人|俺|我|群众|村民|老百姓)*(?:的)?(?:.{0,8})(?:礼|钱|烟|酒|卡|好处|[百千万]|\d{3,})|发烟|发钱|拉票|贿选|买票|(?:选举|换届|投票|竞选).{0,12}(?:送|发|塞)|挨(?:家|门|户).{0,4}(?:送|发|塞)(?:钱|油|面|米|烟|酒|礼)|公款|吃喝|大吃|招待|请客|打麻将|赌|嫖|作风|乱搞|优亲厚友|自己人|给(?:了)?(?:他|她)?(?:的|家)?(?:亲戚|兄弟|小舅子|儿子|侄子|外甥|连襟|媳妇|亲家|老丈人)|(?:他|自己|亲戚|兄弟)(?:家)?(?:的)?(?:包|拿|报|花|收|占|用|种|得)了?|卖了|倒卖|打击报复|报复|威胁|打人|骂人|跑风漏气|泄露|泄密|通风报信|往外说|举报(?:的事|信|材料).{0,6}(?:告诉|给)|包庇|撑腰|以权谋私|滥用职权|吃拿卡要|吃拿|索要|围标|串标|陪标|没招标|不招标|偷工减料/u

/** What is misconduct when a person holding office does it; of a body it may be a decision. */
const BY_PERSON = new RegExp(
  `(?:占|霸)(?:了|着|去)?(?:俺|我|咱|集体|公家|村|庄|大队|人家|老百姓|群众)|` +
    `(?:给|让|叫|照顾|想着)(?:了)?(?:他|她|自己)(?:的|家|们)*(?:亲戚|自己人|家里人|${KINSHIP_WORDS.join('|')})|` +
    `发(?:了)?(?:大|横)?财|富得流油|哪来的钱|肥了|给没.{1,5}的(?:人|户)?报|二一添作五|` +
    `卖(?:着|了)?(?:集体|公家|村里|大队|庄里)?的?(?:地|树|林木|公章|宅基地)|` +
    `(?:只|光|净|都)(?:评|给|发|照顾|想着|顾)(?:他|她|自己)(?:的|家)*(?:亲戚|自己人|人)?`,
  'u',
)

/** Then “村里” alone says enough. */
const TAKEN = /昧下|私吞|私分|吞了|贪了|揣/u

/** 想给谁给谁: no question. */
const AT_WILL = /想.{1,2}谁就?.{1,2}谁|想.{1,2}多少就?.{1,2}多少/u

/** Asking how much, when, who: no accusation by itself. */
const ASKS = /(?:多少|几个|谁|啥时候|什么时候|能不能|可不可以|是不是可以|咋办|怎么办|吗|么|不)[??。]?$/u

export function accusesOfficial(
  organisation: RoutingOrganisation,
  input: { text: string; village: string | null },
): boolean {
  const text = input.text.normalize('NFKC')
  const atWill = AT_WILL.test(text)
  const any = atWill || MISCONDUCT.test(text)
  const personal = any || BY_PERSON.test(text)
  if (!personal || (!atWill && ASKS.test(text) && text.length < 24)) return false
  const view = viewOrganisation(organisation)
  const unit = view.villageUnit(input.village)?.id ?? null
  if (findMentions(text, unit, view).some(({ complained }) => complained)) return true
  return any && findCollectives(text, unit, view, { mode: 'conduct' }).some(({ bare }) => !bare || TAKEN.test(text))
}
