/** A posted list as posted, and whether a name stands on it. */
import type { Answer, AskDeps, Question } from '../answers/answer.ts'
import { answerReplies } from '../answers/replies.ts'
import { inYuan } from '../format.ts'
import type { StoredRecord } from '../records.ts'
import { citeOf } from './cite-subsidy.ts'
import { subsidyReplies as say } from './replies.ts'

const PAGE = 8
const OWN =
  /((名单|公示)[上里]?有没有|有没有(我|俺)|有(我|俺)(家|们)?(吗|没|不)|在不在名单|上没上名单|查一?下?名字|有没有.{0,8}的?名|名单.{0,4}(我|俺))/
const NAME =
  /(?:我叫|俺叫|户主是?|姓名是?|名字是?|有没有|有|查)([\u4e00-\u9fff]{2,4}?)(?=的|家|吗|没|不|在|给|领|有|多少|\d|去年|今年|$|[,,。??])/

/** 有没有俺 names nobody. */
function nameIn(text: string): string | undefined {
  const name = NAME.exec(text)?.[1]
  return name && !/[俺我]|没有|名单|公示/u.test(name) ? name : undefined
}

/** @returns null when no name is asked for */
export async function answerOwnName(
  question: Question,
  name: string | undefined,
  batches: readonly StoredRecord<'batch'>[],
  { store }: AskDeps,
): Promise<Answer | null> {
  const { text, village, slots, memory } = question
  const asked = OWN.test(text) || (memory?.asker === 'subsidy' && memory.op === 'name')
  if (!asked) return null
  const householder =
    slots.household ??
    nameIn(text) ??
    (memory?.op === 'name' && /^[\u4e00-\u9fff]{2,4}$/.test(text) ? text : slots.person)
  if (!householder)
    return { lead: say.askName(), cites: [], memory: { asker: 'subsidy', ...(name && { topic: name }), op: 'name' } }
  const rows = await store.list(village.id, 'list-row', { facet: `name:${householder}` }, { limit: 50 })
  const known = new Map(
    (batches.length > 0 ? batches : question.names.of('batch')).map((batch) => [batch.data.batch, batch]),
  )
  const mine = rows.filter(({ data }) => known.has(data.batch))
  const remembered = { asker: 'subsidy', ...(name && { topic: name }) }
  if (mine.length === 0) {
    return {
      lead: say.notOnList(householder, name ?? ''),
      cites: known.size > 0 ? [citeOf(question, name ?? '', [...known.values()], `/v/${village.id}/subsidies`)] : [],
      memory: remembered,
      figures: { rows: 0 },
    }
  }
  const lines = mine.map(({ data }) =>
    say.onList(data, known.get(data.batch)!.data.name, known.get(data.batch)!.data.period),
  )
  return {
    lead: lines.at(-1)!,
    lines: lines.slice(0, -1).reverse().slice(0, 5),
    short: lines.at(-1)!,
    cites: [
      citeOf(question, name ?? known.get(mine.at(-1)!.data.batch)!.data.name, [mine.at(-1)!, ...mine.slice(0, -1)]),
    ],
    memory: remembered,
    figures: { rows: mine.length, amount: inYuan(mine.at(-1)!.data.amount) },
  }
}

export async function answerList(
  question: Question,
  name: string,
  batch: StoredRecord<'batch'>,
  { store }: AskDeps,
): Promise<Answer> {
  const { memory, village, text } = question
  const offset =
    memory?.asker === 'subsidy' && memory.op === 'list' && /(还有|更多|接着|继续)/.test(text) ? (memory.offset ?? 0) : 0
  const query = { facet: `batch:${batch.data.batch}` }
  const total = await store.count(village.id, 'list-row', query)
  const rows = await store.list(village.id, 'list-row', query, { skip: offset, limit: PAGE })
  const left = total - offset - rows.length
  return {
    lead: rows.length === 0 && offset > 0 ? answerReplies.noMore() : say.list(name, batch.data.period, total),
    lines: rows.map(({ data }) => say.row(data)),
    ...(left > 0 && { hint: answerReplies.moreLeft(left) }),
    short: `${say.list(name, batch.data.period, total)}${say.names(
      rows.slice(0, 6).map(({ data }) => data.householder),
      total > 6,
    )}`,
    card: {
      title: say.title(village.name, name),
      figure: String(total),
      rows: rows.map(({ data }) => ({ label: data.householder, value: data.basis })),
    },
    cites: [citeOf(question, name, [batch, ...rows])],
    memory: { asker: 'subsidy', topic: name, op: 'list', offset: offset + rows.length },
    figures: { rows: total },
  }
}
