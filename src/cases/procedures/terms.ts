/** A case's deadlines: started when a state is entered, ended by the steps that the table names. */
import type { StoredDeadline } from '../model.ts'
import type { CaseState } from '../schema.ts'
import { assumedCalendar } from './calendar.ts'
import type { WorkCalendar } from './calendar.ts'
import { computeDeadline } from './deadline.ts'
import type { DeadlineRule } from './deadline.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { CaseAction, Procedure } from './procedure.ts'

/** Due date of a term that starts at `at`; provisional while the calendar of that year is not known. */
export function dueOf(
  rule: DeadlineRule,
  at: Date,
  calendar: WorkCalendar,
): { due: string | null; provisional?: true } {
  try {
    return { due: computeDeadline({ start: at, rule }, calendar).due }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'calendar_missing') throw error
    return { due: computeDeadline({ start: at, rule }, assumedCalendar(calendar)).due, provisional: true }
  }
}

/** Starts the terms that run from `state`; one that ran already runs anew. */
export function startTerms(
  procedure: Procedure,
  state: CaseState,
  at: Date,
  calendar: WorkCalendar,
  running: readonly StoredDeadline[] = [],
  named = true,
): StoredDeadline[] {
  const fresh = procedure.deadlines
    .filter(({ from, namedOnly }) => from === state && (named || !namedOnly))
    .map(({ id, rule }): StoredDeadline => ({ id, ...dueOf(rule, at, calendar), startedAt: at }))
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
  const term = procedure.deadlines.find(
    ({ id, extension }) => extension !== undefined && running.some((one) => one.id === id && !one.doneAt),
  )
  const stored = running.find(({ id }) => id === term?.id)
  if (!term?.extension || !stored) throw new DomainError('extension_impossible', 409, '现在没有可以延长的期限。')
  const plain = dueOf(term.rule, stored.startedAt, calendar).due
  if (stored.extended) throw new DomainError('extension_impossible', 409, '这个期限已经延长过一次了。')
  const rule = {
    ...term.rule,
    extension: { count: term.extension, approvedOn: approvedAt.toISOString(), max: term.extension },
  }
  const extended = dueOf(rule, stored.startedAt, calendar)
  if (extended.due === plain) throw new DomainError('extension_impossible', 409, '期限已经过了,不能再延长。')
  return {
    deadlines: running.map(({ provisional: _, ...one }) =>
      one.id === term.id ? { ...one, ...extended, extended: true as const } : { ...one, ...(_ && { provisional: _ }) },
    ),
    title: term.title,
    due: extended.due,
  }
}

export function nextDue(deadlines: readonly StoredDeadline[]): string | null {
  return (
    deadlines
      .filter(({ doneAt, due }) => !doneAt && due !== null)
      .map(({ due }) => due!)
      .toSorted()[0] ?? null
  )
}
