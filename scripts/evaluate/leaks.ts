/** npm run evaluate -- leaks FILE.yaml [--json]: which texts give the reporter away, against what a careful reader said. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { findLeaks } from '../../src/cases/index.ts'
import type { LeakInput } from '../../src/cases/index.ts'

interface Example extends LeakInput {
  id: string
  leaks: boolean
  how?: string
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

/** @returns recall over texts that leak, false alarms over those that do not; each failure with what was found */
export async function evaluateLeaks(file: string) {
  const examples = parse(await readFile(file, 'utf8')) as Example[]
  const sum = { leaks: 0, caught: 0, safe: 0, alarms: 0 }
  const failures: object[] = []
  for (const example of examples) {
    const { id, leaks, how, audience, kind, text } = example
    const report = { ...example.report }
    for (const key of ['reporter', 'contact', 'details', 'about', 'body', 'submittedAt'] as const)
      report[key] = String(report[key] ?? '')
    const found = findLeaks({ report, audience, kind, text })
    const told = found.length > 0
    if (leaks) {
      sum.leaks += 1
      sum.caught += Number(told)
    } else {
      sum.safe += 1
      sum.alarms += Number(told)
    }
    if (told !== leaks)
      failures.push({
        id,
        expected: leaks ? (how ?? 'leak') : 'no leak',
        found: found.map(({ way, excerpt }) => `${way}: ${excerpt}`),
        text,
      })
  }
  const n = examples.length
  return {
    n,
    recall: share(sum.caught, sum.leaks),
    falseAlarmRate: share(sum.alarms, sum.safe),
    accuracy: share(n - failures.length, n),
    failures,
  }
}

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- leaks FILE.yaml [--json]')
  const result = await evaluateLeaks(file)
  if (args.includes('--json')) {
    console.log(JSON.stringify(result))
    return
  }
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
  const { n, recall, falseAlarmRate, accuracy, failures } = result
  console.log(
    `leaks: ${n} texts · caught ${percent(recall)} · false alarms ${percent(falseAlarmRate)} · right ${percent(accuracy)}`,
  )
  for (const failure of failures) console.log(`  ${JSON.stringify(failure)}`)
}
