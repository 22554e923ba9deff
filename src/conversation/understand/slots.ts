/** What a message or a part of it speaks of: periods, amounts, names of the village, roles, codes, and the topic that remains. */
import { cutWords, receiptCode } from './features.ts'
import { findMoney, parseChoice } from './numerals.ts'
import { findPeriods } from './periods.ts'
import type { Slots, Vocabulary } from './types.ts'
import { findEntries } from './vocabulary-index.ts'

const role =
  /党支部书记|支部书记|村支书|支书|第一书记|副书记|书记|村委会主任|村主任|监委会主任|监督委员会主任|妇联主席|妇女主任|民兵连长|治保主任|副主任|主任|报账员|出纳|会计|文书|网格员|网格长|法律顾问|村医|调解员|包村干部|驻村干部|护林员|护路员|水管员|电工|保洁员|胡同长|巷长|小组长|组长|生产队长|村长|纪检委员|组织委员|宣传委员|纪检监察监督员|监督员|村民代表|理财小组|两委|村监委|镇长|镇纪委|包村领导/u
const subsidyName =
  /最低生活保障|低保|五保|特困供养|特困|临时救助|残疾人?两项补贴|残疾补贴|护理补贴|高龄(?:补贴|津贴)|尊老金|种粮补贴|粮补|耕地地力(?:保护)?补贴|地力补贴|(?:小麦|麦子|玉米|花生|大豆)补贴|农机补贴|农机购置补贴|秸秆(?:还田)?补贴|危房改造(?:补助)?|雨露计划|计生奖扶|奖扶|独生子女(?:奖励|补助|费)|优抚金?|抚恤金|救灾款|孤儿补贴|事实孤儿|养老金|一次性补贴|厕改补贴|清洁取暖补贴|取暖补贴|光伏补贴|良种补贴|农资补贴|公益岗(?:补贴|工资)/u
const surnamed =
  /(?:[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓单杭洪包诸左石崔吉龚程邢裴陆荣翁荀惠甄曲封储靳段富巫乌焦巴弓牧山谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲从索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广东欧利师巩聂关荆])(?:书记|主任|会计|村长|支书|队长|组长|镇长|委员|律师|医生|大夫)|老(?:[赵钱孙李周吴郑王冯陈张刘杨朱许何高马])(?![师板家人年])/u
const household =
  /(?:户主|户名)(?:是|叫)?([\u4e00-\u9fa5]{2,4})|([\u4e00-\u9fa5]{2,3})(?:这一?户|那一?户)|(?:俺|我|咱)(?:们)?(?:自己)?家/u

/** Words that carry no topic. */
const stop = new Set(
  '俺家 我家 咱家 你家 他家 给谁 包 钱数 个数 的 了 是 在 有 和 与 及 把 被 给 让 叫 跟 对 向 从 到 为 于 就 都 也 还 又 再 很 太 挺 怪 老 最 更 才 只 不 没 没有 吗 呢 吧 啊 呀 哦 嘛 哎 哎呀 唉 哈 嘞 哩 咧 那 这 那个 这个 那些 这些 那么 这么 哪 哪个 哪些 哪里 哪儿 什么 啥 咋 咋样 怎么 怎样 怎么样 如何 为什么 为啥 凭啥 凭什么 多少 几 几个 多 少 谁 谁家 俺 俺们 我 我们 咱 咱们 你 你们 恁 他 他们 她 它 自己 人家 大家 大伙 村 村里 村上 咱村 俺村 本村 大队 大队里 里 里头 上 下 个 一个 一下 一点 点 些 有些 钱 花 花了 多少钱 花销 费用 支出 开支 用 用了 支 支了 共 一共 总共 合计 总 请问 问 问问 问下 想 想问 想知道 知道 打听 查 查查 查下 看 看看 看下 说 说说 说下 告诉 能 能不能 可以 可不可以 要 会 得 应该 是不是 有没有 现在 目前 如今 已经 到底 究竟 具体 详细 情况 时候 啥时候 什么时候 几号 哪天 帮 帮忙 麻烦 谢谢 你好 您好 您 请 呗 去 来 过 着 弄 搞 做 干 办 些啥 干啥 做啥 的话 然后 还有 另外 顺便 以及 或者 还是 因为 所以 但是 可是 不过 剩 还剩 剩下 剩多少 账上 账 情 事 事情 那事 这事 年 月 日 号 今 元 块 万 千 百 明细 列表 清单 名单 出来 进去 起来 下来 之前 之后 以前 以后 最近 一些 每 各 某 全 全部 所有 嗯 额 那块 那边 这边 这块 那阵 同志'.split(
    ' ',
  ),
)

/** Slots of a normalised text. */
export function findSlots(text: string, vocabulary: Vocabulary, now: Date): Slots {
  const slots: Slots = {}
  const taken: [number, number][] = []
  const take = (start: number, end: number): void => void taken.push([start, end])

  const periods = findPeriods(text, now)
  for (const item of periods) take(item.start, item.end)
  if (periods.length > 0) slots.period = periods[0]!.period
  if (periods.length > 1) slots.periods = periods.map((item) => item.period)

  const amount = findMoney(text).find((item) => !overlaps(taken, item.start, item.end))
  if (amount) {
    slots.amount = amount.yuan
    take(amount.start, amount.end)
  }
  for (const match of text.matchAll(receiptCode)) {
    slots.caseCode ??= match[0].toUpperCase().replace(/[\s-]/gu, '')
    take(match.index, match.index + match[0].length)
  }
  findNames(text, vocabulary, slots, take)

  const title = surnamed.exec(text)
  if (title && !slots.person) slots.person = title[0]
  const post = role.exec(text)
  if (post) slots.role ??= post[0]
  const money = subsidyName.exec(text)
  if (money) slots.subsidy ??= money[0]
  const home = household.exec(text)
  if (home) slots.household = home[1] ?? home[2] ?? '自家'
  const choice = parseChoice(text)
  if (choice !== null) slots.choice = choice
  const topic = topicOf(text, taken)
  if (topic) slots.topic = topic
  return slots
}

/** What a text is about, without times and names taken into account; empty when it has no subject of its own. */
export function findTopic(text: string): string {
  return topicOf(text, []) ?? ''
}

function findNames(
  text: string,
  vocabulary: Vocabulary,
  slots: Slots,
  take: (start: number, end: number) => void,
): void {
  const villages = new Set<string>()
  for (const { entry, start, end } of findEntries(text, vocabulary)) {
    switch (entry.kind) {
      case 'village':
        villages.add(entry.id)
        take(start, end)
        break
      case 'contract':
        slots.asset ??= entry.name
        break
      case 'power':
        slots.procedure ??= entry.name
        break
      case 'person':
        slots.person ??= entry.name
        take(start, end)
        break
      default:
        slots[entry.kind] ??= entry.name
    }
  }
  const [first] = villages
  if (first !== undefined) slots.village = first
  if (villages.size > 1) slots.villages = [...villages]
}

function overlaps(taken: [number, number][], start: number, end: number): boolean {
  return taken.some(([from, to]) => start < to && from < end)
}

/** What remains when times, amounts, names of people and villages and words without content are taken out. */
function topicOf(text: string, taken: [number, number][]): string | undefined {
  let rest = ''
  for (let i = 0; i < Math.min(text.length, 200); i++)
    rest += taken.some(([from, to]) => i >= from && i < to) ? ' ' : text[i]
  const words = cutWords(
    rest.replace(
      /(?:花|用|支|付|剩|收|欠|交|发|拿|投|拨)了?(?:多少|几个|多儿)钱?|多少钱|啥时候|什么时候|有多少|总共|一共|(?:每|一)(?:年|亩|个?月|户|天|人|口|次|盏|米|里|平米?|斤|方)(?=$|[^\u4e00-\u9fa5]|多少|几|给|能|是|要|得|补|发|交)/gu,
      ' ',
    ),
  ).filter((word) => !stop.has(word))
  const topic = words.join('').slice(0, 24)
  return topic === '' ? undefined : topic
}
