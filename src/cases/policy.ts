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
import type { CaseKind } from './schema.ts'

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
    scopes.push({ kinds: SEALED_KINDS, levels: [level], unit, content: true })
  // The desk and the directors see the grievances of their level; those of a discipline office have their own work.
  const desk = height === 1 ? DESK_OF_TOWNSHIP : height === 2 ? DESK_OF_COUNTY : []
  if ((roles.includes('clerk') || roles.includes('director')) && !ofDiscipline && desk.length > 0)
    scopes.push({ kinds: OPEN_KINDS, levels: desk, content: true })
  if (roles.includes('handler')) {
    scopes.push({ kinds: OPEN_KINDS, unit, content: true })
    scopes.push({ kinds: OPEN_KINDS, assignee: accountId, content: true })
  }
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

/** Everything that the account goes by: a shared account is all who work with it. */
const namesOf = (actor: AccountActor): string[] => [...actor.operators, actor.username, actor.accountId]

const NOTHING: Filter<StoredCase> = { _id: { $in: [] } }

/** Every query for cases on behalf of an actor contains this. */
export function visibilityFilter(actor: Actor): Filter<StoredCase> {
  if (actor.kind !== 'account') return NOTHING
  const scopes = scopesOf(actor)
  if (scopes.length === 0) return NOTHING
  return {
    mayNotSee: { $nin: namesOf(actor) },
    $or: scopes.map(({ kinds, levels, unit, assignee }) => ({
      kind: { $in: [...kinds] },
      ...(levels && { level: { $in: [...levels] } }),
      ...(unit !== undefined && { unit }),
      ...(assignee !== undefined && { assignee }),
    })) as Filter<StoredCase>[],
  }
}

type Subject = Pick<StoredCase, 'kind' | 'level' | 'unit' | 'assignee' | 'mayNotSee' | 'state' | 'erasedAt'>

function covers(scope: Scope, stored: Subject): boolean {
  return (
    scope.kinds.includes(stored.kind) &&
    (!scope.levels || scope.levels.includes(stored.level)) &&
    (scope.unit === undefined || scope.unit === stored.unit) &&
    (scope.assignee === undefined || scope.assignee === stored.assignee)
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

/** The step, when this actor may take it now. */
export function stepFor(actor: Actor, stored: Subject, action: StaffAction): Step | null {
  if (actor.kind !== 'account' || !readsCase(actor, stored)) return null
  const assigned = stored.assignee === actor.accountId
  return allowsStep(PROCEDURES[stored.kind], action, stored.state, { roles: actor.roles, assigned })
}

export function abilitiesOf(actor: Actor, stored: Subject): { action: StaffAction; label: string }[] {
  return STAFF_ACTIONS.flatMap((action) => {
    const step = stepFor(actor, stored, action)
    return step ? [{ action, label: step.label ?? action }] : []
  })
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
