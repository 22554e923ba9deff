/** Address → what its page shows. One line a page. */
import type { VillageName } from '../answers/answer.ts'
import type { PageData, PageQuery } from '../schema.ts'
import { ledgerPage } from './ledger-page.ts'
import type { PageDeps, Query } from './page-parts.ts'
import { batchPage, conferencePage, partyPage, peoplePage, subsidiesPage } from './people-pages.ts'
import { assetsPage, contractPage, contractsPage } from './asset-pages.ts'
import { projectPage, projectsPage, resolutionPage, resolutionsPage } from './record-pages.ts'
import {
  helpPage,
  officesPage,
  negativePage,
  policiesPage,
  policyPage,
  powerPage,
  powersPage,
  responsibilitiesPage,
} from './township-pages.ts'
import { calendarPage } from './calendar-page.ts'
import { versionPage } from './version-page.ts'
import { homePage, villagesPage } from './village-pages.ts'

type Build = (deps: PageDeps, id: string, query: Query) => PageData | null | Promise<PageData | null>
type BuildVillage = (deps: PageDeps, village: VillageName, id: string, query: Query) => Promise<PageData | null>

const TOWNSHIP: Record<string, { list?: Build; one?: Build }> = {
  powers: { list: powersPage, one: powerPage },
  'negative-list': { list: negativePage },
  responsibilities: { list: responsibilitiesPage },
  policies: { list: policiesPage, one: policyPage },
  offices: { list: officesPage },
  help: { list: helpPage },
  published: { one: versionPage },
}

const VILLAGE: Record<string, { list?: BuildVillage; one?: BuildVillage }> = {
  ledger: { list: async (deps, village, _id, query) => ledgerPage(deps, village, query) },
  projects: { list: projectsPage, one: projectPage },
  contracts: { list: contractsPage, one: contractPage },
  assets: { list: assetsPage },
  subsidies: { list: subsidiesPage, one: batchPage },
  resolutions: { list: resolutionsPage, one: resolutionPage },
  people: { list: peoplePage },
  party: { list: partyPage },
  conference: { list: conferencePage },
  calendar: { list: calendarPage },
}

export type FindPage = (path: string, query?: Partial<Omit<PageQuery, 'path'>>) => Promise<PageData | null>

/** A path may carry its query and an anchor; both spellings are understood. */
export function createPages(deps: PageDeps): FindPage {
  return async (address, given = {}) => {
    const url = new URL(address, 'http://pages.invalid')
    const parts = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decode)
    if (parts.includes(null)) return null
    const [first, second, third, fourth] = parts as string[]
    const page = given.page ?? (Number(url.searchParams.get('page')) || undefined)
    const query: Query = {
      period: given.period ?? url.searchParams.get('period') ?? undefined,
      item: given.item ?? url.searchParams.get('item') ?? undefined,
      page,
    }
    if (first === 'v') {
      if (second === undefined) return villagesPage(deps)
      const village = (await deps.villages()).find(({ id }) => id === second)
      if (!village || parts.length > 4) return null
      if (third === undefined) return homePage(deps, village)
      const pages = Object.hasOwn(VILLAGE, third) ? VILLAGE[third] : undefined
      const build = fourth === undefined ? pages?.list : pages?.one
      return build ? build(deps, village, fourth ?? '', query) : null
    }
    if (first === undefined || parts.length > 2 || !Object.hasOwn(TOWNSHIP, first)) return null
    const build = second === undefined ? TOWNSHIP[first]?.list : TOWNSHIP[first]?.one
    return build ? build(deps, second ?? '', query) : null
  }
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
