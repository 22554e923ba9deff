/** Shapes of alarms that cross HTTP. */
import { z } from 'zod'

export const Alarm = z.object({
  id: z.string(),
  villageName: z.string(),
  /** What kind of danger, in a word. */
  title: z.string(),
  /** The person's own words, oldest first. */
  said: z.array(z.object({ text: z.string(), at: z.string() })),
  state: z.enum(['open', 'taken']),
  /** How many on duty have been told on their own telephone. */
  told: z.number(),
  takenBy: z.string().nullable(),
  takenAt: z.string().nullable(),
  at: z.string(),
  mayContact: z.boolean(),
})
export type Alarm = z.infer<typeof Alarm>
export const AlarmList = z.object({ items: z.array(Alarm) })
export type AlarmList = z.infer<typeof AlarmList>

export const AlarmPath = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) })
export const AlarmReply = z.object({ text: z.string().trim().min(1).max(500) })
export const AlarmContact = z.object({ reach: z.string().nullable() })
export type AlarmContact = z.infer<typeof AlarmContact>
