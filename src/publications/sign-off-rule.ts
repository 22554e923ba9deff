/**
 * Who drafts, who checks and who publishes, by class. Organic law of villagers' committees, art. 32 and 35: the supervision
 * body looks at the accounts and at what is published; money and assets go out through the township's agency that keeps
 * the villages' accounts. Places that have it otherwise change this table.
 */
import type { AccountActor, Actor, Role } from '../people/index.ts'
import type { PublicationClass } from './records.ts'
import type { StoredSubmission } from './submissions/model.ts'

interface SignOffRule {
  drafts: readonly Role[]
  checks: readonly Role[]
  publishes: readonly Role[]
}

const BY_VILLAGE: SignOffRule = {
  drafts: ['village-committee', 'village-accounts'],
  checks: ['village-supervision'],
  publishes: ['village-committee', 'village-accounts'],
}
const BY_TOWNSHIP: SignOffRule = { ...BY_VILLAGE, publishes: ['village-accounts'] }

export const SIGN_OFF: Readonly<Record<PublicationClass, SignOffRule>> = {
  party: BY_VILLAGE,
  affairs: BY_VILLAGE,
  finance: BY_TOWNSHIP,
  assets: BY_TOWNSHIP,
  lists: BY_TOWNSHIP,
}

/** The township's agency works for all villages; the others for their own. */
const OF_ALL_VILLAGES: readonly Role[] = ['village-accounts']
const READERS: readonly Role[] = ['village-committee', 'village-supervision', 'village-accounts']

const has = (actor: Actor, roles: readonly Role[]): actor is AccountActor =>
  actor.kind === 'account' && actor.roles.some((role) => roles.includes(role))

/** In one of these roles, for this village. */
const actsFor = (actor: Actor, roles: readonly Role[], villageId: string): boolean =>
  has(actor, roles) &&
  (actor.villages.includes(villageId) ||
    actor.roles.some((role) => roles.includes(role) && OF_ALL_VILLAGES.includes(role)))

/** All parts of a file have to allow it. */
const every = (submission: StoredSubmission, roles: (rule: SignOffRule) => readonly Role[], actor: Actor): boolean =>
  submission.parts.every((part) => actsFor(actor, roles(SIGN_OFF[part.class]), submission.villageId))

const idOf = (actor: Actor): string => (actor.kind === 'account' ? actor.accountId : '')

export const submissionPolicy = {
  'submissions.list': (actor: Actor): boolean => has(actor, READERS),
  'submissions.submit': (actor: Actor): boolean => has(actor, BY_VILLAGE.drafts),
  'submissions.check': (actor: Actor): boolean => has(actor, BY_VILLAGE.checks),
  'submissions.publish': (actor: Actor): boolean => has(actor, BY_VILLAGE.publishes),
  'submission.read': (actor: Actor, { villageId }: { villageId: string }): boolean =>
    actsFor(actor, READERS, villageId),
  'submission.draft': (
    actor: Actor,
    { villageId, class: of }: { villageId: string; class: PublicationClass },
  ): boolean => actsFor(actor, SIGN_OFF[of].drafts, villageId),
  /** Whoever wrote it does not check it. */
  'submission.check': (actor: Actor, submission: StoredSubmission): boolean =>
    submission.state === 'draft' &&
    submission.submitted.accountId !== idOf(actor) &&
    every(submission, ({ checks }) => checks, actor),
  /** Whoever publishes may send it back as well, up to the last moment. */
  'submission.return': (actor: Actor, submission: StoredSubmission): boolean =>
    submissionPolicy['submission.check'](actor, submission) ||
    submissionPolicy['submission.publish'](actor, submission),
  'submission.publish': (actor: Actor, submission: StoredSubmission): boolean =>
    submission.state === 'checked' &&
    submission.checked?.accountId !== idOf(actor) &&
    every(submission, ({ publishes }) => publishes, actor),
  /** Whoever handed it in, or the village whose it is. */
  'submission.withdraw': (actor: Actor, submission: StoredSubmission): boolean =>
    (submission.state === 'draft' || submission.state === 'checked') &&
    (submission.submitted.accountId === idOf(actor) || actsFor(actor, ['village-committee'], submission.villageId)),
}

/** Who looks after punctuality without signing anything. */
const WATCHERS: readonly Role[] = ['supervisor', 'director']

/** The calendar holds nothing but dates. */
export const mayReadCalendar = (actor: Actor): boolean => has(actor, [...READERS, ...WATCHERS])

/** Villages whose calendar the actor may see; null is all. */
export const calendarReaders = (actor: Actor): readonly string[] | null =>
  has(actor, WATCHERS) ? null : villagesOf(actor)

/** Villages whose files the actor may see; null is all. */
export function villagesOf(actor: Actor): readonly string[] | null {
  if (!has(actor, READERS)) return []
  return actor.roles.some((role) => OF_ALL_VILLAGES.includes(role)) ? null : actor.villages
}
