/** Lists, counts and finds cases for an actor. Every query carries the visibility filter. */
import type { Filter } from 'mongodb'
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { BY_DEADLINE } from './model.ts'
import type { StoredCase } from './model.ts'
import { visibilityFilter, visibleAnd } from './policy.ts'
import type { Cluster } from './present.ts'
import { findReceiptCode } from './receipt-code.ts'
import { CASE_STATES, OPEN_STATES } from './schema.ts'
import type { CaseQuery } from './schema.ts'
import { searchCases } from './search-cases.ts'
import type { FoundCases } from './search-cases.ts'

const MAX_COUNT = 1000
const MAX_CLUSTER = 200

export async function listCases(context: CaseContext, actor: Actor, query: CaseQuery): Promise<FoundCases> {
  const { cases } = context.collections
  const filters: Filter<StoredCase>[] = []
  if (query.state === 'open') filters.push({ state: { $in: [...OPEN_STATES] } })
  // Said in full, so that the index by state still gives the order.
  else filters.push({ state: query.state === 'all' ? { $in: [...CASE_STATES] } : query.state })
  if (query.kind) filters.push({ kind: query.kind })
  if (query.villageId) filters.push({ villageId: query.villageId })
  if (query.overdue === 'true') filters.push({ nextDue: { $lt: shanghaiDate(context.clock.now()) } })
  const code = query.q ? findReceiptCode(query.q) : null
  // A mistyped code finds nothing.
  if (code) filters.push('code' in code ? { codeHash: context.codeHash(code.code) } : { _id: { $in: [] } })
  if (query.q && !code) {
    const { q: words, cursor, limit } = query
    const mine = query.scope === 'mine' ? [{ $or: waysToBeMine(actor) }] : []
    return searchCases(context, actor, [visibleAnd(actor, [], { wordsToo: true }), ...mine, ...filters], {
      words,
      cursor,
      limit,
    })
  }
  const after = query.cursor ? parseCursor(query.cursor) : null
  const page = after
    ? [
        { dueKey: { $gte: after.dueKey } },
        { $or: [{ dueKey: { $gt: after.dueKey } }, { dueKey: after.dueKey, _id: { $lt: after.id } }] },
      ]
    : []
  const [counted, found] = await Promise.all([
    // In the order of the list: counted along the same index, where a bare count may choose one that fits far worse.
    cases
      .find(inScope(actor, query.scope, filters), { projection: { _id: 1 } })
      .sort(BY_DEADLINE)
      .limit(MAX_COUNT)
      .batchSize(MAX_COUNT)
      .toArray(),
    cases
      .find(inScope(actor, query.scope, [...filters, ...page]), { promoteBuffers: true })
      .sort(BY_DEADLINE)
      .limit(query.limit + 1)
      .toArray(),
  ])
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    cases: items,
    total: counted.length,
    ...(found.length > query.limit && last && { next: `${last.dueKey}_${last._id.toHexString()}` }),
  }
}

/** Assigned to me, or I was asked to help. */
const waysToBeMine = (actor: Actor): Filter<StoredCase>[] => {
  const me = actor.kind === 'account' ? actor.accountId : ''
  return [{ assignee: me }, { 'helpers.accountId': me }]
}

/** What is visible and, for one's own work, one's own; each way along its own index. */
export function inScope(
  actor: Actor,
  scope: CaseQuery['scope'],
  conditions: readonly Filter<StoredCase>[],
): Filter<StoredCase> {
  if (scope !== 'mine') return visibleAnd(actor, conditions)
  return { $or: waysToBeMine(actor).map((way) => visibleAnd(actor, [way, ...conditions])) }
}

function parseCursor(cursor: string): { dueKey: string; id: Types.ObjectId } {
  const [dueKey = '', id = ''] = cursor.split('_')
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/.test(dueKey) || !/^[0-9a-f]{24}$/.test(id))
    throw new DomainError('cursor_invalid', 400, '翻页位置不对,请从头看起。')
  return { dueKey, id: new Types.ObjectId(id) }
}

/** How many cases of each cluster this actor may see. */
export async function countAlike(
  context: CaseContext,
  actor: Actor,
  cases: readonly StoredCase[],
): Promise<Map<string, number>> {
  const clusters = [...new Set(cases.flatMap(({ cluster }) => (cluster ? [cluster.toHexString()] : [])))]
  if (clusters.length === 0) return new Map()
  const rows = await context.collections.cases
    .aggregate<{ _id: Types.ObjectId; count: number }>([
      {
        $match: { $and: [{ cluster: { $in: clusters.map((id) => new Types.ObjectId(id)) } }, visibilityFilter(actor)] },
      },
      { $group: { _id: '$cluster', count: { $sum: 1 } } },
    ])
    .toArray()
  return new Map(rows.map(({ _id, count }) => [_id.toHexString(), count]))
}

/** The cases that tell the same as this one, itself included, as far as the actor may see them. */
export async function findCluster(context: CaseContext, actor: Actor, stored: StoredCase): Promise<Cluster | null> {
  if (!stored.cluster) return null
  const cases = await context.collections.cases
    .find({ $and: [{ cluster: stored.cluster }, visibilityFilter(actor)] }, { promoteBuffers: true })
    .sort({ filedAt: 1 })
    .limit(MAX_CLUSTER)
    .toArray()
  if (cases.length < 2) return null
  const people = await context.collections.reporters.distinct('contactKey', {
    _id: { $in: cases.map(({ _id }) => _id) },
  })
  return { cases, households: people.length }
}

/** @throws DomainError not_found when there is none, or none that this actor may see: the two look the same */
export async function getCase(context: CaseContext, actor: Actor, id: string): Promise<StoredCase> {
  const stored = await context.collections.cases.findOne(
    { $and: [{ _id: new Types.ObjectId(id) }, visibilityFilter(actor)] },
    { promoteBuffers: true },
  )
  if (!stored) throw new DomainError('not_found', 404, '没有找到这件事项。')
  return stored
}
