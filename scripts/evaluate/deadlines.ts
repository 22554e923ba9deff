/** npm run evaluate -- deadlines FILE.yaml [--json]: computed last days against those worked out by hand. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { calendarFromFile, computeDeadline, publishedCalendar } from '../../src/cases/index.ts'
import type { CalendarFile, DeadlineInput } from '../../src/cases/index.ts'

interface Example extends DeadlineInput {
  id: string
  expected: string | null
  expectedRemaining?: number
  expectError?: string
  alsoAcceptable?: (string | null)[]
}

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- deadlines FILE.yaml [--json]')
  const { calendar, cases } = parse(await readFile(file, 'utf8')) as { calendar?: CalendarFile; cases: Example[] }
  const days = calendar ? calendarFromFile(calendar) : publishedCalendar()
  const failures = cases.flatMap((example) => {
    const found = answer(example, days)
    return isRight(example, found) ? [] : [{ id: example.id, expected: wanted(example), found: told(found) }]
  })
  const right = cases.length - failures.length
  if (args.includes('--json')) {
    console.log(JSON.stringify({ n: cases.length, right, accuracy: right / cases.length, failures }))
    return
  }
  console.log(`deadlines: ${right} of ${cases.length} right`)
  for (const { id, expected, found } of failures) console.log(`  ${id}: expected ${expected}, found ${found}`)
}

type Found = { due: string | null; remaining?: number | undefined } | { error: string }

function answer(example: Example, days: ReturnType<typeof publishedCalendar>): Found {
  try {
    // Some files write it beside the rule, some within.
    const restartOn = example.restartOn ?? (example.rule as { restartOn?: string }).restartOn
    return computeDeadline({ ...example, ...(restartOn && { restartOn }) }, days)
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'error' }
  }
}

function isRight(example: Example, found: Found): boolean {
  if (example.expectError) return 'error' in found
  if ('error' in found) return false
  if ((example.alsoAcceptable ?? []).includes(found.due)) return true
  return (
    found.due === example.expected &&
    (example.expectedRemaining === undefined || found.remaining === example.expectedRemaining)
  )
}

const wanted = ({ expected, expectedRemaining, expectError }: Example): string =>
  expectError ?? expected ?? `paused, ${expectedRemaining} days left`

const told = (found: Found): string =>
  'error' in found ? found.error : (found.due ?? `paused, ${found.remaining} days left`)
