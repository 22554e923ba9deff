/** What a villager adds may name people that were not named before: from then on they do not see the case either. */
import type { CaseContext } from './context.ts'
import { giveToHandler } from './give-to-handler.ts'
import type { Giving } from './give-to-handler.ts'
import type { StoredCase } from './model.ts'
import { findMentions } from './routing/find-mentions.ts'
import { unitFor } from './routing/find-unit.ts'
import { BY_CONDUCT, heightOf } from './routing/levels.ts'
import { viewOrganisation } from './routing/organisation-view.ts'
import { routeReport } from './routing/route-report.ts'
import { openSeal } from './seals.ts'

/** 让小方别管我的事, 要求方磊回避. */
const ASKS_RECUSAL =
  /回避|(?:别|不要|不能)(?:让|叫|给).{0,8}(?:管|办|查|知道|看)|(?:让|叫|给).{1,8}(?:别|不要)(?:管|办|查|知道|看)/u

/** @returns null when the words change nothing */
export async function widenConflict(
  context: CaseContext,
  stored: StoredCase,
  said: string,
  now: Date,
): Promise<Giving | null> {
  const organisation = await context.organisation()
  const seal = openSeal(context.vault, stored)
  const { text, facts } = seal.openContent(stored.content)
  // Whom somebody wants to stay away is not accused by that.
  const clauses = said.normalize('NFKC').split(/(?<=[,,。;;!!\n])/u)
  const words = clauses.filter((clause) => !ASKS_RECUSAL.test(clause)).join('')
  const asking = clauses.filter((clause) => ASKS_RECUSAL.test(clause)).join('')
  const conduct = BY_CONDUCT.has(stored.kind)
  const all = [text, ...facts.map(({ value }) => value), words].join('\n')
  const route = (kind: StoredCase['kind'], told: string) =>
    routeReport(organisation, { text: told, village: stored.villageId, kind })
  const kept = new Set(stored.mayNotSee)
  const decided = route(stored.kind, all)
  for (const id of decided.mayNotSee) kept.add(id)
  // An accusation within a grievance: those accused and who stands by them stay out, wherever it is handled.
  if (!conduct && (await context.accuses(words, stored.villageId)))
    for (const id of route('tip', words).core) kept.add(id)
  if (asking) {
    const view = viewOrganisation(organisation)
    const unit = view.villageUnit(stored.villageId)?.id ?? null
    const named = new Set(findMentions(asking, unit, view).flatMap(({ ids }) => ids))
    for (const id of [...named, ...view.accountsOf(named)]) kept.add(id)
  }
  const higher = heightOf(decided.level) > heightOf(stored.level)
  if (!higher && kept.size === stored.mayNotSee.length) return null
  const at: StoredCase = {
    ...stored,
    mayNotSee: [...kept],
    ...(higher && {
      level: decided.level,
      unit: unitFor(organisation, { level: decided.level, department: stored.department }, stored.villageId).id,
    }),
  }
  const account = (await context.accounts()).find(({ accountId }) => accountId === stored.assignee)
  const stays =
    !higher &&
    account !== undefined &&
    ![account.accountId, account.username, ...account.operators].some((name) => kept.has(name))
  if (stays) return { set: { mayNotSee: at.mayNotSee }, entries: [] }
  const giving = await giveToHandler(context, at, now)
  return higher ? { ...giving, entries: [{ event: 'climbed', to: at.unit }, ...giving.entries] } : giving
}
