/** The organisation as routing reads it: who belongs where, who is related to whom, who leads what. */
import { heightOf } from './levels.ts'

export interface RoutingOfficial {
  id: string
  name: string
  unit: string
  post: string
  aliases?: readonly string[]
  supervises?: readonly string[]
  declaredRelatives?: readonly { id: string; relation: string }[]
  /** Unit that sent a first secretary. */
  sentBy?: string
}

export interface RoutingOrganisation {
  units: readonly { id: string; name: string; level: string }[]
  officials: readonly RoutingOfficial[]
  accounts: readonly { id: string; name: string; operators: readonly string[] }[]
  villages?: readonly { id: string; name: string; aliases?: readonly string[] }[]
}

export interface OrganisationView {
  officials: readonly RoutingOfficial[]
  official(id: string): RoutingOfficial | undefined
  unit(id: string): { id: string; name: string; level: string } | undefined
  levelOf(official: RoutingOfficial): string
  ofUnit(unitId: string): RoutingOfficial[]
  ofHeight(height: number): RoutingOfficial[]
  below(height: number): RoutingOfficial[]
  relativesOf(id: string): { official: RoutingOfficial; relation: string }[]
  accountsOf(ids: ReadonlySet<string>): string[]
  /** Unit of a village given by village id, unit id or name. */
  villageUnit(village: string | null): { id: string; name: string; level: string } | undefined
  isFirstSecretary(official: RoutingOfficial): boolean
  /** The group that leads together with this person. */
  teamOf(official: RoutingOfficial): RoutingOfficial[]
}

export function viewOrganisation(organisation: RoutingOrganisation): OrganisationView {
  const units = new Map(organisation.units.map((unit) => [unit.id, unit]))
  const byId = new Map(organisation.officials.map((official) => [official.id, official]))
  const officials = organisation.officials
  const levelOf = (official: RoutingOfficial): string => units.get(official.unit)?.level ?? 'unknown'
  const ofUnit = (unitId: string): RoutingOfficial[] => officials.filter(({ unit }) => unit === unitId)
  const ofHeight = (height: number): RoutingOfficial[] => officials.filter((one) => heightOf(levelOf(one)) === height)
  const isFirstSecretary = (official: RoutingOfficial): boolean => official.post.includes('第一书记')

  const view: OrganisationView = {
    officials,
    official: (id) => byId.get(id),
    unit: (id) => units.get(id),
    levelOf,
    ofUnit,
    ofHeight,
    below: (height) => officials.filter((one) => heightOf(levelOf(one)) < height),
    relativesOf(id) {
      const own = (byId.get(id)?.declaredRelatives ?? []).map((one) => ({ id: one.id, relation: one.relation }))
      const others = officials.flatMap((one) =>
        (one.declaredRelatives ?? [])
          .filter((declared) => declared.id === id)
          .map(({ relation }) => ({ id: one.id, relation })),
      )
      return [...own, ...others].flatMap((found) => {
        const official = byId.get(found.id)
        return official ? [{ official, relation: found.relation }] : []
      })
    },
    accountsOf: (ids) =>
      organisation.accounts.filter(({ operators }) => operators.some((id) => ids.has(id))).map(({ id }) => id),
    villageUnit(village) {
      if (!village) return undefined
      const named = organisation.villages?.find(({ id }) => id === village)
      const names = [village, ...(named ? [named.name] : [])]
      return organisation.units.find(
        ({ id, name, level }) =>
          level === 'village' && (id === village || names.some((called) => name.startsWith(called))),
      )
    },
    isFirstSecretary,
    teamOf(official) {
      const level = levelOf(official)
      const team = new Set(ofUnit(official.unit))
      // The whole township stands on one level without jurisdiction over its own.
      if (heightOf(level) === 1) for (const one of ofHeight(1)) team.add(one)
      if (isFirstSecretary(official)) {
        const concerned = [official.post, official.sentBy ?? '', ...(official.supervises ?? [])].join(' ')
        for (const unit of organisation.units) {
          const short = unit.name.replace(/村$/, '')
          if (concerned.includes(unit.id) || concerned.includes(short)) for (const one of ofUnit(unit.id)) team.add(one)
        }
      }
      return [...team]
    },
  }
  return view
}
