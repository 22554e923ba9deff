/** A question about money → what to compute: which lines, which side, sum or list. */
import type { Cite, Question, VillageName } from '../answers/answer.ts'
import { periodBounds, periodLabel } from '../periods.ts'
import type { RecordQuery, Store } from '../store.ts'
import { monthsLabel, periodQuery } from './published-months.ts'
import type { LedgerScope } from './published-months.ts'
import { financeReplies as say } from './replies.ts'
import { findTopic, topicOf } from './topics.ts'
import type { Topic } from './topics.ts'

/** Pay of officials is not a subsidy. */
export const PAY = /(干部|书记|主任|监委|两委|会计|报账员|委员).{0,6}(补贴|工资|报酬)|误工/
export const MONEY = /(花|支出|支了|开支|开销|收入|收了|收的|进账|账|几笔|多少笔|招待费|拨款|报酬|误工|费用|用了多少)/
const INCOME = /(收入|收了|进账|收到|进了|挣|卖了|拨了|拨款|拨下来|来钱|到账|收多少|收上来)/
const TOP = /(最大|最多|最高|最贵|大头|前[几三五十\d])/
const COUNT = /(几笔|多少笔|几次|多少次)/
const LIST = /(明细|每一?笔|哪几笔|哪些|逐笔|列一?下|列出来|详细|具体|花哪|用哪|用在哪|用到哪|花在哪|流水)/
/** Who stands behind a line of the book, and its number. */
export const WHO_OF_LINE = /(谁批|谁审批|谁签的?字|批的谁|经手|经办|谁办的|证明人|凭证)/
const CATEGORIES = /(分类|按类|按科目|哪些方面|哪方面|构成|大项|占多少)/
export const COMPARE = /(比|相比|对比|哪个多|哪个少|谁多|谁少|哪个村多|多还是少)/

/** What a village is paid, unless it is said to have paid it. */
const COMES_IN = new Set(['租金和承包费', '利息', '上级拨款'])

export type Op = 'sum' | 'top' | 'count' | 'list' | 'categories'
export interface LedgerPlan {
  op: Op
  income: boolean
  topic: Topic | null
  both: boolean
  offset: number
}

export async function planLedger({ text, slots, names, memory, village }: Question, store: Store): Promise<LedgerPlan> {
  const kept = memory?.asker === 'ledger' ? memory : null
  const more = kept !== null && /^(还有|更多|接着|下一页|继续|再来)/.test(text)
  const isWritten = async (all: readonly string[]): Promise<boolean> =>
    (await store.list(village.id, 'ledger', { all }, { limit: 1 })).length > 0
  const asked = await findTopic(
    text,
    kept ? undefined : (slots.project ?? slots.asset ?? slots.topic),
    names.categories,
    isWritten,
  )
  // In a follow-up only words that name something of the ledger change the subject.
  const topic = kept ? (isKnown(asked) ? asked : kept.topic ? topicOf(kept.topic, names.categories) : null) : asked
  const income = INCOME.test(text)
    ? !/(花|支)/.test(text)
    : !kept && topic !== null && COMES_IN.has(topic.label) && !/(花|支|付|交)/.test(text)
      ? true
      : kept && !/(花|支出|支了|开支)/.test(text)
        ? kept.measure === 'income'
        : false
  const spends = /(花|支|开销)/.test(text)
  const both =
    topic === null &&
    // 收了多少支了多少 asks for both, 今年账怎么样 for either.
    INCOME.test(text) === spends &&
    (kept && !spends ? kept.measure === 'both' : true)
  const op: Op = more
    ? 'list'
    : TOP.test(text) || (kept && /(为啥|为什么|咋|怎么)(这么|恁么?|那么)/.test(text))
      ? 'top'
      : COUNT.test(text)
        ? 'count'
        : CATEGORIES.test(text)
          ? 'categories'
          : topic?.voucher || (WHO_OF_LINE.test(text) && (topic !== null || kept !== null))
            ? 'list'
            : LIST.test(text) && (topic !== null || kept !== null || /(明细|每一?笔|逐笔|流水)/.test(text))
              ? 'list'
              : kept?.op === 'top'
                ? 'top'
                : 'sum'
  return { op, income, topic, both, offset: more ? (kept?.offset ?? 0) : 0 }
}

const isKnown = (topic: Topic | null): boolean =>
  topic !== null &&
  (topic.categories !== undefined ||
    topic.all !== undefined ||
    topic.words.length !== 1 ||
    topic.words[0] !== topic.label ||
    topic.label.length >= 3)

export function queryOf(
  plan: Pick<LedgerPlan, 'topic' | 'income' | 'both'>,
  { from, to }: { from: string; to: string },
): RecordQuery {
  const { topic } = plan
  return {
    from,
    to,
    ...(topic?.voucher
      ? {}
      : topic?.categories
        ? { facet: topic.categories.map((category) => `category:${category}`) }
        : topic &&
          topic.voucher === undefined && {
            ...(topic.all ? { all: topic.all } : { words: topic.words }),
            ...(topic.without && { without: topic.without }),
          }),
    where: topic?.voucher
      ? { 'data.voucher': topic.voucher }
      : plan.both
        ? { $or: [{ 'data.income': { $ne: 0 } }, { 'data.expense': { $ne: 0 } }] }
        : plan.income
          ? { 'data.income': { $ne: 0 } }
          : { 'data.expense': { $ne: 0 } },
  }
}

export function cite(
  village: VillageName,
  scope: LedgerScope,
  topic: Topic | null,
  lines: readonly { recordId: string }[],
): Cite {
  const item = topic ? `&item=${encodeURIComponent(topic.label)}` : ''
  return {
    title: say.ledgerTitle(village.name, scope.label),
    period: periodLabel(scope),
    url: `/v/${village.id}/ledger?period=${periodQuery(scope)}${item}`,
    publications: scope.publications,
    recordIds: lines.map(({ recordId }) => recordId),
  }
}

export function notesOn(scope: LedgerScope): string[] {
  const running = scope.missing.length === 0 && scope.last !== '' && scope.to > periodBounds(scope.last).to
  return [
    ...(running ? [say.publishedTo(monthsLabel([scope.last]))] : []),
    ...(scope.missing.length > 0 ? [say.onlyPublished(monthsLabel(scope.missing))] : []),
    ...(scope.before ? [say.fromFirst(monthsLabel([scope.first]))] : []),
  ]
}
