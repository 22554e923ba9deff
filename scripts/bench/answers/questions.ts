/** Questions of every kind, each asked once: about money by item and month, projects, contracts, decisions, people, lists, policies. */
import { THINGS, holdingOf, monthOf, nameOf, personOf, workOf } from './make-village.ts'

const MOST = 20_000
const POLICIES = [
  '一户能有几处宅基地',
  '低保一个月多少',
  '烧秸秆罚多少',
  '住院能报多少',
  '高龄津贴几岁能领',
  '结婚登记带啥',
  '养老保险交到几号',
  '危房改造补多少',
]

/** @param records of the village: what is asked about is in it */
export function questionsAbout(records: number): string[] {
  const things = Math.max(3, Math.round(records * 0.005))
  const out = new Set<string>()
  for (let at = 0; out.size < MOST && at < MOST * 2; at++) {
    const [year, month] = monthOf((at * 17) % 60)
      .split('-')
      .map(Number)
    const [, thing] = THINGS[(at * 7) % THINGS.length]!
    const item = (at * 31) % things
    const kinds = [
      `${year}年${month}月${thing}花了多少钱`,
      `${year}年${thing}一共多少钱`,
      `${year}年${month}月一共支出多少`,
      `${workOf(item)}弄到哪一步了`,
      `${holdingOf(item)}包给谁了`,
      `${nameOf(item)}那个工程是怎么定的`,
      `${personOf(at)}在不在补贴名单上`,
      `${year}年${month}月最大的一笔支出是啥`,
      `${year}年${(month! % 4) + 1}季度${thing}明细`,
      `${POLICIES[at % POLICIES.length]}${at % 97}`,
    ]
    out.add(kinds[at % kinds.length]!)
  }
  return [...out]
}
