/** One level up: when a case is late, when nobody who may handle it is left, when it is to be looked at again. */
import type { Organisation } from '../../people/index.ts'
import type { StoredCase } from '../model.ts'
import type { CaseKind } from '../schema.ts'
import { unitFor } from './find-unit.ts'
import { BY_CONDUCT, NEXT_DESK, NEXT_DISCIPLINE, heightOf } from './levels.ts'
import type { CaseLevel } from './levels.ts'
import { viewOrganisation } from './organisation-view.ts'

export interface Above {
  unit: string
  title: string
  level: CaseLevel
}

/** The unit above; null at the top, or when no unit of the next level is on this system. */
export function unitAbove(
  organisation: Organisation,
  { kind, level, department, villageId }: Pick<StoredCase, 'kind' | 'level' | 'department' | 'villageId'>,
): Above | null {
  const next = BY_CONDUCT.has(kind) ? NEXT_DISCIPLINE[level] : NEXT_DESK[level]
  if (!next) return null
  const unit = unitFor(organisation, { level: next, department }, villageId)
  return organisation.units.some(({ id }) => id === unit.id) ? { unit: unit.id, title: unit.title, level: next } : null
}

/** Everybody below the level that has jurisdiction now, and the accounts that they work with: for matters of conduct only. */
export function keptFromBelow(organisation: Organisation, kind: CaseKind, level: CaseLevel): string[] {
  if (!BY_CONDUCT.has(kind)) return []
  const view = viewOrganisation(organisation)
  const ids = new Set(view.below(heightOf(level)).map(({ id }) => id))
  return [...ids, ...view.accountsOf(ids)]
}
