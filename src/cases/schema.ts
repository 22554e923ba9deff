/** Shapes of cases that cross HTTP. Dates are ISO 8601; due dates are YYYY-MM-DD in Asia/Shanghai, on time until 24:00 of that day. */
import { z } from 'zod'

export const CASE_KINDS = ['tip', 'petition', 'suggestion', 'dispute', 'help', 'disclosure'] as const
export const CaseKind = z.enum(CASE_KINDS)
export type CaseKind = z.infer<typeof CaseKind>

export const CASE_STATES = ['filed', 'accepted', 'reviewing', 'closed', 'refused', 'withdrawn'] as const
export const CaseState = z.enum(CASE_STATES)
export type CaseState = z.infer<typeof CaseState>

/** What somebody may do next with a case, and how the button is called. */
export const CaseAbility = z.object({
  action: z.enum(['assign', 'accept', 'refuse', 'reply', 'note', 'transfer', 'extend', 'close', 'review', 'reopen']),
  label: z.string(),
})
export type CaseAbility = z.infer<typeof CaseAbility>

export const CaseDeadline = z.object({
  id: z.string(),
  title: z.string(),
  /** Null while it is paused. */
  due: z.string().nullable(),
  /** True while that year's holidays are not published: the day may still move. */
  provisional: z.boolean().optional(),
  doneAt: z.string().optional(),
  state: z.enum(['open', 'soon', 'overdue', 'done', 'late', 'unknown']),
  basis: z.string(),
})
export type CaseDeadline = z.infer<typeof CaseDeadline>

export const CaseRating = z.object({
  score: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  label: z.string(),
  at: z.string().optional(),
})
export type CaseRating = z.infer<typeof CaseRating>

export const CaseListItem = z.object({
  id: z.string(),
  kind: CaseKind,
  kindTitle: z.string(),
  villageId: z.string(),
  villageName: z.string(),
  state: CaseState,
  stateTitle: z.string(),
  /** First words of what was written; null for those who see figures only. */
  subject: z.string().nullable(),
  /** 匿名群众 / 实名群众(身份已密封). */
  reporter: z.string(),
  urgent: z.boolean(),
  unit: z.string(),
  unitName: z.string(),
  assignee: z.object({ accountId: z.string(), displayName: z.string() }).nullable(),
  /** True when it is assigned to who asks. */
  mine: z.boolean(),
  /** The next deadline that stands open. */
  next: CaseDeadline.nullable(),
  rating: CaseRating.nullable(),
  filedAt: z.string(),
  updatedAt: z.string(),
  version: z.number(),
})
export type CaseListItem = z.infer<typeof CaseListItem>

export const CaseList = z.object({
  items: z.array(CaseListItem),
  next: z.string().optional(),
  /** How many the filter matches, counted up to 1,000. */
  total: z.number(),
})
export type CaseList = z.infer<typeof CaseList>

export const CaseFile = z.object({ id: z.string(), mediaType: z.string().nullable(), url: z.string() })
export type CaseFile = z.infer<typeof CaseFile>

/** One line of the timeline, oldest first. */
export const CaseEntry = z.object({
  id: z.string(),
  event: z.string(),
  /** What happened, in words: 已受理. */
  title: z.string(),
  /** reporter: the villager; account: a handler; system: by rule. */
  by: z.enum(['reporter', 'account', 'system']),
  byName: z.string(),
  at: z.string(),
  text: z.string().optional(),
  files: z.array(CaseFile),
  /** Notes are for handlers only. */
  internal: z.boolean(),
})
export type CaseEntry = z.infer<typeof CaseEntry>

export const CaseDetail = CaseListItem.extend({
  /** The villager's own words; null for those who see figures only. */
  text: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  files: z.array(CaseFile),
  people: z.array(z.object({ id: z.string(), name: z.string(), post: z.string(), relation: z.string() })),
  routing: z.object({ levelTitle: z.string(), reasons: z.array(z.string()) }),
  deadlines: z.array(CaseDeadline),
  timeline: z.array(CaseEntry),
  outcome: z.object({ code: z.string(), title: z.string(), text: z.string() }).nullable(),
  abilities: z.array(CaseAbility),
  /** What can be chosen when closing. */
  outcomes: z.array(z.object({ code: z.string(), title: z.string() })),
  /** Where it can be passed on to. */
  units: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type CaseDetail = z.infer<typeof CaseDetail>

export const CaseAssignee = z.object({ accountId: z.string(), displayName: z.string(), open: z.number() })
export type CaseAssignee = z.infer<typeof CaseAssignee>

export const CaseAssignees = z.object({ items: z.array(CaseAssignee) })
export type CaseAssignees = z.infer<typeof CaseAssignees>

const oneLine = (max: number): z.ZodString => z.string().trim().min(1).max(max)

/** `scope`: mine = assigned to me; state `open` = filed, accepted or reviewing. */
export const CaseQuery = z.object({
  scope: z.enum(['mine', 'all']).default('all'),
  state: z.union([CaseState, z.enum(['open', 'all'])]).default('all'),
  kind: CaseKind.optional(),
  villageId: z.string().max(64).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  /** Receipt code, or words of the text. */
  q: z.string().trim().max(60).optional(),
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type CaseQuery = z.infer<typeof CaseQuery>

export const CasePath = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) })
export type CasePath = z.infer<typeof CasePath>
export const CaseFilePath = CasePath.extend({ fileId: z.string().regex(/^[0-9a-f]{24}$/) })
export type CaseFilePath = z.infer<typeof CaseFilePath>

/** Every change says which version it was made on; a newer one in between is told, not overwritten. */
const change = { version: z.number().int().optional() }

export const AssignCase = z.object({ ...change, accountId: oneLine(64) })
export type AssignCase = z.infer<typeof AssignCase>
export const AcceptCase = z.object({ ...change, note: z.string().trim().max(2000).optional() })
export type AcceptCase = z.infer<typeof AcceptCase>
export const TextOnCase = z.object({ ...change, text: oneLine(4000) })
export type TextOnCase = z.infer<typeof TextOnCase>
export const CloseCase = z.object({ ...change, outcome: oneLine(40), text: oneLine(4000) })
export type CloseCase = z.infer<typeof CloseCase>
export const TransferCase = z.object({ ...change, unit: oneLine(64), reason: oneLine(1000) })
export type TransferCase = z.infer<typeof TransferCase>
export const ReasonOnCase = z.object({ ...change, reason: oneLine(1000) })
export type ReasonOnCase = z.infer<typeof ReasonOnCase>
/** Live nudge on /api/console/stream, event `cases`. */
export const CaseNudge = z.object({ caseId: z.string(), change: z.string() })
export type CaseNudge = z.infer<typeof CaseNudge>
