/** What a procedure is: a table of steps, deadlines and outcomes. The code reads it and does not branch on kinds. */
import type { Role } from '../../people/index.ts'
import type { CaseKind, CaseState } from '../schema.ts'
import type { DeadlineRule } from './deadline.ts'

/** What handlers do. */
export const STAFF_ACTIONS = [
  'assign',
  'accept',
  'refuse',
  'reply',
  'note',
  'transfer',
  'extend',
  'close',
  'reopen',
] as const
/** What the holder of the receipt does. */
export const HOLDER_ACTIONS = ['progress', 'supplement', 'urge', 'withdraw', 'rate', 'review'] as const
export type StaffAction = (typeof STAFF_ACTIONS)[number]
export type HolderAction = (typeof HOLDER_ACTIONS)[number]
export type CaseAction = StaffAction | HolderAction

export interface Step {
  action: CaseAction
  /** How the button is called; steps of the holder have none. */
  label?: string
  from: readonly CaseState[]
  /** State afterwards; the same when left out. */
  to?: CaseState
  /** Roles that may take it; `holder` has the receipt code. */
  who: readonly (Role | 'holder')[]
  /** These roles only while the case is assigned to them. */
  assignedOnly?: readonly Role[]
}

export interface DeadlineTerm {
  id: string
  /** What has to have happened: 告知是否受理. */
  title: string
  /** The limit runs from when the case came into this state. */
  from: CaseState
  rule: Pick<DeadlineRule, 'count' | 'unit' | 'restDay' | 'receipt'>
  /** Longest extension, in the same unit. */
  extension?: number
  /** Any of these ends it. */
  doneBy: readonly CaseAction[]
  /** Only where the reporter gave a name. */
  namedOnly?: boolean
  basis: string
}

export interface Outcome {
  code: string
  title: string
}

/** What intake asks for when it is missing, in this order. */
export type Ask = 'who' | 'where' | 'when' | 'evidence'

export interface Procedure {
  kind: CaseKind
  title: string
  /** Title of a state where it differs from the common one. */
  stateTitles?: Partial<Record<CaseState, string>>
  basis: string
  steps: readonly Step[]
  deadlines: readonly DeadlineTerm[]
  outcomes: readonly Outcome[]
  refusals: readonly Outcome[]
  asks: readonly Ask[]
  /** Handled by discipline offices only: no other role sees it. */
  disciplineOnly?: boolean
  /** Named unless the villager says otherwise. */
  namedByDefault?: boolean
}

export const STATE_TITLES: Readonly<Record<CaseState, string>> = {
  filed: '待受理',
  accepted: '办理中',
  reviewing: '复查中',
  closed: '已办结',
  refused: '不予受理',
  withdrawn: '已撤回',
}

export function findStep(procedure: Procedure, action: CaseAction, state: CaseState): Step | null {
  return procedure.steps.find((step) => step.action === action && step.from.includes(state)) ?? null
}

/** The step, when this role may take it now; `assigned` says whether the case is assigned to who asks. */
export function allowsStep(
  procedure: Procedure,
  action: CaseAction,
  state: CaseState,
  actor: { roles: readonly (Role | 'holder')[]; assigned: boolean },
): Step | null {
  const step = findStep(procedure, action, state)
  const may = step?.who.some(
    (role) =>
      actor.roles.includes(role) &&
      (actor.assigned || role === 'holder' || !(step.assignedOnly ?? []).includes(role as Role)),
  )
  return step && may ? step : null
}
