/** What has been said so far, and what would still help. JSON: kept sealed in the conversation's state until it is filed. */
import { tellsWhatIsWrong } from '../../conversation/index.ts'
import type { AnsweredFigure, Slots, StoredAttachment } from '../../conversation/index.ts'
import { PROCEDURES } from '../procedures/index.ts'
import type { Ask } from '../procedures/index.ts'
import type { CaseKind } from '../schema.ts'

export type Field = 'what' | Ask
export type Waiting = Field | 'confirm' | 'name' | 'mend' | `mend-${Field}`

export interface Draft {
  kind: CaseKind
  villageId: string | null
  /** The villager's own words, as written. */
  text: string
  /** Answers to what was asked. */
  answers: Partial<Record<Ask, string>>
  files: { id: string; mediaType: string | null }[]
  asked: Field[]
  waiting: Waiting
  /** Left for now; comes back with “继续”. */
  paused?: boolean
  urgent?: boolean
  /** “这账不对”: a published figure is doubted. */
  doubts?: true
  /** The answer that is doubted, where it was ours. */
  questioned?: AnsweredFigure
}

/** Questions in a row before it is offered to send as it is. */
const IN_ROW = 2
export const MAX_TEXT = 5000
const MAX_FILES = 20

/** Words that only announce that something is coming. */
const ANNOUNCES =
  /我要|我想|俺要|俺想|想要|要|想|给(?:你|您)们?|向(?:你|您)们?|反映一?个?下?|举报|投诉|检举|控告|告状|说(?:一)?个?|提(?:一)?个?|有(?:一)?个?|点|件|问题|情况|事情?|建议|意见|纠纷|调解|求助|帮忙|申请公开|公开|人工|找人|找个人|你好|您好|在吗?|请问|问|一下|[,,。.!!??、\s的了啊呀吧呢]/gu

const SAYS: Readonly<Record<Ask, RegExp>> = {
  who: /书记|主任|会计|村长|支书|干部|队长|组长|镇长|委员|所长|站长|网格员|村委|两委|大队|村里|镇上|镇里|邻居|隔壁|对门|前院|后院|他家|她家|老[\u4e00-\u9fa5]家?|[\u4e00-\u9fa5]家(?:盖|占|打|挖|堵|放|养)/u,
  where:
    /村[东西南北头口里后前委]|[东西南北]边|路口|桥|(?:俺|我|咱)们?(?:家|村|这)|门口|[一二三四五六七八九十\d]组|胡同|巷|河|沟|地里|地头|学校|广场|井|大棚|卫生室|水渠|坡|山|院|街|路/u,
  when: /今年|去年|前年|大前年|今天|昨天|前天|刚才|刚刚|昨晚|上个?(?:月|周|星期|礼拜)|这个?(?:月|周)|前几天|前些天|最近|年前|年后|过年|春节|[春夏秋冬][天里]|麦收|\d+ ?[年月日号]|[一二三四五六七八九十两仨半几\d]+个?(?:月|天|年|周|星期|礼拜)(?:了|前)?|一直|每天|天天|晚上|早上|下雨/u,
  evidence:
    /照片|图片|视频|录音|发票|收据|票|收条|单据|单子|[发送收订]货单|账单|流水|记录|合同|欠条|账本|凭证|证人|作证|看见|亲眼|截图|没(?:有)?证据|证据/u,
}

/** More than words that something is coming. A thing to be published is named in two characters (账目), a matter is not. */
export function hasSubstance(text: string, kind?: CaseKind): boolean {
  return text.replaceAll(ANNOUNCES, '').length >= (kind === 'disclosure' ? 2 : 4)
}

/** Is there something to file? A doubt about an answer stands for itself: the answer goes with it. */
export const tells = (draft: Draft): boolean => draft.questioned !== undefined || hasSubstance(draft.text, draft.kind)

/** Told by the record: an account lies where it was published, and has its dates. */
const KNOWN_OF_FIGURES: ReadonlySet<Ask> = new Set(['where', 'when'])

/** What this kind asks for and nothing said so far holds. */
export function missingFields(draft: Draft, slots: Slots = {}): Ask[] {
  const said = [draft.text, ...Object.values(draft.answers)].join('\n')
  const fromSlots: Partial<Record<Ask, unknown>> = {
    who: slots.person ?? slots.role,
    where: slots.place,
    when: slots.period,
    evidence: draft.files.length > 0 ? true : undefined,
  }
  return PROCEDURES[draft.kind].asks.filter(
    (ask) =>
      !(draft.doubts && KNOWN_OF_FIGURES.has(ask)) &&
      draft.answers[ask] === undefined &&
      fromSlots[ask] === undefined &&
      !SAYS[ask].test(said),
  )
}

/** The next thing to ask, or the summary. */
export function nextWaiting(draft: Draft, slots: Slots = {}): Waiting {
  if (!tells(draft)) return 'what'
  // What is thought to be wrong with the figure, asked once.
  if (draft.doubts && !draft.asked.includes('what') && !tellsWhatIsWrong(draft.text)) return 'what'
  const questions = draft.asked.filter((field) => field !== 'what').length
  if (questions >= IN_ROW) return 'confirm'
  const ask = missingFields(draft, slots).find((field) => !draft.asked.includes(field))
  return ask ?? 'confirm'
}

export function ask(draft: Draft, waiting: Waiting): Draft {
  const field = waiting as Field
  const isField = waiting !== 'confirm' && waiting !== 'name' && !waiting.startsWith('mend')
  return { ...draft, waiting, asked: isField ? [...draft.asked, field] : draft.asked }
}

export function addFiles(draft: Draft, attachments: readonly StoredAttachment[]): Draft {
  const files = attachments.map(({ fileId, mediaType }) => ({ id: fileId, mediaType }))
  return { ...draft, files: [...draft.files, ...files].slice(0, MAX_FILES) }
}

const letters = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]+/gu, '').length

/** Fields that can be told by their words, the surest first. */
const TOLD_BY_WORDS = ['when', 'evidence', 'where'] as const
/** Longer than this, an answer tells more than was asked. */
const LONGEST_ANSWER = 24

/** The field that a few words are about, when they are about one: “去年五月” is a time whatever was asked. */
export function fieldOf(text: string): Ask | null {
  return letters(text) <= LONGEST_ANSWER ? (TOLD_BY_WORDS.find((field) => SAYS[field].test(text)) ?? null) : null
}

/**
 * Takes an answer to what was asked. Words that answer something else go there; what tells more than was asked joins the story,
 * so that nothing is lost in a field where nobody looks for it.
 */
export function takeAnswer(draft: Draft, asked: Ask, said: string): Draft {
  const answer = said.trim().slice(0, 500)
  const fits = (text: string): boolean => SAYS[asked].test(text)
  const clauses = answer.split(/[,，。.;；!！?？\s]+/u).filter(Boolean)
  const more = clauses.length > 1 && clauses.some((clause) => !fits(clause) && letters(clause) > 3)
  if (letters(answer) > LONGEST_ANSWER || (more && asked !== 'who')) {
    const told = addText(draft, said)
    const [fitting, ...others] = clauses.filter(fits)
    return fitting && others.length === 0 && (asked === 'when' || asked === 'where') && letters(fitting) <= 12
      ? { ...told, answers: { ...told.answers, [asked]: fitting } }
      : told
  }
  const other = fits(answer) ? null : fieldOf(answer)
  return { ...draft, answers: { ...draft.answers, [other ?? asked]: answer } }
}

/** Adds words, once: the same sentence again changes nothing. */
export function addText(draft: Draft, text: string): Draft {
  const added = text.trim()
  if (added === '' || draft.text.includes(added)) return draft
  const joined = draft.text !== '' && tells(draft) ? `${draft.text}\n${added}` : added
  return { ...draft, text: joined.slice(0, MAX_TEXT) }
}

const URGENT = /急|马上|快不行|瘫|晕|漏电|要塌|塌了|断电|断水|没吃的|没饭吃|孤身/u

export const isUrgent = (draft: Draft): boolean => draft.kind === 'help' && URGENT.test(draft.text)

const SELF_NAME =
  /(?:我|俺)(?:的?名字)?(?:叫|姓名是?)(?!做|他|她|人|啥|什么)([\u4e00-\u9fa5]{2,4}?)(?=[,,。.;;、\s]|$|电话|手机|是|住)/gu
const SELF_PHONE =
  /((?:我|俺|本人)的?(?:电话|手机号?|号码|联系方式)|电话|手机|联系(?:电话|方式)?|打给?我)(?:号|是|:|:|\s)*(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})/gu

/** Who handles the case works without the reporter's name: what somebody says of themselves goes with the sealed identity. */
export function withoutSelf(text: string): { text: string; said: string[] } {
  const said: string[] = []
  const cleaned = text
    .replaceAll(SELF_NAME, (whole: string, name: string) => {
      said.push(name)
      return whole.replace(name, '〔姓名已密封〕')
    })
    .replaceAll(SELF_PHONE, (whole: string, _label: string, phone: string) => {
      said.push(phone)
      return whole.replace(phone, '〔电话已密封〕')
    })
  return { text: cleaned, said }
}
