/** All procedures, by kind. A new kind is a table and a line here. */
import type { CaseKind, CaseState } from '../schema.ts'
import { disclosure } from './disclosure.ts'
import { dispute } from './dispute.ts'
import { help } from './help.ts'
import { petition } from './petition.ts'
import { STATE_TITLES } from './procedure.ts'
import type { Procedure } from './procedure.ts'
import { suggestion } from './suggestion.ts'
import { tip } from './tip.ts'

export type Procedures = Readonly<Record<CaseKind, Procedure>>

export const PROCEDURES: Procedures = {
  tip,
  petition,
  suggestion,
  dispute,
  help,
  disclosure,
}

/** @param round 1: looked at again (复查), 2: for the second time (复核) */
export function stateTitle(kind: CaseKind, state: CaseState, round = 0): string {
  if (state === 'reviewing' && round === 2) return '复核中'
  return PROCEDURES[kind].stateTitles?.[state] ?? STATE_TITLES[state]
}

export * from './procedure.ts'
