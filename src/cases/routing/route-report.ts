/** Where a report goes and who must not see it. Pure: organisation and words in, decision with its reasons out. */
import type { CaseKind } from '../schema.ts'
import { DEPARTMENTS } from './departments.ts'
import { findCollectives } from './find-collectives.ts'
import { findMentions } from './find-mentions.ts'
import {
  ACCEPTS_COMPLAINT,
  ANSWERS_GRIEVANCE,
  BY_CONDUCT,
  LEVEL_TITLES,
  NEXT_DISCIPLINE,
  STARTS_AT,
  heightOf,
} from './levels.ts'
import type { CaseLevel } from './levels.ts'
import { viewOrganisation } from './organisation-view.ts'
import type { OrganisationView, RoutingOfficial, RoutingOrganisation } from './organisation-view.ts'

export interface RoutingInput {
  text: string
  /** Village id or id of its unit. */
  village: string | null
  kind: CaseKind
  /** Department by content, best first. */
  departments?: readonly { code: string; confidence: number }[]
}

export interface RoutingDecision {
  kind: CaseKind
  level: CaseLevel
  /** Code of INTENTS.md, for matters of a line department. */
  department: string | null
  /** Officials accused of misconduct: ids. */
  accused: string[]
  /** Officials whose act or decision a grievance is about. */
  concerned: string[]
  /** Named as well. */
  alsoNamed: string[]
  /** In direct conflict: officials and shared accounts. */
  core: string[]
  /** All who must not see it: officials and shared accounts. */
  mayNotSee: string[]
  /** Who at the level may handle it. */
  mayHandle: string[]
  /** In Chinese, for handlers. */
  reasons: string[]
}

const SURE_DEPARTMENT = 0.35
/** Roads and lines that a village does not keep. */
const ABOVE_VILLAGE: readonly { words: RegExp; level: CaseLevel }[] = [
  { words: /国道|省道|县道|公交|高速|大巴/, level: 'county-department' },
  { words: /乡道|镇道|拖欠工资|欠薪|河道|水库/, level: 'township-department' },
  {
    words: /低保|五保|特困|救助|宅基地|确权|征地|补偿款|医保|合作医疗|残疾证|危房|退役|粮补|补贴/,
    level: 'township-department',
  },
]

/** What a village keeps up itself, whichever department has a say in it. */
const KEPT_BY_VILLAGE =
  /路灯|井盖|健身器材|健身|文化广场|小广场|垃圾|公厕|(?:村(?:里|口|头|边|中间|前|后)?|(?:村|庄)?[东西南北][头边]?)(?:的|那条|这条|那座|那口|上的)?(?:路|桥|水渠|井)|水渠|自来水|下水道|胡同|巷子/

/** The last of the reasons. */
export const takenUpBy = (level: CaseLevel): string => `由${LEVEL_TITLES[level]}受理。`

export function routeReport(organisation: RoutingOrganisation, asWritten: RoutingInput): RoutingDecision {
  // Telephones write full-width signs; the patterns know the plain ones.
  const input = { ...asWritten, text: asWritten.text.normalize('NFKC') }
  const view = viewOrganisation(organisation)
  const villageUnit = view.villageUnit(input.village)
  const conduct = BY_CONDUCT.has(input.kind)
  const mentions = findMentions(input.text, villageUnit?.id ?? null, view, { familiar: conduct })
  const collectives = findCollectives(input.text, villageUnit?.id ?? null, view, {
    mode: conduct ? 'conduct' : 'grievance',
  })
  const accused = new Set(mentions.filter(({ complained }) => complained).flatMap(({ ids }) => ids))
  const named = new Set(mentions.flatMap(({ ids }) => ids))
  const persons = accused.size > 0
  for (const { ids, always, bare } of collectives) {
    // 让村里报销: only a place, when persons are complained of.
    const specific = (bare && persons) || ids.some((id) => accused.has(id))
    if (always || !specific) for (const id of ids) accused.add(id)
  }
  const complainedOf = [...accused].flatMap((id) => view.official(id) ?? [])
  const alsoNamed = [...named].filter((id) => !accused.has(id))
  const reasons: string[] = []
  if (mentions.length > 0)
    reasons.push(
      sayWho(
        mentions.filter(({ complained }) => complained),
        view,
      ),
    )
  for (const { said, bare } of collectives)
    if (!bare || mentions.length === 0) reasons.push(`原文说到“${said}”,没有说是谁的,按整个班子回避。`)

  const level = conduct ? conductLevel(complainedOf, view, reasons) : grievanceLevel(input, complainedOf, view, reasons)
  const core = conduct ? conductCore(accused, alsoNamed, view) : withKin(accused, view)
  const officials = new Set(core)
  if (conduct) for (const one of view.below(heightOf(level))) officials.add(one.id)
  const coreAll = withAccounts(core, view)
  const mayNotSee = withAccounts(officials, view)
  const blocked = new Set(mayNotSee)
  const eligible = view.officials
    .filter((one) => view.levelOf(one) === level && !blocked.has(one.id))
    .map(({ id }) => id)
  const accounts = organisation.accounts
    .filter(({ id, operators }) => !blocked.has(id) && operators.some((one) => eligible.includes(one)))
    .map(({ id }) => id)
  const best = input.departments?.[0]
  const department = !conduct && best && best.confidence >= SURE_DEPARTMENT ? best.code : null
  if (department && DEPARTMENTS[department]) reasons.push(`内容属于${DEPARTMENTS[department].title}方面。`)
  reasons.push(takenUpBy(level))
  return {
    kind: input.kind,
    level,
    department,
    accused: conduct ? [...accused] : [],
    concerned: conduct ? [] : [...accused],
    alsoNamed,
    core: coreAll,
    mayNotSee,
    mayHandle: [...eligible, ...accounts],
    reasons: reasons.filter(Boolean),
  }
}

function sayWho(mentions: { ids: string[]; said: string }[], view: OrganisationView): string {
  const parts = mentions.map(({ ids, said }) => {
    const people = ids.flatMap((id) => view.official(id) ?? []).map(({ name, post }) => `${name}(${post})`)
    return ids.length > 1 ? `“${said}”可能指${people.join('、')},都按被反映人处理` : `“${said}”是${people.join('')}`
  })
  return parts.length > 0 ? `${[...new Set(parts)].join(';')}。` : ''
}

/** Level of whoever stands highest among the accused; above the head of an office that is itself concerned. */
function conductLevel(accused: RoutingOfficial[], view: OrganisationView, reasons: string[]): CaseLevel {
  let level: CaseLevel = 'township-discipline'
  for (const one of accused) {
    const accepts = view.isFirstSecretary(one) ? 'county-discipline' : ACCEPTS_COMPLAINT[view.levelOf(one)]
    if (accepts && heightOf(accepts) > heightOf(level)) level = accepts
  }
  if (accused.length > 0) reasons.push(`按被反映人中最高的一级定受理机关。`)
  const concerned = new Set(
    accused.flatMap((one) => [one.id, ...view.relativesOf(one.id).map(({ official }) => official.id)]),
  )
  for (let next = NEXT_DISCIPLINE[level]; next; next = NEXT_DISCIPLINE[level]) {
    const office = view.officials.filter((one) => view.levelOf(one) === level)
    const head = office.find(({ post }) => /纪委书记|监委主任/.test(post) && !/副书记|副主任/.test(post))
    const headConcerned = head !== undefined && concerned.has(head.id)
    const nobodyLeft = office.length > 0 && office.every(({ id }) => concerned.has(id))
    if (!headConcerned && !nobodyLeft) break
    reasons.push(`${LEVEL_TITLES[level]}主要负责人涉及其中,提到上一级。`)
    level = next
  }
  return level
}

function grievanceLevel(
  input: RoutingInput,
  complainedOf: RoutingOfficial[],
  view: OrganisationView,
  reasons: string[],
): CaseLevel {
  let level = STARTS_AT[input.kind]
  const raise = (to: CaseLevel | undefined, why: string): void => {
    if (!to || heightOf(to) <= heightOf(level)) return
    level = to
    reasons.push(why)
  }
  if (input.kind !== 'suggestion') {
    for (const { words, level: at } of ABOVE_VILLAGE) {
      const match = words.exec(input.text)
      if (match) raise(at, `“${match[0]}”不是村里能定的事。`)
    }
    const best = input.departments?.[0]
    if (best && best.confidence >= SURE_DEPARTMENT && input.kind !== 'dispute' && !KEPT_BY_VILLAGE.test(input.text)) {
      raise(DEPARTMENTS[best.code]?.level, `${DEPARTMENTS[best.code]?.title ?? ''}的事由上级部门办理。`)
    }
  }
  for (const one of complainedOf) {
    raise(ANSWERS_GRIEVANCE[view.levelOf(one)], '诉求对象自己不办自己的事,由上一级办理。')
  }
  return level
}

/** Accused, their declared kin, those who lead with them, and the others named. */
function conductCore(accused: ReadonlySet<string>, alsoNamed: string[], view: OrganisationView): Set<string> {
  const core = withKin(accused, view)
  for (const id of accused) {
    const official = view.official(id)
    if (official) for (const one of view.teamOf(official)) core.add(one.id)
  }
  for (const id of alsoNamed) core.add(id)
  return core
}

function withKin(ids: ReadonlySet<string>, view: OrganisationView): Set<string> {
  const all = new Set(ids)
  for (const id of ids) for (const { official } of view.relativesOf(id)) all.add(official.id)
  return all
}

function withAccounts(officials: ReadonlySet<string>, view: OrganisationView): string[] {
  return [...officials, ...view.accountsOf(officials)]
}
