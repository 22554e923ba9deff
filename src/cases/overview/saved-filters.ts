/** Filters that a handler keeps. Sealed: what somebody searches for may name the people of a case. */
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { SavedFilters } from './schema.ts'

const placeOf = ({ accountId }: AccountActor): string => `case-filters:${accountId}`

export async function readFilters(context: CaseContext, account: AccountActor): Promise<SavedFilters> {
  const found = await context.collections.handlers.findOne({ _id: account.accountId }, { promoteBuffers: true })
  if (!found?.filters) return { items: [] }
  return SavedFilters.parse(JSON.parse(context.vault.openText(found.filters, placeOf(account))))
}

export async function saveFilters(
  context: CaseContext,
  account: AccountActor,
  filters: SavedFilters,
): Promise<SavedFilters> {
  const sealed = context.vault.seal(JSON.stringify(filters), placeOf(account))
  await context.collections.handlers.updateOne(
    { _id: account.accountId },
    { $set: { filters: sealed } },
    { upsert: true },
  )
  return filters
}
