/** can() and authorize(): closed by default. A capability registers its abilities in its policy.ts; what is not listed is refused. */
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor } from './actor.ts'

/** One line an ability: may this actor do it, with this subject (a record, or nothing for lists). */
export type Ability<Subject = undefined> = (actor: Actor, subject: Subject) => boolean

/** A record of abilities, named `<noun>.<verb>`. */
export type Policy = Record<string, Ability<never>>

/** True only when the ability exists and says yes. */
export function can<P extends Policy, K extends keyof P & string>(
  policy: P,
  ability: K,
  actor: Actor,
  subject?: Parameters<P[K]>[1],
): boolean {
  const rule = policy[ability]
  return rule !== undefined && rule(actor, subject as never)
}

/** Throws when the actor may not. `hidden` answers 404, so that the existence of the subject is not told. */
export function authorize<P extends Policy, K extends keyof P & string>(
  policy: P,
  ability: K,
  actor: Actor,
  subject?: Parameters<P[K]>[1],
  options: { hidden?: boolean } = {},
): void {
  if (can(policy, ability, actor, subject)) return
  if (options.hidden) throw new DomainError('not_found', 404, '没有找到。')
  if (actor.kind === 'nobody') throw new DomainError('sign_in_needed', 401, '请先登录。')
  throw new DomainError('not_allowed', 403, '您没有这项权限。')
}
