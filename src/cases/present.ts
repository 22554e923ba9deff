/** A case as an actor may see it. Who filed it is never in it. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { AccountActor, Actor, Organisation } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import type { EntryBody, StoredCase, StoredDeadline, StoredEntry } from './model.ts'
import { abilitiesOf, readsCase } from './policy.ts'
import { addDays } from './procedures/calendar.ts'
import { PROCEDURES, stateTitle } from './procedures/index.ts'
import { console as words } from './replies.ts'
import { unitsFrom } from './routing/find-unit.ts'
import { BY_CONDUCT, LEVEL_TITLES } from './routing/levels.ts'
import type { CaseDeadline, CaseDetail, CaseEntry, CaseListItem, CaseRating } from './schema.ts'
import { openSeal } from './seals.ts'

const SUBJECT_LENGTH = 40
const SOON_DAYS = 3

export interface Around {
  actor: Actor
  organisation: Organisation
  accounts: readonly AccountActor[]
  now: Date
}

export function presentDeadline(stored: StoredCase, term: StoredDeadline, today: string): CaseDeadline {
  const row = PROCEDURES[stored.kind].deadlines.find(({ id }) => id === term.id)
  const late = term.due !== null && (term.doneAt ? shanghaiDate(term.doneAt) : today) > term.due
  const state = term.doneAt
    ? late
      ? 'late'
      : 'done'
    : term.due === null
      ? 'unknown'
      : late
        ? 'overdue'
        : term.due <= addDays(today, SOON_DAYS)
          ? 'soon'
          : 'open'
  return {
    id: term.id,
    title: row?.title ?? term.id,
    due: term.due,
    state,
    basis: row?.basis ?? '',
    ...(term.provisional && { provisional: true }),
    ...(term.doneAt && { doneAt: term.doneAt.toISOString() }),
  }
}

function presentRating(stored: StoredCase): CaseRating | null {
  if (stored.rating)
    return { score: stored.rating.score, label: words.scores[stored.rating.score], at: stored.rating.at.toISOString() }
  return stored.ratingAskedAt ? { score: null, label: words.ratingAsked } : null
}

export function presentListItem(context: CaseContext, stored: StoredCase, around: Around): CaseListItem {
  const { actor, organisation, accounts, now } = around
  const today = shanghaiDate(now)
  const content = readsCase(actor, stored) ? openSeal(context.vault, stored).openContent(stored.content) : null
  const text = content?.text.replaceAll(/\s+/g, ' ').trim() ?? ''
  const assignee = accounts.find(({ accountId }) => accountId === stored.assignee)
  const open = stored.deadlines
    .filter(({ doneAt }) => !doneAt)
    .toSorted((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
  return {
    id: stored._id.toHexString(),
    kind: stored.kind,
    kindTitle: PROCEDURES[stored.kind].title,
    villageId: stored.villageId ?? '',
    villageName: organisation.villages.find(({ id }) => id === stored.villageId)?.name ?? words.noVillage,
    state: stored.state,
    stateTitle: stateTitle(stored.kind, stored.state),
    subject: content && (text.length > SUBJECT_LENGTH ? `${text.slice(0, SUBJECT_LENGTH)}…` : text),
    reporter: stored.named ? words.named : words.anonymous,
    urgent: stored.urgent,
    unit: stored.unit,
    unitName: organisation.units.find(({ id }) => id === stored.unit)?.name ?? LEVEL_TITLES[stored.level],
    assignee: assignee ? { accountId: assignee.accountId, displayName: assignee.displayName } : null,
    mine: actor.kind === 'account' && stored.assignee === actor.accountId,
    next: open[0] ? presentDeadline(stored, open[0], today) : null,
    rating: presentRating(stored),
    filedAt: stored.filedAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
    version: stored.version,
  }
}

export function presentDetail(
  context: CaseContext,
  stored: StoredCase,
  entries: readonly StoredEntry[],
  around: Around,
): CaseDetail {
  const { actor, organisation, now } = around
  const reads = readsCase(actor, stored)
  const seal = reads ? openSeal(context.vault, stored) : null
  const content = seal?.openContent(stored.content) ?? null
  const routing = seal?.openRouting(stored.routing) ?? null
  const id = stored._id.toHexString()
  const file = (one: { id: string; mediaType: string | null }): CaseDetail['files'][number] => ({
    ...one,
    url: `/api/console/cases/${id}/files/${one.id}`,
  })
  const person = (officialId: string, relation: string): CaseDetail['people'] => {
    const official = organisation.officials.find((one) => one.id === officialId)
    return official ? [{ id: official.id, name: official.name, post: official.post, relation }] : []
  }
  const abilities = abilitiesOf(actor, stored)
  const may = (action: string): boolean => abilities.some((ability) => ability.action === action)
  return {
    ...presentListItem(context, stored, around),
    text: content?.text ?? null,
    facts: content?.facts ?? [],
    files: (content?.fileIds ?? []).map(file),
    people: [
      ...(routing?.accused ?? []).flatMap((one) => person(one, words.complainedOf)),
      ...(routing?.concerned ?? []).flatMap((one) => person(one, words.concerned)),
      ...(routing?.alsoNamed ?? []).flatMap((one) => person(one, words.alsoNamed)),
    ],
    routing: { levelTitle: LEVEL_TITLES[stored.level], reasons: routing?.reasons ?? [] },
    deadlines: stored.deadlines.map((term) => presentDeadline(stored, term, shanghaiDate(now))),
    timeline: entries.map((entry) => presentEntry(entry)),
    outcome: stored.outcome
      ? {
          code: stored.outcome.code,
          title: outcomeTitle(stored),
          text: seal?.openOutcome(stored.outcome.text) ?? '',
        }
      : null,
    abilities,
    outcomes: may('close') ? PROCEDURES[stored.kind].outcomes.map((one) => ({ ...one })) : [],
    units: may('transfer')
      ? unitsFrom(organisation, stored.level, BY_CONDUCT.has(stored.kind))
          .filter((unit) => unit.id !== stored.unit)
          .map(({ id: unitId, name }) => ({ id: unitId, name }))
      : [],
  }

  function presentEntry(entry: StoredEntry): CaseEntry {
    const body: EntryBody = seal?.openBody(entry) ?? {}
    const account = around.accounts.find(({ accountId }) => accountId === entry.accountId)
    const to =
      around.accounts.find(({ accountId }) => accountId === entry.to)?.displayName ??
      organisation.units.find((unit) => unit.id === entry.to)?.name
    return {
      id: entry._id.toHexString(),
      event: entry.event,
      title: words.events[entry.event] + (to ? `:${to}` : ''),
      by: entry.by,
      byName:
        entry.by === 'reporter'
          ? stored.named
            ? words.named
            : words.anonymous
          : entry.by === 'system'
            ? words.system
            : (account?.displayName ?? words.formerAccount),
      at: entry.at.toISOString(),
      ...(body.text !== undefined && { text: body.text }),
      files: (body.fileIds ?? []).map(file),
      internal: entry.event === 'noted',
    }
  }
}

function outcomeTitle({ kind, outcome }: StoredCase): string {
  const { outcomes, refusals } = PROCEDURES[kind]
  return [...outcomes, ...refusals].find(({ code }) => code === outcome?.code)?.title ?? ''
}
