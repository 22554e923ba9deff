/** What an amount was spent on or came from, in villagers' words → words that ledgers use. */
import { cutWords } from '../../conversation/index.ts'
import { contentWords, leftOver } from '../answers/content-words.ts'

export interface Topic {
  /** As the villager is shown it. */
  label: string
  /** A line counts when its text holds one of these … */
  words: string[]
  /** … and none of these. */
  without?: string[]
  /** … or holds all of these. */
  all?: string[]
  /** This one line of the book instead. */
  voucher?: string
  /** The whole of these ledger categories instead. */
  categories?: string[]
}

interface Group {
  asked: RegExp
  label: string
  words: string[]
  without?: string[]
}

/** 记-202501-06, however it is typed. */
const VOUCHER = /记?-?(20\d{4})-(\d{1,3})(?!\d)/
const voucherOf = ([, month, number]: RegExpExecArray): string => `记-${month}-${number!.padStart(2, '0')}`

/** Left over, and naming nothing. */
const IDLE = /^(这?会儿|到?现在|出去|进去|里头|当中|到底|一整|天下|手里)( |$)/
const ALL_MONEY = /咱村|俺村|全村|村里|大队|总共|一共|拢共/

/** One line a subject. The first whose pattern the question holds is taken. */
const GROUPS: readonly Group[] = [
  { asked: /路灯|亮化/, label: '路灯', words: ['路灯', '亮化'] },
  {
    asked: /修路|道路|铺路|村路|水泥路|柏油路|路面|胡同硬化|(?<!公|电|线|铁)路(?!灯|费)/,
    label: '修路',
    words: ['修路', '道路', '铺路', '路面', '硬化'],
    without: ['路灯', '保洁', '清扫', '广场', '绿化'],
  },
  {
    asked: /招待|吃喝|请客|(?<!老人|老年|食堂.{0,4})吃饭|饭钱|餐费|喝酒|下馆子/,
    label: '招待费',
    words: ['招待', '餐费', '用餐', '就餐', '饭店', '烟酒'],
  },
  { asked: /电费|用电/, label: '电费', words: ['电费'] },
  { asked: /水费|用水/, label: '水费', words: ['水费'] },
  {
    asked: /报酬|(干部|书记|主任|两委|村委|会计|报账员|委员).{0,6}(工资|钱|补贴|补助)/,
    label: '干部报酬',
    words: ['报酬', '干部补贴', '干部工资'],
  },
  { asked: /误工/, label: '误工补贴', words: ['误工'] },
  { asked: /垃圾/, label: '垃圾清运', words: ['垃圾', '清运'] },
  {
    asked: /保洁|卫生|清扫|环卫|打扫/,
    label: '环境卫生',
    words: ['保洁', '卫生', '垃圾', '清扫', '环卫', '清运'],
  },
  { asked: /绿化|栽树|种树|花草|苗木/, label: '绿化', words: ['绿化', '苗木', '植树', '树苗', '栽植'] },
  { asked: /自来水|饮水|水管/, label: '自来水', words: ['自来水', '饮水', '供水', '水管'] },
  {
    asked: /机井|水井|打井|灌溉|水渠|浇地/,
    label: '水利灌溉',
    words: ['机井', '水井', '打井', '灌溉', '水渠', '沟渠', '泵站'],
  },
  { asked: /下水道|排水|污水/, label: '排水', words: ['下水道', '排水', '污水'] },
  { asked: /厕所|旱厕|公厕/, label: '厕所', words: ['厕所', '公厕', '改厕', '抽粪'] },
  { asked: /广场|健身/, label: '广场', words: ['广场', '健身'] },
  { asked: /慰问|看望|送.{0,2}(米|面|油)/, label: '慰问', words: ['慰问'] },
  { asked: /重阳|敬老|老人节|老年/, label: '敬老', words: ['重阳', '敬老', '老人', '老年'] },
  {
    asked: /唱戏|演出|放电影|文艺|文化活动|扭秧歌/,
    label: '文化活动',
    words: ['演出', '唱戏', '文艺', '电影', '文化活动', '秧歌', '锣鼓'],
  },
  { asked: /报纸|报刊|书报|订报/, label: '报刊费', words: ['报刊', '报纸', '书报'] },
  {
    asked: /办公(费|用品|室.{0,3}花)|纸张|打印|复印|墨盒/,
    label: '办公费',
    words: ['办公', '打印', '复印', '墨盒', '硒鼓'],
  },
  {
    asked: /差旅|出差|车费|租车|油费|加油|汽油/,
    label: '差旅交通',
    words: ['差旅', '出差', '车费', '租车', '加油', '燃油', '交通费'],
  },
  { asked: /电话费|网费|宽带|通讯/, label: '通信费', words: ['电话费', '网费', '宽带', '通讯', '通信'] },
  { asked: /监控|摄像头/, label: '监控', words: ['监控', '摄像'] },
  { asked: /防火|消防|防汛|抗旱|应急/, label: '防汛防火', words: ['防火', '消防', '防汛', '抗旱', '应急'] },
  { asked: /鱼塘|水塘|塘坝/, label: '鱼塘', words: ['鱼塘', '水塘', '塘坝'] },
  { asked: /门面|沿街|房租|商铺/, label: '门面房', words: ['门面', '沿街', '商铺', '房租', '门头'] },
  { asked: /厂房|仓库/, label: '厂房仓库', words: ['厂房', '仓库'] },
  { asked: /果园|荒山|山林|林地/, label: '果园山林', words: ['果园', '荒山', '山林', '林地'] },
  { asked: /机动地|土地.{0,2}(租|包)|地租/, label: '土地承包', words: ['机动地', '地租', '土地承包', '土地租'] },
  { asked: /光伏/, label: '光伏', words: ['光伏'] },
  {
    asked: /上级.{0,3}(拨|补|给|钱|款)|拨款|转移支付/,
    label: '上级拨款',
    words: ['拨款', '上级', '拨付', '转移支付', '专项资金', '补助收入', '运转经费'],
  },
  { asked: /租金|承包费|承包款|租赁费/, label: '租金和承包费', words: ['租金', '承包费', '承包款', '租赁'] },
  { asked: /利息/, label: '利息', words: ['利息', '结息'] },
  { asked: /分红|收益分配/, label: '收益分配', words: ['分红', '收益分配'] },
  { asked: /维修|修理|修缮/, label: '维修', words: ['维修', '修理', '修缮'] },
  { asked: /党员活动|党建|党组织/, label: '党建活动', words: ['党建', '党员', '党组织', '主题党日'] },
  { asked: /培训/, label: '培训', words: ['培训'] },
]

/** 环境卫生 of 公益支出/环境卫生. */
const leafOf = (category: string): string => category.split('/').at(-1) ?? category
const stemOf = (category: string): string => leafOf(category).replace(/(支出|收入|费用|费|款|金|类)$/, '')
/** 公益支出 of 公益支出/环境卫生; empty when there is one level only. */
const headOf = (category: string): string => (category.includes('/') ? (category.split('/')[0] ?? '') : '')

/**
 * @param topic what understanding left over, if anything
 * @param categories ledger categories of this village
 * @param isWritten does any published line hold all of these words?
 * @returns null when the question is about all of the money
 */
export async function findTopic(
  text: string,
  topic: string | undefined,
  categories: readonly string[],
  isWritten: (all: readonly string[]) => Promise<boolean>,
): Promise<Topic | null> {
  const voucher = VOUCHER.exec(text)
  if (voucher) return { label: voucherOf(voucher), words: [], voucher: voucherOf(voucher) }
  const payee = payeeIn(text)
  if (payee && (await isWritten([payee]))) return { label: payee, words: [], all: [payee] }
  const named = longest(categories.map(leafOf).filter((leaf) => leaf.length >= 3 && text.includes(leaf)))
  if (named) return topicOf(named, categories)
  const head = longest(categories.map(headOf).filter((each) => each.length >= 3 && text.includes(each)))
  if (head) return topicOf(head, categories)
  const own = leftOver(text) || (topic ? leftOver(topic) : '')
  const parts = partsOf(own)
  if (parts.length > 0 && parts.join('').length >= 3 && (await isWritten(parts)))
    return { label: parts.join(''), words: [], all: parts }
  const group =
    GROUPS.find(({ asked }) => asked.test(text)) ?? (topic ? GROUPS.find(({ asked }) => asked.test(topic)) : undefined)
  if (group) return fromGroup(group)
  const partly = categories.find((category) => stemOf(category).length >= 2 && text.includes(stemOf(category)))
  if (partly) return topicOf(leafOf(partly), categories)
  const words = contentWords(text)
  if (words.length > 0) return { label: words.join(''), words: [], all: words }
  // Nothing that has a name: all of the village's money, where that is said; a thing unknown to us otherwise.
  return own && !(ALL_MONEY.test(text) && IDLE.test(own))
    ? { label: own.replaceAll(' ', ''), words: [], all: parts.length > 0 ? parts : own.split(' ') }
    : null
}

/** Is a heading of the book named? */
export const namesCategory = (text: string, categories: readonly string[]): boolean =>
  categories.some((category) => {
    const word = [stemOf(category), leafOf(category)].find(({ length }) => length >= 2)
    return word !== undefined && text.includes(word)
  })

/** Is the subject that a villager's word stands for written about here, in the book's words? */
export function speaksOf(word: string, text: string): boolean {
  const group = GROUPS.find(({ asked }) => asked.test(word))
  return group !== undefined && group.words.some((each) => text.includes(each))
}

/** The subject under which villagers' word for it is looked up; null when it is none of ours. */
export const groupLabelOf = (word: string): string | null => GROUPS.find(({ asked }) => asked.test(word))?.label ?? null

/** The same topic again, from its label: for pages and follow-ups. */
export function topicOf(label: string, categories: readonly string[]): Topic {
  const whole = categories.filter(
    (category) => category === label || leafOf(category) === label || headOf(category) === label,
  )
  if (whole.length > 0) return { label, words: [], categories: whole }
  const group = GROUPS.find((each) => each.label === label)
  return group ? fromGroup(group) : { label, words: [], all: partsOf(label) }
}

/** 保洁员工资 → 保洁员, 工资: ledgers put names between them. */
function partsOf(own: string): string[] {
  return own
    .split(' ')
    .flatMap((part) => ([...part].length <= 3 ? [part] : cutWords(part).filter((word) => [...word].length >= 2)))
}

const fromGroup = ({ label, words, without }: Group): Topic => ({ label, words, ...(without && { without }) })
const longest = (words: readonly string[]): string | undefined => [...words].sort((a, b) => b.length - a.length)[0]

const PAID_TO =
  /(?:付给|支付给|发给|开给|给)([\u4e00-\u9fff]{2,10}?)(?=付|发|开|支|打|结|了|多少|的|一共|总共)|^(?:保洁员|护林员|水管员|电工|会计|报账员|村医|网格员)?([\u4e00-\u9fff]{2,8}?)(?=(?:去年|今年|前年|上个?月|20\d\d年?|这[两几]年|一年|一共|总共|从村里|在村里)+.{0,8}(?:领|拿|挣|得|收))/u

/** 王大勇去年领了多少钱, 给净美保洁付了多少: the one whom the village paid, as the words say it. */
export function payeeIn(text: string): string | null {
  const found = PAID_TO.exec(text)
  const name = found?.[1] ?? found?.[2]
  return name && !/^(?:村里|大队|干部|村民|俺|我|他|书记|主任|老百姓|大家|谁|哪|啥|各|每)/u.test(name) ? name : null
}
