/** Levels of the organisation and what they mean for jurisdiction. All in tables: a place with another structure changes these. */
import type { CaseKind } from '../schema.ts'

/** Where a case can be taken up. */
export type CaseLevel =
  | 'village'
  | 'township-department'
  | 'county-department'
  | 'township-discipline'
  | 'county-discipline'
  | 'city-discipline'
  | 'none'

export const LEVEL_TITLES: Readonly<Record<CaseLevel, string>> = {
  village: '村里办理',
  'township-department': '镇里承办部门',
  'county-department': '县级主管部门',
  'township-discipline': '镇纪委',
  'county-discipline': '县纪委监委',
  'city-discipline': '市纪委监委',
  none: '不成案',
}

/** Height of a level of units or of acceptance; the discipline office of a level stands beside its government. */
const HEIGHTS: Readonly<Record<string, number>> = {
  village: 0,
  township: 1,
  'township-department': 1,
  'township-discipline': 1,
  county: 2,
  'county-department': 2,
  'county-discipline': 2,
  city: 3,
  'city-department': 3,
  'city-discipline': 3,
}

/** Unknown levels count as the highest, so that nothing is opened by a slip of the pen. */
export const heightOf = (level: string): number => HEIGHTS[level] ?? 9

/** Who takes up a complaint about somebody of this level. */
export const ACCEPTS_COMPLAINT: Readonly<Record<string, CaseLevel>> = {
  village: 'township-discipline',
  township: 'county-discipline',
  'township-department': 'county-discipline',
  'township-discipline': 'county-discipline',
  county: 'county-discipline',
  'county-department': 'county-discipline',
  'county-discipline': 'city-discipline',
}

/** A grievance about what a body did or decided goes above it. */
export const ANSWERS_GRIEVANCE: Readonly<Record<string, CaseLevel>> = {
  village: 'township-department',
  township: 'county-department',
  'township-department': 'county-department',
  'township-discipline': 'county-department',
  county: 'county-department',
  'county-department': 'county-department',
}

export const NEXT_DISCIPLINE: Partial<Record<CaseLevel, CaseLevel>> = {
  'township-discipline': 'county-discipline',
  'county-discipline': 'city-discipline',
}

/** Where a grievance goes from a desk that is late, has nobody left, or whose answer is not accepted. */
export const NEXT_DESK: Partial<Record<CaseLevel, CaseLevel>> = {
  village: 'township-department',
  'township-department': 'county-department',
}

/** The lowest level that takes a kind when nobody is complained about. */
export const STARTS_AT: Readonly<Record<CaseKind, CaseLevel>> = {
  tip: 'township-discipline',
  petition: 'village',
  suggestion: 'village',
  dispute: 'village',
  help: 'village',
  disclosure: 'township-department',
}

/** Kinds that concern conduct: conflict of interest reaches to the team and to everybody below. */
export const BY_CONDUCT: ReadonlySet<CaseKind> = new Set(['tip'])
