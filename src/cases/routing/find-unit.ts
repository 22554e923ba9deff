/** From a level to the unit that answers for it. */
import type { Organisation } from '../../people/index.ts'
import { DEPARTMENTS } from './departments.ts'
import { LEVEL_TITLES, heightOf } from './levels.ts'
import type { CaseLevel } from './levels.ts'
import type { RoutingDecision } from './route-report.ts'
import { viewOrganisation } from './organisation-view.ts'

/** Levels of units that take cases of a level, best first. */
const UNIT_LEVELS: Readonly<Record<CaseLevel, readonly string[]>> = {
  village: ['village'],
  'township-department': ['township-department', 'township'],
  'county-department': ['county-department', 'county'],
  'township-discipline': ['township-discipline'],
  'county-discipline': ['county-discipline'],
  'city-discipline': ['city-discipline'],
  none: [],
}

/** Words in the name of the office that takes what no department claims. */
const FRONT_DESK = /信访|党委政府|人民政府|综合|便民|社会事务|党政/

/**
 * The unit responsible. When the organisation has none of that level (the city is not on this system) the level's own
 * code stands in its place: nobody here sees the case.
 */
export function unitFor(
  organisation: Organisation,
  { level, department }: Pick<RoutingDecision, 'level' | 'department'>,
  villageId: string | null,
): { id: string; title: string } {
  if (level === 'village') {
    const unit = viewOrganisation(organisation).villageUnit(villageId)
    if (unit) return { id: unit.id, title: unit.name }
    return unitFor(organisation, { level: 'township-department', department }, villageId)
  }
  const units = UNIT_LEVELS[level].flatMap((at) => organisation.units.filter((unit) => unit.level === at))
  const words = department ? (DEPARTMENTS[department]?.words ?? []) : []
  const unit =
    units.find(({ name }) => words.some((word) => name.includes(word))) ??
    units.find(({ name }) => FRONT_DESK.test(name)) ??
    units[0]
  return unit ? { id: unit.id, title: unit.name } : { id: level, title: LEVEL_TITLES[level] }
}

/** Units that a case may be passed on to: never to below the level that has jurisdiction. */
export function unitsFrom(organisation: Organisation, level: CaseLevel, conduct: boolean): Organisation['units'] {
  return organisation.units.filter(
    (unit) => conduct === unit.level.endsWith('discipline') && (!conduct || heightOf(unit.level) >= heightOf(level)),
  )
}

/** Level of acceptance of a unit. */
export function levelOfUnit(unitLevel: string): CaseLevel {
  const found = (Object.keys(UNIT_LEVELS) as CaseLevel[]).find((level) => UNIT_LEVELS[level].includes(unitLevel))
  return found ?? 'none'
}
