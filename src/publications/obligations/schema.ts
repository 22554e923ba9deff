/** The calendar of publication as the console shows it. */
import { z } from 'zod'

export const ObligationView = z.object({
  item: z.string(),
  periodLabel: z.string(),
  className: z.string(),
  dueAt: z.string(),
  state: z.enum(['in-time', 'late', 'overdue', 'soon', 'coming']),
  lateDays: z.number(),
  /** What it is imported as; empty where it does not come as a table. */
  kind: z.string(),
})
export type ObligationView = z.infer<typeof ObligationView>

export const VillageObligations = z.object({
  villageId: z.string(),
  villageName: z.string(),
  /** Of what fell due in the last twelve months. */
  percent: z.number().nullable(),
  due: z.number(),
  late: z.number(),
  overdue: z.number(),
  /** Overdue and due soon, the most urgent first. */
  open: z.array(ObligationView),
})
export type VillageObligations = z.infer<typeof VillageObligations>

export const ObligationList = z.object({ villages: z.array(VillageObligations) })
export type ObligationList = z.infer<typeof ObligationList>
