/** Who may ask, and who is a second person. Rules on handling reports: nobody alone learns who reported. */
import type { AccountActor } from '../../people/index.ts'
import type { StoredCase } from '../model.ts'
import { helpsOnly, readsCase } from '../policy.ts'
import type { StoredApproval } from './model.ts'

/** Named roles that may ask for an identity; a handler only for what is assigned to them. */
export function mayAskIdentity(actor: AccountActor, stored: StoredCase): boolean {
  if (!readsCase(actor, stored) || helpsOnly(actor, stored)) return false
  return (
    actor.roles.some((role) => role === 'discipline-officer' || role === 'director') ||
    (actor.roles.includes('handler') && stored.assignee === actor.accountId)
  )
}

/** Two accounts of one person are one person. */
export function isSecondPerson(actor: AccountActor, other: AccountActor | undefined): boolean {
  return (
    other !== undefined &&
    actor.accountId !== other.accountId &&
    actor.operators.every((operator) => !other.operators.includes(operator))
  )
}

/** Approves: reads the case, answers for it, is not who asked. */
export function mayDecide(
  actor: AccountActor,
  stored: StoredCase,
  approval: Pick<StoredApproval, 'state' | 'requestedBy' | 'kind'>,
  requester: AccountActor | undefined,
): boolean {
  return (
    approval.state === 'open' &&
    readsCase(actor, stored) &&
    !helpsOnly(actor, stored) &&
    actor.roles.some((role) => role === 'discipline-officer' || role === 'director') &&
    isSecondPerson(actor, requester) &&
    !(approval.kind === 'identity' && needsCity(stored) && actor.level !== 'city-discipline')
  )
}

/** Art. 29: who stays anonymous is looked for only with the approval of a city's discipline office. */
export const needsCity = (stored: Pick<StoredCase, 'named'>): boolean => !stored.named
