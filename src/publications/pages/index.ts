import type { Clock } from '../../infrastructure/clock.ts'
import type { VillageName } from '../answers/answer.ts'
import type { Catalogues } from '../catalogue.ts'
import type { PageData, PageQuery } from '../schema.ts'
import type { Store } from '../store.ts'

export interface PageDeps {
  store: Store
  catalogues: Catalogues
  villages(): Promise<(VillageName & { households?: number; population?: number })[]>
  township(): Promise<VillageName>
  clock: Clock
}

export function createPages(_deps: PageDeps): (path: string, query?: Partial<Omit<PageQuery, 'path'>>) => Promise<PageData | null> {
  return async () => null
}
