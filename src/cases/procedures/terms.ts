/** A case's deadlines: started when a state is entered, ended by the steps that the table names. */
import { shanghaiDate, shanghaiTime } from '../../infrastructure/clock.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { StoredDeadline } from '../model.ts'
import type { CaseState } from '../schema.ts'
import { addDays, assumedCalendar } from './calendar.ts'
import type { WorkCalendar } from './calendar.ts'
import { computeDeadline } from './deadline.ts'
import type { DeadlineRule } from './deadline.ts'
import type { CaseAction, DeadlineTerm, Procedure, TermRule } from './procedure.ts'

const HOUR_MS = 3_600_000
/** Sorts after every date. */
export const NO_DUE = '9999-12-31'

/** What decides which terms run, besides the state. */
export interface TermFacts {
  named: boolean
  urgent: boolean
  reviewRound: number
}

type Due = Pick<StoredDeadline, 'due' | 'dueAt' | 'provisional'>

/** Due date of a term, with its pauses and its extension; provisional while the calendar of that year is not known. */
export function dueOf(
  rule: TermRule,
  term: Pick<StoredDeadline, 'startedAt' | 'pauses' | 'restartOn' | 'extension'>,
  calendar: WorkCalendar,
): Due {
  if (rule.unit === 'hours') {
    const dueAt = new Date(term.startedAt.getTime() + rule.count * HOUR_MS)
    return { due: shanghaiDate(dueAt), dueAt }
  }
  const input = {
    start: term.startedAt,
    rule: { ...rule, ...(term.extension && { extension: term.extension }) } as DeadlineRule,
    ...(term.pauses && { pauses: term.pauses }),
    ...(term.restartOn && { restartOn: term.restartOn }),
  }
  try {
    return { due: computeDeadline(input, calendar).due }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'calendar_missing') throw error
    return { due: computeDeadline(input, assumedCalendar(calendar)).due, provisional: true }
  }
}

/** The term with its due date computed anew. */
export function withDue(rule: TermRule, term: StoredDeadline, calendar: WorkCalendar): StoredDeadline {
  const { provisional: _provisional, dueAt: _dueAt, ...rest } = term
  return { ...rest, ...dueOf(rule, term, calendar) }
}

const applies = (row: DeadlineTerm, state: CaseState, facts: TermFacts): boolean =>
  row.from === state &&
  (facts.named || !row.namedOnly) &&
  (row.urgent === undefined || row.urgent === facts.urgent) &&
  (row.round === undefined || row.round === facts.reviewRound) &&
  facts.reviewRound >= (row.fromRound ?? 0)

/** Starts the terms that run from `state`. What runs already runs on: passing a case around wins no time. */
export function startTerms(
  procedure: Procedure,
  state: CaseState,
  at: Date,
  calendar: WorkCalendar,
  facts: TermFacts,
  running: readonly StoredDeadline[] = [],
  /** Terms that had ended begin again. */
  renews = false,
): StoredDeadline[] {
  const fresh = procedure.deadlines
    .filter((row) => applies(row, state, facts))
    .filter(({ id }) => !running.some((term) => term.id === id && !(renews && term.doneAt)))
    .map(({ id, rule }): StoredDeadline => ({ id, ...dueOf(rule, { startedAt: at }, calendar), startedAt: at }))
  return [...running.filter(({ id }) => fresh.every((term) => term.id !== id)), ...fresh]
}

/** Marks the terms that this step ends. */
export function endTerms(
  procedure: Procedure,
  action: CaseAction,
  at: Date,
  running: readonly StoredDeadline[],
): StoredDeadline[] {
  const ended = new Set(procedure.deadlines.filter(({ doneBy }) => doneBy.includes(action)).map(({ id }) => id))
  return running.map((term) => (ended.has(term.id) && !term.doneAt ? { ...term, doneAt: at } : term))
}

/** All that still run end, e.g. when a case is withdrawn. */
export function endAllTerms(at: Date, running: readonly StoredDeadline[]): StoredDeadline[] {
  return running.map((term) => (term.doneAt ? term : { ...term, doneAt: at }))
}

const rowOf = (procedure: Procedure, id: string): DeadlineTerm | undefined =>
  procedure.deadlines.find((row) => row.id === id)

/** From today on the open terms do not count. */
export function pauseTerms(
  procedure: Procedure,
  at: Date,
  calendar: WorkCalendar,
  running: readonly StoredDeadline[],
): StoredDeadline[] {
  return running.map((term) => {
    const row = rowOf(procedure, term.id)
    if (term.doneAt || !row || row.rule.unit === 'hours') return term
    return withDue(
      row.rule,
      { ...term, pauses: [...(term.pauses ?? []), { from: shanghaiDate(at), until: null }] },
      calendar,
    )
  })
}

/** @param restarts what was missing has come: the limit runs anew from today */
export function resumeTerms(
  procedure: Procedure,
  at: Date,
  calendar: WorkCalendar,
  running: readonly StoredDeadline[],
  restarts: boolean,
): StoredDeadline[] {
  const until = shanghaiDate(at)
  return running.map((term) => {
    const row = rowOf(procedure, term.id)
    if (term.doneAt || !row || !term.pauses?.some((pause) => pause.until === null)) return term
    const pauses = term.pauses.map((pause) => (pause.until === null ? { ...pause, until } : pause))
    return withDue(row.rule, { ...term, pauses, ...(restarts && { restartOn: until }) }, calendar)
  })
}

/** The open term that may be made longer. */
export function extendable(procedure: Procedure, running: readonly StoredDeadline[]): DeadlineTerm | undefined {
  return procedure.deadlines.find(
    ({ id, extension }) =>
      extension !== undefined && running.some((one) => one.id === id && !one.doneAt && !one.extended),
  )
}

/**
 * Longer by the table's extension, counted from the nominal last day.
 * @throws DomainError extension_impossible when no term can be extended, or its limit has passed
 */
export function extendTerm(
  procedure: Procedure,
  approvedAt: Date,
  calendar: WorkCalendar,
  running: readonly StoredDeadline[],
): { deadlines: StoredDeadline[]; title: string; due: string | null } {
  const row = extendable(procedure, running)
  const stored = running.find(({ id }) => id === row?.id)
  if (!row?.extension || !stored) {
    const already = running.some(({ extended, doneAt }) => extended && !doneAt)
    throw new DomainError(
      'extension_impossible',
      409,
      already ? '这个期限已经延长过一次了。' : '现在没有可以延长的期限。',
    )
  }
  const approvedOn = shanghaiDate(approvedAt)
  if (stored.due !== null && approvedOn > stored.due)
    throw new DomainError('extension_impossible', 409, '期限已经过了,不能再延长。')
  const { remindedAt: _reminded, ...rest } = stored
  const extended = withDue(
    row.rule,
    { ...rest, extended: true, extension: { count: row.extension, approvedOn } },
    calendar,
  )
  return {
    deadlines: running.map((term) => (term.id === row.id ? extended : term)),
    title: row.title,
    due: extended.due,
  }
}

const openWithDue = (deadlines: readonly StoredDeadline[]): StoredDeadline[] =>
  deadlines.filter(({ doneAt, due }) => !doneAt && due !== null)

/** A whole day is on time until 24:00. */
const keyOf = ({ due, dueAt }: StoredDeadline): string =>
  dueAt ? shanghaiTime(dueAt).replace(' ', 'T') : `${due}T24:00`

export function nextDue(deadlines: readonly StoredDeadline[]): string | null {
  return (
    openWithDue(deadlines)
      .map(({ due }) => due!)
      .toSorted()[0] ?? null
  )
}

/** What the case keeps of its deadlines for lists and sweeps. */
export function dueFields(deadlines: StoredDeadline[]): {
  deadlines: StoredDeadline[]
  nextDue: string | null
  dueKey: string
} {
  return { deadlines, nextDue: nextDue(deadlines), dueKey: openWithDue(deadlines).map(keyOf).toSorted()[0] ?? NO_DUE }
}

/** Has its last moment passed? */
export const isOverdue = (term: StoredDeadline, now: Date): boolean =>
  !term.doneAt && term.due !== null && (term.dueAt ? now > term.dueAt : shanghaiDate(now) > term.due)

/** Is it time to remind of it? Long limits a week before, short ones three days or one, hours at half time. */
export function isNear(row: DeadlineTerm, term: StoredDeadline, now: Date): boolean {
  if (term.doneAt || term.due === null) return false
  if (term.dueAt) return now.getTime() >= (term.startedAt.getTime() + term.dueAt.getTime()) / 2
  const days = row.remindDays ?? (row.rule.unit === 'months' || row.rule.count >= 30 ? 7 : row.rule.count >= 10 ? 3 : 1)
  return shanghaiDate(now) >= addDays(term.due, -days)
}
