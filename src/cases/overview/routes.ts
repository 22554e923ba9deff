/** The console's addresses over many cases: counts, the same step on several, kept filters, statistics. */
import { RAW, defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { exportStatistics } from './export-statistics.ts'
import { readFilters, saveFilters } from './saved-filters.ts'
import { AssigneesQuery, BulkStep, CountsQuery, SavedFilters, StatisticsQuery } from './schema.ts'
import { countStatistics } from './statistics.ts'
import { countByState, listAssignees, stepOnMany } from './triage.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const staff = (actor: Actor): boolean => actor.kind === 'account'

function account(actor: Actor): AccountActor {
  if (actor.kind !== 'account') throw new DomainError('sign_in_needed', 401, '请先登录。')
  return actor
}

export function overviewRoutes(context: CaseContext): Route[] {
  const yearOf = (year: number | undefined, now: Date): number =>
    year ?? new Date(now.getTime() + 8 * 3_600_000).getUTCFullYear()
  return [
    defineRoute({
      method: 'get',
      path: '/api/console/case-counts',
      summary: 'How many cases that I may see wait in which state',
      query: CountsQuery,
      policy: staff,
      handler: async ({ actor, query }) => countByState(context, actor, query),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/case-assignees',
      summary: 'Who may be given all of these cases',
      query: AssigneesQuery,
      policy: staff,
      handler: async ({ actor, query, now }) => listAssignees(context, actor, query.ids, now),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/case-steps',
      summary: 'Accept or assign several cases',
      body: BulkStep,
      policy: staff,
      handler: async ({ actor, body }) => stepOnMany(context, actor, body),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/case-filters',
      summary: 'Filters that I keep',
      policy: staff,
      handler: async ({ actor }) => readFilters(context, account(actor)),
    }),
    defineRoute({
      method: 'put',
      path: '/api/console/case-filters',
      summary: 'Keep these filters',
      body: SavedFilters,
      policy: staff,
      handler: async ({ actor, body }) => saveFilters(context, account(actor), body),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/statistics',
      summary: 'Figures of a year over the cases that I may see',
      query: StatisticsQuery,
      policy: staff,
      handler: async ({ actor, query, now }) =>
        countStatistics(context, actor, { year: yearOf(query.year, now), outside: false }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/statistics.xlsx',
      summary: 'The same as a workbook, small cells hidden',
      query: StatisticsQuery,
      policy: staff,
      handler: async ({ actor, query, now, koa }) => {
        const year = yearOf(query.year, now)
        const figures = await countStatistics(context, actor, { year, outside: true })
        await context.audit({ event: 'statistics.exported', actor: account(actor).accountId, detail: { year } })
        koa.set({
          'Content-Type': XLSX,
          'Content-Disposition': `attachment; filename="statistics-${year}.xlsx"`,
          'Cache-Control': 'private, no-store',
        })
        koa.body = await exportStatistics(figures)
        return RAW
      },
    }),
  ]
}
