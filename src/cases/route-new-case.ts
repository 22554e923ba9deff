/** Where a new case goes: by the rules, by what was put right before, and what the villager may do besides. */
import type { CaseContext } from './context.ts'
import { DEPARTMENTS } from './routing/departments.ts'
import { waysElsewhere } from './routing/elsewhere.ts'
import { unitFor } from './routing/find-unit.ts'
import { leanOn, marksOf } from './routing/lessons.ts'
import { routeReport, takenUpBy } from './routing/route-report.ts'
import type { RoutingDecision } from './routing/route-report.ts'
import type { QuestionedAnswer } from './model.ts'
import type { CaseKind } from './schema.ts'
import { BY_CONDUCT, heightOf } from './routing/levels.ts'
import type { CaseLevel } from './routing/levels.ts'

/** The newest lessons count; what is older has been taught again or is forgotten. */
const LESSONS = 500

export const markOf =
  ({ vault }: Pick<CaseContext, 'vault'>) =>
  (pair: string): string =>
    vault.fingerprint('routing-mark', pair)

export async function routeNewCase(
  context: CaseContext,
  input: {
    kind: CaseKind
    villageId: string | null
    text: string
    facts: readonly { value: string }[]
    questioned?: QuestionedAnswer | undefined
    above?: { unit: string; level: CaseLevel; mayNotSee: readonly string[] } | undefined
  },
): Promise<{ routing: RoutingDecision; unit: { id: string; title: string }; advice: string[] }> {
  const organisation = await context.organisation()
  const { questioned } = input
  const byContent = context.understander.classifyDepartment(
    questioned ? `${questioned.question}\n${input.text}` : input.text,
  )
  const conduct = BY_CONDUCT.has(input.kind)
  const lessons =
    conduct || questioned ? [] : await context.collections.lessons.find().sort({ at: -1 }).limit(LESSONS).toArray()
  const { ranked, learned } =
    lessons.length === 0
      ? { ranked: byContent, learned: null }
      : leanOn(lessons, marksOf(input.text, markOf(context)), byContent)
  const decided = routeReport(organisation, {
    text: [input.text, ...input.facts.map(({ value }) => value)].join('\n'),
    village: input.villageId,
    kind: input.kind,
    departments: ranked,
  })
  const reasons = [...decided.reasons]
  if (learned) reasons.push(`以前有同类的事分错过,已纠正到${DEPARTMENTS[learned]?.title ?? learned},照此分流。`)
  // Who accuses an official is at the right place; who was robbed by a stranger is not.
  const ways = decided.accused.length > 0 ? [] : waysElsewhere(input.text, organisation)
  reasons.push(...ways.map(({ said }) => `可能应走法定途径:${said}`))
  const advice = ways.map(({ said }) => said)
  const { above } = input
  const checked = questioned && !conduct ? checkerOf(questioned, decided.department) : null
  if (checked)
    reasons.push('对村里公布的内容有疑问:由镇里的主管部门核对,村里不自己核自己(村民委员会组织法第三十一条)。')
  const placed = checked ?? (learned && decided.concerned.length === 0 ? placeOf(learned) : decided)
  const level = heightOf(placed.level) > heightOf(decided.level) || learned === VILLAGE ? placed.level : decided.level
  if (checked) reasons.splice(reasons.indexOf(takenUpBy(decided.level)), 1, takenUpBy(level))
  const at = { level, department: placed.department }
  // One's own rule may send it higher still.
  const raised = above && heightOf(above.level) > heightOf(level)
  return {
    routing: {
      ...decided,
      ...at,
      reasons,
      ...(raised && { level: above.level }),
      mayNotSee: [...new Set([...decided.mayNotSee, ...(above?.mayNotSee ?? [])])],
    },
    unit: raised
      ? { id: above.unit, title: organisation.units.find(({ id }) => id === above.unit)?.name ?? above.unit }
      : unitFor(organisation, at, input.villageId),
    advice,
  }
}

/** Books and collective assets are kept in trust by the township's rural economy office; the rest goes by what it is about. */
const BOOKS = new Set(['finance', 'assets'])

/** Who checks what a village published: never the village. */
function checkerOf(
  { publications }: QuestionedAnswer,
  department: string | null,
): { level: CaseLevel; department: string | null } {
  const books = publications.some((one) => BOOKS.has(one.class))
  const by = books ? 'agriculture' : department
  return by ? placeOf(by) : { level: 'township-department', department: null }
}

/** Chosen when a matter is the village's own after all. */
export const VILLAGE = 'village'

/** Where a department's matters are handled; a village has no offices of its own. */
export function placeOf(department: string): { level: CaseLevel; department: string | null } {
  if (department === VILLAGE) return { level: 'village', department: null }
  const level = DEPARTMENTS[department]?.level ?? 'township-department'
  return { level: level === 'village' ? 'township-department' : level, department }
}
