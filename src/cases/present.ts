/** A case as an actor may see it. Who filed it is never in it. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { AccountActor, Actor, Organisation } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import type { EntryBody, StoredCase, StoredDeadline, StoredEntry } from './model.ts'
import { commonPlace } from './likeness.ts'
import { abilitiesOf, readsCase } from './policy.ts'
import { addDays } from './procedures/calendar.ts'
import { PROCEDURES, stateTitle } from './procedures/index.ts'
import type { Procedure, Procedures } from './procedures/index.ts'
import { console as words } from './replies.ts'
import { VILLAGE } from './route-new-case.ts'
import { DEPARTMENTS } from './routing/departments.ts'
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
  /** Visible cases that tell the same, by cluster. */
  alike?: ReadonlyMap<string, number>
}

/** Those that tell the same and that this actor may see, with how many people filed them. */
export interface Cluster {
  cases: readonly StoredCase[]
  households: number
}

export function presentDeadline(
  procedures: Procedures,
  stored: StoredCase,
  term: StoredDeadline,
  now: Date,
): CaseDeadline {
  const row = procedures[stored.kind].deadlines.find(({ id }) => id === term.id)
  const today = shanghaiDate(now)
  const ended = term.doneAt ?? now
  const late = term.due !== null && (term.dueAt ? ended > term.dueAt : shanghaiDate(ended) > term.due)
  const state = term.doneAt
    ? late
      ? 'late'
      : 'done'
    : term.due === null
      ? term.pauses
        ? 'paused'
        : 'unknown'
      : late
        ? 'overdue'
        : term.due <= addDays(today, SOON_DAYS)
          ? 'soon'
          : 'open'
  return {
    id: term.id,
    title: row?.title ?? term.id,
    due: term.due,
    ...(term.dueAt && { dueAt: term.dueAt.toISOString() }),
    state,
    basis: row?.basis ?? '',
    ...(term.provisional && { provisional: true }),
    ...(term.doneAt && { doneAt: term.doneAt.toISOString() }),
  }
}

function presentHelp(stored: StoredCase, accountId: string, now: Date): CaseListItem['help'] {
  const helper = stored.helpers?.find((one) => one.accountId === accountId)
  return helper
    ? {
        mode: helper.mode,
        title: words.helpModes[helper.mode],
        due: helper.due,
        late: helper.due < shanghaiDate(now),
      }
    : null
}

function presentRating(stored: StoredCase): CaseRating | null {
  if (stored.rating)
    return { score: stored.rating.score, label: words.scores[stored.rating.score], at: stored.rating.at.toISOString() }
  return stored.ratingAskedAt ? { score: null, label: words.ratingAsked } : null
}

export function presentListItem(context: CaseContext, stored: StoredCase, around: Around): CaseListItem {
  const { actor, organisation, accounts, now } = around
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
    stateTitle: stateTitle(stored.kind, stored.state, stored.reviewRound),
    subject: content && (text.length > SUBJECT_LENGTH ? `${text.slice(0, SUBJECT_LENGTH)}…` : text),
    reporter: stored.named ? words.named : words.anonymous,
    urgent: stored.urgent,
    unit: stored.unit,
    unitName: organisation.units.find(({ id }) => id === stored.unit)?.name ?? LEVEL_TITLES[stored.level],
    assignee: assignee ? { accountId: assignee.accountId, displayName: assignee.displayName } : null,
    mine: actor.kind === 'account' && stored.assignee === actor.accountId,
    next: open[0] ? presentDeadline(context.procedures, stored, open[0], now) : null,
    rating: presentRating(stored),
    help: actor.kind === 'account' ? presentHelp(stored, actor.accountId, now) : null,
    alike: stored.cluster ? (around.alike?.get(stored.cluster.toHexString()) ?? 1) : 1,
    escalated: stored.watchers.length > 0,
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
  cluster: Cluster | null = null,
): CaseDetail {
  const { actor, organisation, now } = around
  const procedure = context.procedures[stored.kind]
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
    return official ? [{ ...pick(official), relation, conflict: stored.mayNotSee.includes(official.id) }] : []
  }
  const abilities = abilitiesOf(actor, stored)
  const may = (action: string): boolean => abilities.some((ability) => ability.action === action)
  return {
    ...presentListItem(context, stored, around),
    text: content?.text ?? null,
    facts: content?.facts ?? [],
    files: (content?.fileIds ?? []).map(file),
    questioned: content?.questioned ?? null,
    people: [
      ...(routing?.accused ?? []).flatMap((one) => person(one, words.complainedOf)),
      ...(routing?.concerned ?? []).flatMap((one) => person(one, words.concerned)),
      ...(routing?.alsoNamed ?? []).flatMap((one) => person(one, words.alsoNamed)),
    ],
    routing: { levelTitle: LEVEL_TITLES[stored.level], reasons: routing?.reasons ?? [] },
    deadlines: stored.deadlines.map((term) => presentDeadline(context.procedures, stored, term, now)),
    timeline: entries.map((entry) => presentEntry(entry)),
    outcome: stored.outcome
      ? {
          code: stored.outcome.code,
          title: outcomeTitle(stored),
          text: seal?.openOutcome(stored.outcome.text) ?? '',
        }
      : null,
    abilities,
    outcomes: may('close') ? procedure.outcomes.map((one) => ({ ...one })) : [],
    refusals: may('refuse') ? refusalsFor(actor, procedure) : [],
    pauses: may('pause')
      ? procedure.pauses
          .filter(({ round }) => round === undefined || round === stored.reviewRound)
          .map(({ code, title, basis }) => ({ code, title, basis }))
      : [],
    dispositions: may('dispose') ? (procedure.dispositions ?? []).map((one) => ({ ...one })) : [],
    departments:
      may('reroute') && !BY_CONDUCT.has(stored.kind)
        ? [
            { code: VILLAGE, title: words.ownVillage },
            ...Object.entries(DEPARTMENTS).map(([code, { title }]) => ({ code, title })),
          ]
        : [],
    reviewRound: stored.reviewRound,
    source: {
      code: stored.source,
      title: words.sources[stored.source],
      reach: ['phone', 'letter', 'visit'].includes(stored.source),
    },
    joint: stored.joint ?? null,
    cluster: cluster && presentCluster(context, stored, cluster, reads),
    extensionAsked: stored.extensionAskedAt?.toISOString() ?? null,
    helpers: reads
      ? (stored.helpers ?? []).flatMap((helper) => {
          const account = around.accounts.find(({ accountId }) => accountId === helper.accountId)
          const help = presentHelp(stored, helper.accountId, now)
          // Whom the rules keep away since is no helper any more.
          if (!account || !help || !readsCase(account, stored)) return []
          const { accountId, displayName, unit } = account
          const unitName = organisation.units.find((one) => one.id === unit)?.name ?? ''
          return [{ accountId, displayName, unitName, ...help }]
        })
      : [],
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
      internal: ['noted', 'help-asked', 'help-ended'].includes(entry.event),
    }
  }
}

const pick = ({
  id,
  name,
  post,
}: {
  id: string
  name: string
  post: string
}): { id: string; name: string; post: string } => ({
  id,
  name,
  post,
})

function refusalsFor(actor: Actor, { refusals }: Procedure): CaseDetail['refusals'] {
  const roles: readonly string[] = actor.kind === 'account' ? actor.roles : []
  return refusals
    .filter(({ who }) => !who || who.some((role) => roles.includes(role)))
    .map(({ code, title }) => ({ code, title }))
}

/** Twelve households, the same road. */
function presentCluster(
  context: CaseContext,
  stored: StoredCase,
  { cases, households }: Cluster,
  reads: boolean,
): CaseDetail['cluster'] {
  const texts = reads ? cases.map((one) => openSeal(context.vault, one).openContent(one.content).text) : []
  return {
    size: cases.length,
    households,
    place: commonPlace(texts),
    cases: cases.flatMap((one, index) =>
      one._id.equals(stored._id)
        ? []
        : [
            {
              id: one._id.toHexString(),
              subject: (texts[index] ?? '').replaceAll(/\s+/g, ' ').slice(0, SUBJECT_LENGTH),
              stateTitle: stateTitle(one.kind, one.state, one.reviewRound),
              filedAt: one.filedAt.toISOString(),
            },
          ],
    ),
  }
}

function outcomeTitle({ kind, outcome }: StoredCase): string {
  const { outcomes, refusals } = PROCEDURES[kind]
  return [...outcomes, ...refusals].find(({ code }) => code === outcome?.code)?.title ?? ''
}
