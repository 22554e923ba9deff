/** What a procedure is: a table of steps, deadlines and outcomes. The code reads it and does not branch on kinds. */
import type { Role } from '../../people/index.ts'
import type { CaseKind, CaseState, StaffAction } from '../schema.ts'
import type { DeadlineRule } from './deadline.ts'

export { STAFF_ACTIONS } from '../schema.ts'
export type { StaffAction } from '../schema.ts'

/** What the holder of the receipt does. */
export const HOLDER_ACTIONS = ['progress', 'supplement', 'urge', 'withdraw', 'rate', 'review', 'dispute'] as const
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
  /** Nobody approves what they ask for themselves. */
  notByAssignee?: true
  /** Only while a longer limit has been asked for. */
  whenAsked?: true
  /** Only by units above, who watch it because it is late. */
  watchersOnly?: true
  /** Only in this round of looking again: 0 nobody has asked yet, 1 复查, 2 复核. */
  round?: number
  /** Opens the next round. */
  opensRound?: true
  /** Goes to the next level. */
  climbs?: true
  /** So long after the outcome was told; later it is told that the time has passed. */
  within?: { rule: TermRule; basis: string }
  /** Limits that had ended run anew. */
  renews?: true
  /** The villager is told of it over their own channel. */
  notifies?: true
}

/** Hours are counted from the moment, day and night. */
export type TermRule = Pick<DeadlineRule, 'count' | 'restDay' | 'receipt'> & { unit: DeadlineRule['unit'] | 'hours' }

export interface DeadlineTerm {
  id: string
  /** What has to have happened: 告知是否受理. */
  title: string
  /** The limit runs from when the case came into this state. */
  from: CaseState
  rule: TermRule
  /** Longest extension, in the same unit. */
  extension?: number
  /** Any of these ends it. */
  doneBy: readonly CaseAction[]
  /** Only where the reporter gave a name. */
  namedOnly?: boolean
  /** Only for urgent cases, or only for those that are not. */
  urgent?: boolean
  /** Only in this round of looking again; from this round on. */
  round?: number
  fromRound?: number
  /** Reminded so many days before; by the length of the limit when left out. */
  remindDays?: number
  /** Law or rule with its article, or that it is this place's own promise. */
  basis: string
}

export interface Outcome {
  code: string
  title: string
}

export interface Procedure {
  kind: CaseKind
  title: string
  /** Title of a state where it differs from the common one. */
  stateTitles?: Partial<Record<CaseState, string>>
  basis: string
  /** Roles that cases are given to by themselves. */
  handlers: readonly Role[]
  steps: readonly Step[]
  deadlines: readonly DeadlineTerm[]
  /** `agreement`: its terms are written down; `ends`: the limit for what may follow, told to the villager. */
  outcomes: readonly (Outcome & { agreement?: true })[]
  /** `who`: only these roles may give this reason. */
  refusals: readonly (Outcome & { who?: readonly Role[] })[]
  /** The only reasons for which a limit may rest. `restarts`: what was missing has come, it runs anew. */
  pauses: readonly (Outcome & { basis: string; restarts?: true; endsWithSupplement?: true; round?: number })[]
  /** What may be decided about a tip. */
  dispositions?: readonly Outcome[]
  /** Said with the outcome: what may be done by whoever is not content, and until when. */
  remedies?: readonly { round: number; text: (until: string, above: string | null) => string; rule: TermRule }[]
  /** Asked after a named case has closed, so many days later: does anybody retaliate? */
  followUpDays?: readonly number[]
  asks: readonly Ask[]
  /** Handled by discipline offices only: no other role sees it. */
  disciplineOnly?: boolean
  /** Named unless the villager says otherwise. */
  namedByDefault?: boolean
}

/** What intake asks for when it is missing, in this order. */
export type Ask = 'who' | 'where' | 'when' | 'evidence'

export const STATE_TITLES: Readonly<Record<CaseState, string>> = {
  filed: '待受理',
  accepted: '办理中',
  paused: '中止计时',
  reviewing: '复查中',
  closed: '已办结',
  refused: '不予受理',
  withdrawn: '已撤回',
}

export function findStep(procedure: Procedure, action: CaseAction, state: CaseState, round = 0): Step | null {
  return (
    procedure.steps.find(
      (step) =>
        step.action === action && step.from.includes(state) && (step.round === undefined || step.round === round),
    ) ?? null
  )
}

export interface StepActor {
  roles: readonly (Role | 'holder')[]
  /** The case is assigned to who asks. */
  assigned: boolean
  /** Who asks watches it from above. */
  watching?: boolean
  /** A longer limit has been asked for. */
  asked?: boolean
  round?: number
}

/** The step, when this role may take it now. */
export function allowsStep(procedure: Procedure, action: CaseAction, state: CaseState, actor: StepActor): Step | null {
  const step = findStep(procedure, action, state, actor.round ?? 0)
  if (!step || (step.watchersOnly && !actor.watching) || (step.notByAssignee && actor.assigned)) return null
  if (step.whenAsked && !actor.asked) return null
  const may = step.who.some(
    (role) =>
      actor.roles.includes(role) &&
      (actor.assigned || role === 'holder' || !(step.assignedOnly ?? []).includes(role as Role)),
  )
  return may ? step : null
}
