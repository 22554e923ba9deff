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

export const PROCEDURES: Readonly<Record<CaseKind, Procedure>> = {
  tip,
  petition,
  suggestion,
  dispute,
  help,
  disclosure,
}

export function stateTitle(kind: CaseKind, state: CaseState): string {
  return PROCEDURES[kind].stateTitles?.[state] ?? STATE_TITLES[state]
}

export * from './procedure.ts'
