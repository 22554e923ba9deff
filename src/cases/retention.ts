/** How long a decided case is kept with its words, by kind. Years since anything last happened; local archive rules may set others. */
import type { CaseKind, CaseState } from './schema.ts'

export const RETENTION_YEARS: Readonly<Record<CaseKind, number>> = {
  tip: 10,
  petition: 10,
  dispute: 5,
  help: 3,
  suggestion: 3,
  disclosure: 3,
}

/** Only what is decided may go by time: what waits for somebody is never deleted, however old. */
export const DECIDED: readonly CaseState[] = ['closed', 'refused', 'withdrawn']
