/** Finds bodies that are complained of as a whole: 村里有人, 两委, 镇上. */
import { heightOf } from './levels.ts'
import type { OrganisationView, RoutingOfficial } from './organisation-view.ts'

export interface Collective {
  ids: string[]
  said: string
  /** Counts although persons of it are named as well. */
  always: boolean
  /** Only a place was said: 村里. */
  bare?: true
}

const VILLAGE_ALL =
  /(?:村|大队)?(?:两委|班子)(?:成员|的人|干部|班子)?|村干部们?|(?:村里|大队)的?(?:干部|领导)们?|当干部的(?:都|一伙)|那(?:帮|伙|几个)干部/
const VILLAGE_SOME =
  /(?:村里|村上|大队里?|庄里)(?:头)?(?:有人|有的人|某些人|个别人|那帮人|那伙人|管事的|当官的|的人)|村委会?|村集体|有的干部|个别干部|干部/
const VILLAGE_BARE = /村里|村上|大队/
const TOWN_SOME =
  /(?:镇|乡)(?:上|里)?(?:有人|有的人|某些人|个别人|那帮人|管事的|当官的|的人|干部|的干部|领导|的领导|政府|党委)/
const TOWN_BARE = /镇上|镇里|乡里|乡上/
const TOWN_DISCIPLINE = /(?<![向找到给报去]|举报给|反映到)镇?纪委(?:的人|有人|那帮人|干部|的干部|也|都|不|包庇|护着)/
const COUNTY_DISCIPLINE =
  /(?<![向找到给报去])县?(?:纪委监委|监委)(?:的人|有人|那帮人|干部|的干部|也|都|包庇|护着)|县纪委(?:的人|有人|那帮人|干部|的干部|包庇|护着)/
const COUNTY_SOME = /县(?:里|上)?(?:有人|某些人|个别人|的人|干部|领导|的干部|的领导)/
/** A body decided or refused something: for grievances. */
const DECIDED =
  /(?:村里|村上|大队里?|村委会?|两委|村集体|镇上|镇里|镇政府)(?:的人|干部)?.{0,6}(?:取消|不给|扣|卡着|不让|拖着|不管|不批|没给|非要|收了|把(?:我|俺|咱)|给(?:我|俺|咱)(?:家)?(?:停|取|扣|少)|定的|评|没评|说(?:我|俺)|不同意|推)/

export interface CollectiveRules {
  /** tip: any body that is accused; grievance: only one that decided or refused. */
  mode: 'conduct' | 'grievance'
}

export function findCollectives(
  text: string,
  villageUnitId: string | null,
  view: OrganisationView,
  { mode }: CollectiveRules,
): Collective[] {
  const village = villageUnitId ? view.ofUnit(villageUnitId) : []
  const townGovernment = view.officials.filter((one) => isTown(one) && !view.levelOf(one).endsWith('discipline'))
  const found: Collective[] = []
  const add = (pattern: RegExp, officials: RoutingOfficial[], always: boolean, bare?: true): void => {
    const match = pattern.exec(text)
    if (match && officials.length > 0)
      found.push({ ids: officials.map(({ id }) => id), said: match[0], always, ...(bare && { bare }) })
  }
  if (mode === 'grievance') {
    const match = DECIDED.exec(text)
    if (match) {
      const officials = /^[镇乡]/.test(match[0]) ? townGovernment : village
      if (officials.length > 0) found.push({ ids: officials.map(({ id }) => id), said: match[0], always: false })
    }
    return found
  }
  add(VILLAGE_ALL, village, true)
  add(VILLAGE_SOME, village, false)
  add(TOWN_SOME, townGovernment, false)
  add(
    TOWN_DISCIPLINE,
    view.officials.filter((one) => view.levelOf(one) === 'township-discipline'),
    false,
  )
  add(
    COUNTY_DISCIPLINE,
    view.officials.filter((one) => view.levelOf(one) === 'county-discipline'),
    false,
  )
  add(
    COUNTY_SOME,
    view.officials.filter((one) => heightOf(view.levelOf(one)) === 2 && !view.levelOf(one).endsWith('discipline')),
    false,
  )
  if (found.length === 0) {
    add(TOWN_BARE, townGovernment, false, true)
    if (found.length === 0) add(VILLAGE_BARE, village, false, true)
  }
  return found

  function isTown(one: RoutingOfficial): boolean {
    return heightOf(view.levelOf(one)) === 1
  }
}
