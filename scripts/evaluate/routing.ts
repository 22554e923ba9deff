/** npm run evaluate -- routing FILE.yaml [--json]: kind, level, who is complained about and who must not see it, from the words alone. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { accusesOfficial, reportKind, routeReport } from '../../src/cases/index.ts'
import type { RoutingOrganisation } from '../../src/cases/index.ts'
import { loadUnderstander } from '../../src/conversation/understand/index.ts'

interface Example {
  id: string
  text: string
  village: string | null
  kind: string
  level: string
  accused: string[]
  core?: string[]
  mayNotSee: string[]
}

interface File {
  organisation: Omit<RoutingOrganisation, 'units'> & {
    units: RoutingOrganisation['units'] | Record<string, { name: string; level: string }>
  }
  cases: Example[]
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item))
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

export async function evaluateRouting(file: string) {
  const { organisation: raw, cases } = parse(await readFile(file, 'utf8')) as File
  const units = Array.isArray(raw.units)
    ? (raw.units as RoutingOrganisation['units'])
    : Object.entries(raw.units as Record<string, { name: string; level: string }>).map(([id, unit]) => ({
        id,
        ...unit,
      }))
  const organisation: RoutingOrganisation = { ...raw, units, accounts: raw.accounts ?? [] }
  const understander = await loadUnderstander(process.env['INTENTS_DIR'] ?? 'intents')
  const vocabulary = {
    villageId: null,
    entries: organisation.officials.map(({ id, name, aliases }) => ({
      kind: 'person' as const,
      id,
      name,
      aliases: [...(aliases ?? [])],
    })),
  }
  const everybody = [...organisation.officials, ...organisation.accounts].length
  const sum = { kind: 0, level: 0, accused: 0, all: 0, kept: 0, toKeep: 0, over: 0, free: 0, sealed: 0 }
  const failures: object[] = []
  for (const example of cases) {
    const understood = understander.understand(example.text, { now: new Date(), vocabulary })
    const kind = reportKind(understood, accusesOfficial(organisation, example))
    const found = kind
      ? routeReport(organisation, {
          text: example.text,
          village: example.village,
          kind,
          departments: understander.classifyDepartment(example.text),
        })
      : { level: 'none', accused: [] as string[], mayNotSee: [] as string[] }
    const foundKind = kind ? `report.${kind}` : (understood.intents[0]?.code ?? 'none')
    const right = {
      kind:
        foundKind === example.kind || foundKind.startsWith(`${example.kind}.`) || (example.kind === 'none' && !kind),
      level: found.level === example.level,
      accused: sameSet(found.accused, example.accused),
      mayNotSee: sameSet(found.mayNotSee, example.mayNotSee),
    }
    const missed = example.mayNotSee.filter((id) => !found.mayNotSee.includes(id))
    const over = found.mayNotSee.filter((id) => !example.mayNotSee.includes(id))
    sum.kind += Number(right.kind)
    sum.level += Number(right.level)
    sum.accused += Number(right.accused)
    sum.all += Number(Object.values(right).every(Boolean))
    sum.toKeep += example.mayNotSee.length
    sum.kept += example.mayNotSee.length - missed.length
    sum.over += over.length
    sum.free += everybody - example.mayNotSee.length
    sum.sealed += Number(missed.length === 0)
    if (!Object.values(right).every(Boolean)) {
      const wrong = Object.entries(right)
        .filter(([, fine]) => !fine)
        .map(([what]) => what)
      failures.push({
        id: example.id,
        text: example.text,
        wrong,
        ...(!right.kind && { kind: { expected: example.kind, found: foundKind } }),
        ...(!right.level && { level: { expected: example.level, found: found.level } }),
        ...(!right.accused && { accused: { expected: example.accused, found: found.accused } }),
        ...(missed.length > 0 && { missed }),
        ...(over.length > 0 && { over }),
      })
    }
  }
  understander.close()
  const n = cases.length
  return {
    n,
    accuracy: share(sum.all, n),
    kindAccuracy: share(sum.kind, n),
    levelAccuracy: share(sum.level, n),
    accusedAccuracy: share(sum.accused, n),
    /** Cases that nobody who must not see them sees. */
    sealed: share(sum.sealed, n),
    recall: share(sum.kept, sum.toKeep),
    overblockRate: share(sum.over, sum.free),
    failures,
  }
}

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- routing FILE.yaml [--json]')
  const result = await evaluateRouting(file)
  const { n, failures } = result
  if (args.includes('--json')) {
    console.log(JSON.stringify(result))
    return
  }
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
  console.log(
    `routing: ${n} cases · all right ${percent(result.accuracy)} · kind ${percent(result.kindAccuracy)} · level ${percent(result.levelAccuracy)} · accused ${percent(result.accusedAccuracy)}\n` +
      `nobody sees it who must not ${percent(result.sealed)} · recall ${percent(result.recall)} · overblocked ${percent(result.overblockRate)}`,
  )
  for (const failure of failures) console.log(`  ${JSON.stringify(failure)}`)
}
