/** Shapes of the open questions: what could not be answered, until somebody answers it. */
import { z } from 'zod'

export const OpenQuestionState = z.enum(['open', 'conference', 'answered', 'dismissed'])
export type OpenQuestionState = z.infer<typeof OpenQuestionState>

export const OpenQuestion = z.object({
  id: z.string(),
  villageId: z.string().nullable(),
  villageName: z.string(),
  /** As it was first asked, numbers of people masked. */
  question: z.string(),
  intent: z.string(),
  /** What it was taken for, as people call it. */
  intentTitle: z.string(),
  /** How else it was asked. */
  wordings: z.array(z.string()),
  reason: z.enum(['not-published', 'not-found', 'not-understood', 'for-conference', 'badly-rated']),
  /** 没有公布 / 没有查到 / 没有听懂 / 提给发布会. */
  reasonTitle: z.string(),
  /** How often it was asked. */
  count: z.number(),
  state: OpenQuestionState,
  /** YYYY-MM-DD, Asia/Shanghai; null when the calendar is not known. */
  due: z.string().nullable(),
  overdue: z.boolean(),
  firstAt: z.string(),
  lastAt: z.string(),
  answer: z.object({ text: z.string(), byName: z.string(), at: z.string() }).nullable(),
  dismissal: z.object({ text: z.string(), byName: z.string(), at: z.string() }).nullable(),
})
export type OpenQuestion = z.infer<typeof OpenQuestion>

export const OpenQuestionList = z.object({
  items: z.array(OpenQuestion),
  next: z.string().optional(),
  counts: z.object({ open: z.number(), conference: z.number(), answered: z.number(), dismissed: z.number() }),
})
export type OpenQuestionList = z.infer<typeof OpenQuestionList>

export const OpenQuestionQuery = z.object({
  state: OpenQuestionState.default('open'),
  villageId: z.string().max(64).optional(),
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type OpenQuestionQuery = z.infer<typeof OpenQuestionQuery>

export const OpenQuestionPath = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) })
export type OpenQuestionPath = z.infer<typeof OpenQuestionPath>
export const AnswerQuestion = z.object({ text: z.string().trim().min(1).max(4000) })
export type AnswerQuestion = z.infer<typeof AnswerQuestion>
export const DismissQuestion = z.object({ reason: z.string().trim().min(1).max(500) })
export type DismissQuestion = z.infer<typeof DismissQuestion>
export const MergeQuestion = z.object({ into: z.string().regex(/^[0-9a-f]{24}$/) })
export type MergeQuestion = z.infer<typeof MergeQuestion>
export const CorrectIntent = z.object({ intent: z.string().max(60) })
export type CorrectIntent = z.infer<typeof CorrectIntent>
export const IntentChoices = z.object({ items: z.array(z.object({ code: z.string(), title: z.string() })) })
export type IntentChoices = z.infer<typeof IntentChoices>
