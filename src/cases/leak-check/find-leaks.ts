/** The leak check: what in a text would give away who reported. A pure function; who may send past it is decided elsewhere. */
import { findFacts } from './find-facts.ts'
import { findFilingTime, findSmallCells, findStyle } from './find-filing.ts'
import { findNames, findNumbers } from './find-identity.ts'
import type { Found } from './find-identity.ts'
import { findDetails, findPersons } from './find-person.ts'
import { normalise } from './plain-text.ts'
import { LEAK_REASONS, OTHERS_DATA } from './replies.ts'
import type { Leak, LeakInput } from './types.ts'

/**
 * Rules on handling reports (2020): what could identify the informant is left out of anything read out, shown or published.
 * @param input.audience `reporter`: their own words may be repeated to them; names and numbers may not, others see the screen too
 * @returns one entry a place, the gravest first; empty when nothing was found. It finds what rules can find: no proof that
 *   a text is safe.
 */
export function findLeaks(input: LeakInput): Leak[] {
  const { report, audience } = input
  const text = normalise(input.text)
  const numbers = findNumbers(report, text)
  const found: Found[] =
    audience === 'reporter'
      ? [...findNames(report, text).filter(({ way }) => way === 'name'), ...numbers]
      : [
          ...findNames(report, text),
          ...numbers,
          ...findStyle(text),
          ...findSmallCells(input, text),
          ...(input.kind === 'statistics' ? [] : findFilingTime(input, text)),
          ...findPersons(report, text),
          ...findDetails(report, text),
          ...findFacts(report, text, audience),
        ]
  const seen = new Set<string>()
  return found.flatMap(({ way, excerpt }) => {
    const key = `${way} ${excerpt}`
    if (seen.has(key)) return []
    seen.add(key)
    const why = audience === 'reporter' && way === 'phone' ? OTHERS_DATA : LEAK_REASONS[way]
    return [{ way, excerpt, why }]
  })
}
