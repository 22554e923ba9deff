/** Who is acting. Every route, list, count and live stream is asked of an actor; without one, nobody is anybody. */
export const ROLES = [
  'clerk',
  'handler',
  'discipline-officer',
  'director',
  'supervisor',
  'administrator',
  'village-committee',
  /** Village supervision committee: checks what the village is about to publish. */
  'village-supervision',
  /** The township's agency that keeps the villages' accounts. */
  'village-accounts',
] as const
export type Role = (typeof ROLES)[number]

export interface AccountActor {
  kind: 'account'
  accountId: string
  username: string
  displayName: string
  roles: readonly Role[]
  /** Organisation unit (township.yaml `units`). */
  unit: string
  /** Level of that unit: village, township, township-discipline, county-discipline, city-discipline … */
  level: string
  /** The officials who work with this account; more than one for a shared account (公用号). */
  operators: readonly string[]
  /** Villages that a village-committee or village-supervision account speaks for. */
  villages: readonly string[]
}

export interface ContactActor {
  kind: 'contact'
  contactId: string
  villageId: string | null
}

export type Actor = AccountActor | ContactActor | { kind: 'nobody' }

export const nobody: Actor = { kind: 'nobody' }
