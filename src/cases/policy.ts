/**
 * Who may see and do what. One table of scopes, read as a MongoDB filter by lists, counts and searches, and in memory by
 * detail, files, notices and the live stream. What is in no scope does not exist for the actor: 404, never 403.
 */
import type { Filter } from 'mongodb'
import type { AccountActor, Actor } from '../people/index.ts'
import type { StoredCase } from './model.ts'
import { PROCEDURES, STAFF_ACTIONS, allowsStep } from './procedures/index.ts'
import type { StaffAction, Step } from './procedures/index.ts'
import { heightOf } from './routing/levels.ts'
import { CASE_KINDS } from './schema.ts'
import type { CaseKind, HelpMode } from './schema.ts'

const SEALED_KINDS: readonly CaseKind[] = CASE_KINDS.filter((kind) => PROCEDURES[kind].disciplineOnly)
const OPEN_KINDS: readonly CaseKind[] = CASE_KINDS.filter((kind) => !PROCEDURES[kind].disciplineOnly)
const ALL_LEVELS = [
  'village',
  'township-department',
  'county-department',
  'township-discipline',
  'county-discipline',
  'city-discipline',
] as const

const DESK_OF_TOWNSHIP = ['village', 'township-department'] as const
const DESK_OF_COUNTY = ['county-department'] as const

/** All that is given has to hold. */
interface Scope {
  kinds: readonly CaseKind[]
  levels?: readonly string[]
  unit?: string
  assignee?: string
  /** Account that was asked to help. */
  helper?: string
  /** Unit that watches it, because it is late. */
  watcher?: string
  /** False: figures and dates only, no words. */
  content: boolean
}

function scopesOf(actor: AccountActor): Scope[] {
  const { roles, level, unit, accountId } = actor
  // Who gives out accounts sees no case, whatever else the account is for.
  if (roles.includes('administrator')) return []
  const height = heightOf(level)
  const scopes: Scope[] = []
  const ofDiscipline = level.endsWith('discipline')
  if (roles.includes('discipline-officer') && ofDiscipline)
    scopes.push(
      { kinds: SEALED_KINDS, levels: [level], unit, content: true },
      { kinds: SEALED_KINDS, watcher: unit, content: true },
    )
  // The desk and the directors see the grievances of their level; those of a discipline office have their own work.
  const desk = height === 1 ? DESK_OF_TOWNSHIP : height === 2 ? DESK_OF_COUNTY : []
  if ((roles.includes('clerk') || roles.includes('director')) && !ofDiscipline && desk.length > 0)
    scopes.push({ kinds: OPEN_KINDS, levels: desk, content: true })
  if (!ofDiscipline && (['clerk', 'director', 'handler'] as const).some((role) => roles.includes(role)))
    scopes.push({ kinds: OPEN_KINDS, watcher: unit, content: true })
  if (roles.includes('handler')) {
    scopes.push({ kinds: OPEN_KINDS, unit, content: true })
    scopes.push({ kinds: OPEN_KINDS, assignee: accountId, content: true })
  }
  // Asked to help: never below the level that it is handled on, and tips among discipline offices only.
  const upTo = ALL_LEVELS.filter((one) => heightOf(one) <= height)
  if (roles.includes('discipline-officer') && ofDiscipline)
    scopes.push({ kinds: SEALED_KINDS, levels: [level], helper: accountId, content: true })
  if (!ofDiscipline && (['clerk', 'director', 'handler'] as const).some((role) => roles.includes(role)))
    scopes.push({ kinds: OPEN_KINDS, levels: upTo, helper: accountId, content: true })
  if (roles.includes('village-committee')) scopes.push({ kinds: OPEN_KINDS, levels: ['village'], unit, content: true })
  if (roles.includes('supervisor'))
    scopes.push({
      // Even the figures of tips belong to discipline offices.
      kinds: ofDiscipline ? CASE_KINDS : OPEN_KINDS,
      levels: ALL_LEVELS.filter((one) => heightOf(one) <= height),
      content: false,
    })
  return scopes
}

/** Kinds of which the actor may read the words of some. */
export function kindsRead(actor: Actor): CaseKind[] {
  if (actor.kind !== 'account') return []
  return [...new Set(scopesOf(actor).flatMap(({ kinds, content }) => (content ? kinds : [])))]
}

/** Reads the words of everything that it sees: figures about it stay within the unit. */
export const readsAll = (actor: Actor): boolean =>
  actor.kind === 'account' && scopesOf(actor).every(({ content }) => content)

/** Everything that the account goes by: a shared account is all who work with it. */
const namesOf = (actor: AccountActor): string[] => [...actor.operators, actor.username, actor.accountId]

const NOTHING: Filter<StoredCase> = { _id: { $in: [] } }

/** Every query for cases on behalf of an actor contains this. */
export function visibilityFilter(actor: Actor): Filter<StoredCase> {
  return visibleAnd(actor, [])
}

/**
 * The visibility filter together with further conditions. They stand within each scope, so that MongoDB reads every
 * scope along its own index, in the order of the list, instead of reading everything in that order.
 * @param options.wordsToo only where the actor may read the words
 */
export function visibleAnd(
  actor: Actor,
  conditions: readonly Filter<StoredCase>[],
  options: { wordsToo?: boolean } = {},
): Filter<StoredCase> {
  if (actor.kind !== 'account') return NOTHING
  const scopes = scopesOf(actor).filter(({ content }) => content || !options.wordsToo)
  if (scopes.length === 0) return NOTHING
  const notKept: Filter<StoredCase> = { mayNotSee: { $nin: namesOf(actor) } }
  const ways = scopes.map(({ kinds, levels, unit, assignee, helper, watcher }) => ({
    $and: [
      {
        kind: { $in: [...kinds] },
        ...(levels && { level: { $in: [...levels] } }),
        ...(unit !== undefined && { unit }),
        ...(assignee !== undefined && { assignee }),
        ...(helper !== undefined && { 'helpers.accountId': helper }),
        ...(watcher !== undefined && { watchers: watcher }),
      },
      notKept,
      ...conditions,
    ],
  })) as Filter<StoredCase>[]
  return ways.length === 1 ? ways[0]! : { $or: ways }
}

type Subject = Pick<StoredCase, 'kind' | 'level' | 'unit' | 'assignee' | 'mayNotSee' | 'state'> &
  Partial<Pick<StoredCase, 'watchers' | 'reviewRound' | 'extensionAskedAt' | 'erasedAt' | 'helpers'>>

function covers(scope: Scope, stored: Subject): boolean {
  return (
    scope.kinds.includes(stored.kind) &&
    (!scope.levels || scope.levels.includes(stored.level)) &&
    (scope.unit === undefined || scope.unit === stored.unit) &&
    (scope.assignee === undefined || scope.assignee === stored.assignee) &&
    (scope.helper === undefined || (stored.helpers ?? []).some((one) => one.accountId === scope.helper)) &&
    (scope.watcher === undefined || (stored.watchers ?? []).includes(scope.watcher))
  )
}

const isKeptFrom = (actor: AccountActor, stored: Subject): boolean =>
  namesOf(actor).some((name) => stored.mayNotSee.includes(name))

export function seesCase(actor: Actor, stored: Subject): boolean {
  return (
    actor.kind === 'account' && !isKeptFrom(actor, stored) && scopesOf(actor).some((scope) => covers(scope, stored))
  )
}

/** May read the words, not only the figures. */
export function readsCase(actor: Actor, stored: Subject): boolean {
  return (
    actor.kind === 'account' &&
    !stored.erasedAt &&
    !isKeptFrom(actor, stored) &&
    scopesOf(actor).some((scope) => scope.content && covers(scope, stored))
  )
}

/** Sees it only because help was asked for: who reported is nothing for them to ask or to decide about. */
export const helpsOnly = (actor: AccountActor, stored: Subject): boolean =>
  scopesOf(actor).every((scope) => scope.helper !== undefined || !covers(scope, stored))

/** The step, when this actor may take it now. */
export function stepFor(actor: Actor, stored: Subject, action: StaffAction): Step | null {
  if (actor.kind !== 'account' || !readsCase(actor, stored)) return null
  const watching = (stored.watchers ?? []).includes(actor.unit) && actor.unit !== stored.unit
  // Whoever watches from above presses and notes; the work stays with who has it.
  const works = scopesOf(actor).some(
    (scope) => scope.watcher === undefined && scope.helper === undefined && scope.content && covers(scope, stored),
  )
  const mode = stored.helpers?.find(({ accountId }) => accountId === actor.accountId)?.mode
  const helps = mode !== undefined && OF_HELPERS[mode].has(action)
  if (!works && !helps && !(watching && OF_WATCHERS.has(action))) return null
  return allowsStep(PROCEDURES[stored.kind], action, stored.state, {
    roles: actor.roles,
    assigned: stored.assignee === actor.accountId || helps || (!works && watching),
    watching,
    asked: stored.extensionAskedAt !== undefined,
    round: stored.reviewRound ?? 0,
  })
}

/** Who assists sees and notes; who handles it too takes steps, but does not pass it on or ask others in. */
const OF_HELPERS: Readonly<Record<HelpMode, ReadonlySet<StaffAction>>> = {
  assist: new Set(['note']),
  'co-handle': new Set(['accept', 'reply', 'note', 'pause', 'resume', 'dispose', 'ask-extension', 'close']),
}

const OF_WATCHERS: ReadonlySet<StaffAction> = new Set(['press', 'note'])

/** Does the account work with reports at all: takes them down when they come by phone, letter or visit? */
export const takesReports = (actor: Actor): boolean =>
  actor.kind === 'account' &&
  !actor.roles.includes('administrator') &&
  (['clerk', 'handler', 'director', 'discipline-officer', 'village-committee'] as const).some((role) =>
    actor.roles.includes(role),
  )

export function abilitiesOf(actor: Actor, stored: Subject): { action: StaffAction; label: string }[] {
  return STAFF_ACTIONS.flatMap((action) => {
    const step = stepFor(actor, stored, action)
    return step ? [{ action, label: step.label ?? action }] : []
  })
}

/** Could this account help with it, if it were asked? Who has it already need not be asked. */
export function canHelp(account: AccountActor, stored: Subject, mode: HelpMode): boolean {
  if (stored.assignee === account.accountId) return false
  const asked = { accountId: account.accountId, mode, due: '', unit: stored.unit }
  const assumed: Subject = { ...stored, state: 'accepted', helpers: [asked] }
  return (['note', 'close'] as const).every((action) =>
    action === 'close' && mode === 'assist' ? true : stepFor(account, assumed, action) !== null,
  )
}

/** Could this account handle the case if it were assigned to it? */
export function canBeAssigned(account: AccountActor, stored: Subject): boolean {
  const assumed = { ...stored, assignee: account.accountId }
  return (
    seesCase(account, assumed) &&
    (['accept', 'close'] as const).some(
      (action) => stepFor(account, { ...assumed, state: action === 'accept' ? 'filed' : 'accepted' }, action) !== null,
    )
  )
}
