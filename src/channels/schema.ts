/** Shapes of the chat page's API. */
import { z } from 'zod'

/** A browser's own id for a message: the same when it is sent again. */
export const ChatMessageFields = z.object({
  messageId: z.string().regex(/^[\w-]{8,64}$/),
  villageId: z.string().max(64).optional(),
  text: z.string().max(200_000).default(''),
})
export type ChatMessageFields = z.infer<typeof ChatMessageFields>

export const SourceShape = z.object({
  title: z.string(),
  period: z.string().optional(),
  publishedAt: z.string().optional(),
  url: z.string(),
  recordIds: z.array(z.string()),
  version: z.number().optional(),
  hash: z.string().optional(),
})

export const CardShape = z.object({
  title: z.string(),
  figure: z.string().optional(),
  rows: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  series: z.array(z.object({ label: z.string(), value: z.number() })).optional(),
  unit: z.string().optional(),
  sources: z.array(SourceShape).optional(),
})

export const ReplyShape = z.object({
  text: z.string(),
  short: z.string().optional(),
  card: CardShape.optional(),
  choices: z.array(z.string()).optional(),
})
export type ReplyShape = z.infer<typeof ReplyShape>

/** One line of the conversation on the page. `at` is ISO 8601; `seq` orders and resumes. */
export const ChatLine = z.object({
  id: z.string(),
  seq: z.number(),
  from: z.enum(['me', 'bot']),
  text: z.string().optional(),
  /** Number of photos sent with the message. */
  photos: z.number().optional(),
  reply: ReplyShape.optional(),
  at: z.string(),
})
export type ChatLine = z.infer<typeof ChatLine>

export const ChatHistory = z.object({ messages: z.array(ChatLine) })
export type ChatHistory = z.infer<typeof ChatHistory>
