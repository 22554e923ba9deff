/** Finds whom a text speaks of among the officials, and whether it complains of them. Pure; errs on the side of naming one too many. */
import { KINSHIP_WORDS, SURNAMES, TITLES, callsOf, holdsTitle, sameKinship, titleRow } from './call-names.ts'
import { isBystander } from './bystanders.ts'
import { heightOf } from './levels.ts'
import type { OrganisationView, RoutingOfficial } from './organisation-view.ts'

export interface Mention {
  /** Several when the way of calling does not settle it. */
  ids: string[]
  said: string
  by: 'name' | 'alias' | 'title' | 'given' | 'post' | 'kin' | 'unit'
  start: number
  end: number
  /** False: told to, witness, relative of somebody. */
  complained: boolean
}

type Scope = { unit?: string; height?: number } | null

const LOCAL = /(?:俺|我|咱|他)?们?(?:这|那)?(?:个)?(?:村|庄|大队|屯|寨)(?:里|上|子)?(?:头)?(?:的|那个|这个|现任|老)?$/
const TOWN = /(?:镇|乡|街道|公社|政府)(?:里|上)?(?:的|那个|这个)?$/
const COUNTY = /(?:县|区|市)(?:里|上)?(?:的|那个|这个)?$/
const TOLD = /(?:跟|找|问|向|给|和|同|求|告诉|汇报给|反映给|请|麻烦)(?:过|了)?(?:俺|我|咱)?们?(?:村|镇)?(?:里|上)?的?$/
const TOLD_AFTER = /^(?:也|都|又|那)?(?:说|反映|讲|提|问|汇报|打听|告诉|商量)(?:过|了|好|几|一|多)/
const KIN_IS = new RegExp(
  `(?:${KINSHIP_WORDS.join('|')})(?:是|当|在当|当着)(?:俺|我|咱)?(?:们)?(?:村|镇|县)?(?:里|上)?的?$`,
)
/** 戚芳干事: the title belongs to the name. */
const SPOKEN_TITLE = /^(?:副)?(?:同志|书记|镇长|县长|主任|所长|站长|局长|科长|干事|会计|支书|委员)/u
const HERE = /(?:村|庄|大队|屯)(?:里|上|子里)?[^,。;!?]{0,8}$/u
/** 邻村书记: nobody of ours. */
const ELSEWHERE = /(?:邻村|隔壁村|别的村|外村|外庄|人家村|旁边村|他们村|别处)的?$/u
const WITNESS = /^(?:也|都|就|可以|能|当时)*(?:作证|证明|看见|在场|亲眼)/
const AT_FAULT =
  /不管|不理|不问|推三|推来|压着|不办|不批|卡(?:着|住|我|俺|人|脖)|拖(?!拉机|车|欠|把|鞋)|包庇|护着|偏(?:心|向|袒)|也有份|也拿|也分|装不知道|睁一只眼|心里清楚|撑腰/

const SURNAMED = new RegExp(
  `姓([\\u4e00-\\u9fa5])的(?:那个)?(${TITLES.flatMap((row) => row.said)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})?`,
  'gu',
)

/** 老贺, 佟家那个当官的. */
const FAMILIAR = /(?:老|小)([\u4e00-\u9fa5])|([\u4e00-\u9fa5])家(?:的|那个|这个)*(?:当官|当干部|管事)的/gu

/** @param options.familiar 老贺 may be an official too: only where the text is known to be about officials */
export function findMentions(
  text: string,
  villageUnitId: string | null,
  view: OrganisationView,
  options: { familiar?: boolean } = {},
): Mention[] {
  const found: Mention[] = []
  const free = (start: number, end: number): boolean => found.every((one) => end <= one.start || start >= one.end)

  // Names and titles with a surname, the longest first: 张守业书记 before 守业.
  const calls = new Map<string, { by: Mention['by']; officials: RoutingOfficial[] }>()
  for (const official of view.officials) {
    for (const { call, by } of callsOf(official)) {
      const entry = calls.get(call) ?? { by, officials: [] }
      if (!entry.officials.includes(official)) entry.officials.push(official)
      calls.set(call, entry)
    }
  }
  for (const [call, entry] of [...calls].toSorted((a, b) => b[0].length - a[0].length)) {
    for (let at = text.indexOf(call); at >= 0; at = text.indexOf(call, at + call.length)) {
      if (!free(at, at + call.length)) continue
      const scope = scopeBefore(text, at, villageUnitId, view)
      const settled = settle(entry.officials, scope, villageUnitId, view, entry.by)
      if (settled.length > 0) push(settled, call, entry.by, at)
    }
  }
  addSurnames()
  // Posts alone: 书记, 村主任, 镇长.
  for (const said of TITLES.flatMap((row) => row.said).toSorted((a, b) => b.length - a.length)) {
    const row = titleRow(said)!
    for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + said.length)) {
      if (!free(at, at + said.length)) continue
      const before = text[at - 1] ?? ' '
      if (SURNAMES.includes(before) && !/[村镇县庄]/.test(before)) continue
      // 纪委书记罗正: the name says who it is.
      if (found.some(({ start, by }) => by === 'name' && start === at + said.length)) continue
      if (before === '副' || before === '原' || before === '前') continue
      if (ELSEWHERE.test(text.slice(Math.max(0, at - 6), said.startsWith('村') ? at + 1 : at))) continue
      const scope = scopeBefore(text, at, villageUnitId, view) ?? scopeOfTitle(said, villageUnitId)
      const holders = view.officials.filter(
        (one) => holdsTitle(one.post, row) || (one.supervises ?? []).some((duty) => holdsTitle(duty, row)),
      )
      const settled = inScope(holders, scope, view)
      if (settled.length > 0) push(settled, said, 'post', at)
    }
  }
  if (options.familiar) addFamiliar()
  addKin(text, found, view)
  return clearBystanders(found, text).toSorted((a, b) => a.start - b.start)

  /** 姓叶的, 姓赵的委员: everybody of that name, and post, when the place does not say which. */
  function addSurnames(): void {
    for (const match of text.matchAll(SURNAMED)) {
      const [said, surname, title] = match
      const row = title ? titleRow(title) : undefined
      const named = view.officials.filter(({ name }) => name.startsWith(surname!))
      const posted = row ? named.filter(({ post }) => holdsTitle(post, row)) : []
      const bearers = posted.length > 0 ? posted : named
      const scope =
        scopeBefore(text, match.index, villageUnitId, view) ??
        (villageUnitId && HERE.test(text.slice(Math.max(0, match.index - 10), match.index))
          ? { unit: villageUnitId }
          : null)
      const there = scope ? inScope(bearers, scope, view) : bearers
      const settled = there.length > 0 ? there : bearers
      if (settled.length > 0 && free(match.index, match.index + said.length)) push(settled, said, 'alias', match.index)
    }
  }

  /** Of the own village only: every place has its 老张. */
  function addFamiliar(): void {
    if (!villageUnitId) return
    const home = view.ofUnit(villageUnitId)
    for (const match of text.matchAll(FAMILIAR)) {
      const [said, first, second] = match
      const bearers = home.filter(({ name }) => name.startsWith(first ?? second ?? ''))
      if (bearers.length > 0 && free(match.index, match.index + said.length)) push(bearers, said, 'alias', match.index)
    }
  }

  function push(officials: RoutingOfficial[], said: string, by: Mention['by'], start: number): void {
    const end = start + said.length
    const before = text.slice(Math.max(0, start - 12), start)
    const after = text.slice(end, end + 24).replace(SPOKEN_TITLE, '')
    const told = TOLD.test(before) && TOLD_AFTER.test(after) && !AT_FAULT.test(after)
    // 他堂姐是副镇长: says who stands behind somebody, complains of nobody.
    const described = KIN_IS.test(before)
    const complained = !told && !described && !WITNESS.test(after)
    found.push({ ids: officials.map(({ id }) => id), said, by, start, end, complained })
  }
}

/** Whoever is only told, called or boasted of is not complained of, as long as somebody else is. */
function clearBystanders(found: Mention[], text: string): Mention[] {
  const cleared = found.map((one) =>
    one.complained &&
    one.by !== 'kin' &&
    isBystander(text.slice(0, one.start), text.slice(one.end).replace(SPOKEN_TITLE, ''))
      ? { ...one, complained: false }
      : one,
  )
  const left = new Set(cleared.filter(({ complained }) => complained).flatMap(({ ids }) => ids))
  if (left.size === 0) return found
  // Named twice, once for what they did: complained of.
  return cleared.map((one, index) =>
    found[index]!.complained && one.ids.some((id) => left.has(id)) ? found[index]! : one,
  )
}

function scopeBefore(text: string, at: number, villageUnitId: string | null, view: OrganisationView): Scope {
  const before = text.slice(Math.max(0, at - 10), at)
  for (const official of view.officials) {
    const unit = view.unit(official.unit)
    if (!unit) continue
    const short = unit.name.replace(/村$/, '')
    if (new RegExp(`${escape(short)}村?(?:的|那个|这个|里的?)?$`).test(before)) return { unit: unit.id }
  }
  if (LOCAL.test(before)) return villageUnitId ? { unit: villageUnitId } : { height: 0 }
  if (TOWN.test(before)) return { height: 1 }
  if (COUNTY.test(before)) return { height: 2 }
  return null
}

/** A post said by itself is the village's own, unless its name says where it is. */
function scopeOfTitle(said: string, villageUnitId: string | null): Scope {
  if (/县|局长|科长/.test(said)) return { height: 2 }
  if (/镇|党委|纪委|纪检书记|所长|站长|包村/.test(said)) return { height: 1 }
  return villageUnitId ? { unit: villageUnitId } : { height: 0 }
}

function inScope(officials: RoutingOfficial[], scope: Scope, view: OrganisationView): RoutingOfficial[] {
  if (!scope) return officials
  return officials.filter((one) =>
    scope.unit ? one.unit === scope.unit : heightOf(view.levelOf(one)) === scope.height,
  )
}

/** Whom a call means: the place that was said, else the own village and whoever is above it; else everybody so called. */
function settle(
  officials: RoutingOfficial[],
  scope: Scope,
  villageUnitId: string | null,
  view: OrganisationView,
  by: Mention['by'],
): RoutingOfficial[] {
  if (officials.length === 1 && by !== 'given') return officials
  if (scope) {
    const there = inScope(officials, scope, view)
    if (there.length > 0) return there
  }
  const home = officials.filter(({ unit }) => unit === villageUnitId)
  if (by === 'given') return home
  // A full name said in the village is the village's own bearer of it.
  if (by === 'name' && home.length > 0) return home
  const above = officials.filter((one) => heightOf(view.levelOf(one)) > 0)
  return home.length > 0 ? [...home, ...above] : officials
}

/** 高镇长他表弟: a declared relative is meant as well. */
function addKin(text: string, found: Mention[], view: OrganisationView): void {
  const words = KINSHIP_WORDS.join('|')
  const kin = new RegExp(`^(?:他|她)?(?:家|们家)?(?:的|那个|这个)?(?:亲)?(${words})`)
  const kinOf = found.flatMap((mention): Mention[] => {
    const match = kin.exec(text.slice(mention.end, mention.end + 8))
    if (!match?.[1]) return []
    const said = match[1]
    const ids = mention.ids.flatMap((id) =>
      (view.official(id)?.declaredRelatives ?? [])
        .filter(({ relation }) => sameKinship(relation, said))
        .map((relative) => relative.id),
    )
    const end = mention.end + match[0].length
    return ids.length > 0
      ? [{ ids, said, by: 'kin', start: end - said.length, end, complained: mention.complained }]
      : []
  })
  found.push(...kinOf)
}

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
