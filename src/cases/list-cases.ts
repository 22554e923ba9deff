/** Lists, counts and finds cases for an actor. Every query carries the visibility filter. */
import type { Filter } from 'mongodb'
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import type { StoredCase } from './model.ts'
import { readsCase, visibilityFilter } from './policy.ts'
import { findReceiptCode } from './receipt-code.ts'
import type { CaseQuery } from './schema.ts'
import { openSeal } from './seals.ts'

const MAX_COUNT = 1000
/** Words are sealed: a search opens so many of the newest at most. */
const MAX_OPENED = 2000
const OPEN_STATES = ['filed', 'accepted', 'reviewing'] as const

export interface FoundCases {
  cases: StoredCase[]
  next?: string
  total: number
}

export async function listCases(context: CaseContext, actor: Actor, query: CaseQuery): Promise<FoundCases> {
  const { cases } = context.collections
  const filters: Filter<StoredCase>[] = [visibilityFilter(actor)]
  if (query.scope === 'mine') filters.push({ assignee: actor.kind === 'account' ? actor.accountId : '' })
  if (query.state === 'open') filters.push({ state: { $in: [...OPEN_STATES] } })
  else if (query.state !== 'all') filters.push({ state: query.state })
  if (query.kind) filters.push({ kind: query.kind })
  if (query.villageId) filters.push({ villageId: query.villageId })
  if (query.overdue === 'true') filters.push({ nextDue: { $lt: shanghaiDate(context.clock.now()) } })
  const code = query.q ? findReceiptCode(query.q) : null
  // A mistyped code finds nothing.
  if (code) filters.push('code' in code ? { codeHash: context.codeHash(code.code) } : { _id: { $in: [] } })
  const words = code ? null : query.q

  const total = words ? 0 : await cases.countDocuments({ $and: filters }, { limit: MAX_COUNT })
  const after = query.cursor ? parseCursor(query.cursor) : null
  const page = after
    ? {
        $or: [{ updatedAt: { $lt: after.at } }, { updatedAt: after.at, _id: { $lt: after.id } }],
      }
    : {}
  const cursor = cases
    .find({ $and: [...filters, page] }, { promoteBuffers: true })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(words ? MAX_OPENED : query.limit + 1)
  const found: StoredCase[] = []
  for await (const stored of cursor) {
    if (words && !(readsCase(actor, stored) && wordsOf(context, stored).includes(words))) continue
    found.push(stored)
    if (found.length > query.limit) break
  }
  const more = found.length > query.limit
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    cases: items,
    total: words ? items.length : total,
    ...(more && last && { next: `${last.updatedAt.getTime()}-${last._id.toHexString()}` }),
  }
}

function wordsOf({ vault }: CaseContext, stored: StoredCase): string {
  const { text, facts } = openSeal(vault, stored).openContent(stored.content)
  return [text, ...facts.map(({ value }) => value)].join('\n')
}

function parseCursor(cursor: string): { at: Date; id: Types.ObjectId } {
  const [milliseconds, id] = cursor.split('-')
  if (!/^\d{1,15}$/.test(milliseconds ?? '') || !Types.ObjectId.isValid(id ?? ''))
    throw new DomainError('cursor_invalid', 400, '翻页位置不对,请从头看起。')
  return { at: new Date(Number(milliseconds)), id: new Types.ObjectId(id) }
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
