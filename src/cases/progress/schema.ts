/** Shapes of the page that a receipt opens. */
import { z } from 'zod'

/** What the holder of a receipt sees of the case on the web. */
export const ProgressRequest = z.object({ code: z.string().trim().min(1).max(40) })
export type ProgressRequest = z.infer<typeof ProgressRequest>
export const ProgressStep = ProgressRequest.extend({
  action: z.enum(['rate', 'contest', 'urge']),
  /** With `rate`: 1 solved, 2 so-so, 3 not solved. */
  score: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  /** With `contest`: why not content. */
  text: z.string().trim().max(2000).optional(),
})
export type ProgressStep = z.infer<typeof ProgressStep>
export const Progress = z.object({
  kindTitle: z.string(),
  filedOn: z.string(),
  stateTitle: z.string(),
  /** In order; `now` is where it stands. */
  steps: z.array(z.object({ title: z.string(), state: z.enum(['done', 'now', 'to-come']), on: z.string().optional() })),
  /** What comes next and until when; or that it is late. */
  next: z.string(),
  late: z.boolean(),
  outcome: z.string().nullable(),
  replies: z.array(z.object({ on: z.string(), text: z.string() })),
  score: z.number().nullable(),
  may: z.object({ rate: z.boolean(), contest: z.boolean(), urge: z.boolean() }),
  /** What came of the step, in a sentence. */
  said: z.string().optional(),
})
export type Progress = z.infer<typeof Progress>
