/** Cases by their words, the newest first, among those that the actor may read. */
import type { Filter } from 'mongodb'
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { WORDS_INDEX } from './model.ts'
import type { StoredCase } from './model.ts'
import { kindsRead, readsCase } from './policy.ts'
import { openSeal } from './seals.ts'
import { hashWords, holdsWords, readSearch, wordsOfContent } from './word-index.ts'
import type { WordSearch } from './word-index.ts'

export interface FoundCases {
  cases: StoredCase[]
  next?: string
  /** Of a search: those on this page. */
  total: number
}

const NOTHING: FoundCases = { cases: [], total: 0 }
/** Cases indexed in one go, when they were filed before there was an index. */
const BATCH = 500

/** @param filters contain the visibility filter already */
export async function searchCases(
  context: CaseContext,
  actor: Actor,
  filters: readonly Filter<StoredCase>[],
  query: { words: string; cursor?: string | undefined; limit: number },
): Promise<FoundCases> {
  const search = readSearch(context.vault, query.words, kindsRead(actor))
  if (!search || search.hashes.length === 0) return NOTHING
  const ways = await Promise.all(search.hashes.map(async (hashes) => context.rarity(hashes)))
  const after = query.cursor ? parseCursor(query.cursor) : null
  const cursor = context.collections.cases
    .find(
      {
        $and: [
          { words: ways.length === 1 ? ways[0]!.rarest : { $in: ways.map(({ rarest }) => rarest) } },
          // Compared on what the index has found; as plain conditions the planner might read along the commonest.
          { $expr: { $or: ways.map(({ rest }) => ({ $setIsSubset: [rest, '$words'] })) } },
          ...filters,
          ...(after ? [{ $or: [{ filedAt: { $lt: after.at } }, { filedAt: after.at, _id: { $lt: after.id } }] }] : []),
        ],
      },
      { promoteBuffers: true, batchSize: query.limit + 10 },
    )
    .hint(WORDS_INDEX)
    .sort({ filedAt: -1, _id: -1 })
  const found: StoredCase[] = []
  let looked: StoredCase[] = []
  const look = async (): Promise<void> => {
    found.push(...(await holding(context, search, looked)))
    looked = []
  }
  for await (const stored of cursor) {
    if (readsCase(actor, stored)) looked.push(stored)
    if (looked.length > query.limit) await look()
    if (found.length > query.limit) break
  }
  await look()
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    cases: items,
    total: items.length,
    ...(found.length > query.limit && last && { next: `${last.filedAt.getTime()}_${last._id.toHexString()}` }),
  }
}

/** Many pairs share a hash: looked at in the clear, first what was filed, then what was added to it. */
async function holding(context: CaseContext, search: WordSearch, cases: readonly StoredCase[]): Promise<StoredCase[]> {
  const opened = cases.map((stored) => {
    const seal = openSeal(context.vault, stored)
    const texts = wordsOfContent(seal.openContent(stored.content))
    return { stored, seal, texts, holds: holdsWords(search, texts) }
  })
  const doubtful = opened.filter(({ holds }) => !holds)
  if (doubtful.length === 0) return [...cases]
  const added = await context.collections.entries
    .find(
      { caseId: { $in: doubtful.map(({ stored }) => stored._id) }, event: 'supplemented' },
      { promoteBuffers: true, batchSize: 1000 },
    )
    .toArray()
  return opened
    .filter(({ stored, seal, texts, holds }) => {
      if (holds) return true
      const own = added
        .filter(({ caseId }) => caseId.equals(stored._id))
        .map((entry) => seal.openBody(entry).text ?? '')
      return own.length > 0 && holdsWords(search, [...texts, ...own])
    })
    .map(({ stored }) => stored)
}

function parseCursor(cursor: string): { at: Date; id: Types.ObjectId } {
  const [milliseconds = '', id = ''] = cursor.split('_')
  if (!/^\d{1,15}$/.test(milliseconds) || !/^[0-9a-f]{24}$/.test(id))
    throw new DomainError('cursor_invalid', 400, '翻页位置不对,请从头看起。')
  return { at: new Date(Number(milliseconds)), id: new Types.ObjectId(id) }
}

/** Cases that were filed before there was an index. */
export async function indexWords(context: CaseContext): Promise<void> {
  const { cases } = context.collections
  for (;;) {
    const waiting = await cases
      .find({ words: { $exists: false } }, { promoteBuffers: true })
      .hint(WORDS_INDEX)
      .limit(BATCH)
      .toArray()
    if (waiting.length === 0) return
    await cases.bulkWrite(
      waiting.map((stored) => {
        const texts = wordsOfContent(openSeal(context.vault, stored).openContent(stored.content))
        const words = hashWords(context.vault, stored.kind, texts)
        return { updateOne: { filter: { _id: stored._id }, update: { $set: { words } } } }
      }),
      { ordered: false },
    )
  }
}
