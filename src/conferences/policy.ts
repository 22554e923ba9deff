/** Who works on open questions. Questions hold no case and no asker. */
import type { Filter } from 'mongodb'
import type { AccountActor, Actor } from '../people/index.ts'
import type { StoredQuestion } from './model.ts'

const READERS = ['clerk', 'handler', 'director', 'supervisor', 'village-committee'] as const
const ANSWERERS = ['clerk', 'handler', 'director', 'village-committee'] as const

const has = (actor: AccountActor, roles: readonly string[]): boolean => actor.roles.some((role) => roles.includes(role))

/** A village's committee sees its own; the others see all. */
const ownOnly = (actor: AccountActor): boolean => !has(actor, ['clerk', 'handler', 'director', 'supervisor'])

export const questionPolicy = {
  'questions.list': (actor: Actor): boolean => actor.kind === 'account' && has(actor, READERS),
  /** Of the township: what words mean is the same in every village. */
  'intents.correct': (actor: Actor): boolean =>
    actor.kind === 'account' && has(actor, ['clerk', 'handler', 'director']),
  'questions.answer': (actor: Actor): boolean => actor.kind === 'account' && has(actor, ANSWERERS),
}

export function questionFilter(actor: Actor): Filter<StoredQuestion> {
  if (!questionPolicy['questions.list'](actor) || actor.kind !== 'account') return { _id: { $in: [] } }
  return ownOnly(actor) ? { villageId: { $in: [...actor.villages] } } : {}
}
