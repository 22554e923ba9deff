/** Shapes over many cases: counts, the same step on several, kept filters, figures. */
import { z } from 'zod'
import { CaseKind, CasePath, CaseQuery, CaseState, oneLine } from '../schema.ts'

/** How many wait, counted up to 1,000 each. */
export const CaseCounts = z.object({
  overdue: z.number(),
  states: z.array(z.object({ state: CaseState, count: z.number() })),
})
export type CaseCounts = z.infer<typeof CaseCounts>
export const CountsQuery = CaseQuery.pick({ scope: true })

const CaseId = CasePath.shape.id
const MANY = 50

/** The same step on several; each as it was read. */
export const BulkStep = z.object({
  action: z.enum(['accept', 'assign']),
  cases: z
    .array(z.object({ id: CaseId, version: z.number().int() }))
    .min(1)
    .max(MANY),
  accountId: z.string().trim().max(64).optional(),
})
export type BulkStep = z.infer<typeof BulkStep>
/** `problem`: why that one could not be done, to be shown. */
export const BulkDone = z.object({
  items: z.array(z.object({ id: z.string(), done: z.boolean(), problem: z.string().optional() })),
})
export type BulkDone = z.infer<typeof BulkDone>
export const AssigneesQuery = z.object({
  /** Ids with commas between. */
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(CaseId).min(1).max(MANY)),
})

/** A filter with its name, as an account keeps it. */
export const SavedFilters = z.object({
  items: z
    .array(
      z.object({
        name: oneLine(20),
        state: CaseQuery.shape.state,
        kind: z.union([CaseKind, z.literal('')]).default(''),
        villageId: z.string().max(64).default(''),
        overdue: z.boolean().default(false),
        q: z.string().trim().max(60).default(''),
      }),
    )
    .max(20),
})
export type SavedFilters = z.infer<typeof SavedFilters>

/** A line of the statistics; null: hidden, or nothing to measure. */
export const FigureRow = z.object({
  title: z.string(),
  /** Small, or hidden along with small ones. */
  hidden: z.boolean(),
  total: z.number().nullable(),
  /** Mean days from filing to the outcome. */
  days: z.number().nullable(),
  /** Share of those rated that were rated 解决了, 0 to 1. */
  content: z.number().nullable(),
  /** Share that kept all limits that have ended or passed, 0 to 1. */
  onTime: z.number().nullable(),
})
export type FigureRow = z.infer<typeof FigureRow>
export const Statistics = z.object({
  year: z.number(),
  /** Small cells are hidden. */
  guarded: z.boolean(),
  all: FigureRow,
  byKind: z.array(FigureRow),
  byPlace: z.array(FigureRow),
  byMonth: z.array(FigureRow),
})
export type Statistics = z.infer<typeof Statistics>
export const StatisticsQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() })
