/** Shapes of cases that cross HTTP. Dates are ISO 8601; due dates are YYYY-MM-DD in Asia/Shanghai, on time until 24:00 of that day. */
import { z } from 'zod'

export const CASE_KINDS = ['tip', 'petition', 'suggestion', 'dispute', 'help', 'disclosure'] as const
export const CaseKind = z.enum(CASE_KINDS)
export type CaseKind = z.infer<typeof CaseKind>

export const CASE_STATES = ['filed', 'accepted', 'paused', 'reviewing', 'closed', 'refused', 'withdrawn'] as const
export const CaseState = z.enum(CASE_STATES)
export type CaseState = z.infer<typeof CaseState>
/** Somebody still has to do something about it. */
export const OPEN_STATES = ['filed', 'accepted', 'paused', 'reviewing'] as const satisfies readonly CaseState[]

/** What handlers do. */
export const STAFF_ACTIONS = [
  'assign',
  'accept',
  'refuse',
  'reply',
  'note',
  'transfer',
  'reroute',
  'dispose',
  'ask-extension',
  'extend',
  'decline-extension',
  'pause',
  'resume',
  'press',
  'recuse',
  'close',
  'reopen',
  'ask-help',
  'end-help',
] as const
export type StaffAction = (typeof STAFF_ACTIONS)[number]

/** 协助 sees and notes, 协办 takes steps too. */
export const HELP_MODES = ['assist', 'co-handle'] as const
export type HelpMode = (typeof HELP_MODES)[number]

/** What somebody may do next with a case, and how the button is called. */
export const CaseAbility = z.object({ action: z.enum(STAFF_ACTIONS), label: z.string() })
export type CaseAbility = z.infer<typeof CaseAbility>

export const CaseDeadline = z.object({
  id: z.string(),
  title: z.string(),
  /** Null while it is paused. */
  due: z.string().nullable(),
  /** The moment, ISO 8601, for limits in hours. */
  dueAt: z.string().optional(),
  /** True while that year's holidays are not published: the day may still move. */
  provisional: z.boolean().optional(),
  doneAt: z.string().optional(),
  state: z.enum(['open', 'soon', 'overdue', 'done', 'late', 'paused', 'unknown']),
  /** Law or rule with its article. */
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
  /** What the account that asks was asked to help with, and until when. */
  help: z.object({ mode: z.enum(HELP_MODES), title: z.string(), due: z.string(), late: z.boolean() }).nullable(),
  /** Cases that tell the same matter, this one included; 1 when it stands alone. */
  alike: z.number(),
  /** Somebody above watches it, since it is late. */
  escalated: z.boolean(),
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

/** Something that can be chosen: an outcome, a reason. */
export const CaseChoice = z.object({ code: z.string(), title: z.string() })
export type CaseChoice = z.infer<typeof CaseChoice>

export const QuestionedAnswer = z.object({
  question: z.string(),
  answer: z.string(),
  publications: z.array(
    z.object({
      id: z.string(),
      item: z.string(),
      period: z.string(),
      publishedAt: z.string(),
      version: z.number(),
      /** SHA-256 of what was published. */
      hash: z.string(),
    }),
  ),
  /** `url`: path of the public page that shows the line. */
  lines: z.array(
    z.object({
      recordId: z.string(),
      date: z.string(),
      title: z.string(),
      amount: z.string(),
      url: z.string(),
      publicationId: z.string(),
    }),
  ),
})
export type QuestionedAnswer = z.infer<typeof QuestionedAnswer>

export const CaseDetail = CaseListItem.extend({
  /** The villager's own words; null for those who see figures only. */
  text: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  files: z.array(CaseFile),
  /** A published figure that is doubted: the answer that was given, and the lines it rests on as they stood then. */
  questioned: QuestionedAnswer.nullable(),
  routing: z.object({ levelTitle: z.string(), reasons: z.array(z.string()) }),
  deadlines: z.array(CaseDeadline),
  timeline: z.array(CaseEntry),
  outcome: z.object({ code: z.string(), title: z.string(), text: z.string() }).nullable(),
  /** 复查 1, 复核 2; 0 while nobody asked for it. */
  reviewRound: z.number(),
  abilities: z.array(CaseAbility),
  /** What can be chosen when closing; `agreement`: the terms of an agreement belong to it. */
  outcomes: z.array(CaseChoice.extend({ agreement: z.boolean().optional() })),
  /** Reasons for not taking it up. */
  refusals: z.array(CaseChoice),
  /** Reasons for which the limit may rest. */
  pauses: z.array(CaseChoice.extend({ basis: z.string() })),
  /** What is to be done with a tip (线索处置). */
  dispositions: z.array(CaseChoice),
  /** Departments, for putting a wrong routing right. */
  departments: z.array(CaseChoice),
  /** How it came; `reach`: the system cannot write to the villager, call or visit. */
  source: z.object({
    code: z.enum(['channel', 'phone', 'letter', 'visit', 'follow-up']),
    title: z.string(),
    reach: z.boolean(),
  }),
  /** Filed by so many together. */
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      post: z.string(),
      relation: z.string(),
      /** Must not see the case, by the rules of conflict. */
      conflict: z.boolean(),
    }),
  ),
  joint: z.object({ people: z.number(), representatives: z.number() }).nullable(),
  /** Others that tell the same, each with its own receipt; only those that this actor may see. */
  cluster: z
    .object({
      size: z.number(),
      /** How many different people filed them. */
      households: z.number(),
      place: z.string().nullable(),
      cases: z.array(z.object({ id: z.string(), subject: z.string(), stateTitle: z.string(), filedAt: z.string() })),
    })
    .nullable(),
  /** A longer limit was asked for and waits for approval. */
  extensionAsked: z.string().nullable(),
  helpers: z.array(
    z.object({
      accountId: z.string(),
      displayName: z.string(),
      unitName: z.string(),
      mode: z.enum(HELP_MODES),
      title: z.string(),
      due: z.string(),
      late: z.boolean(),
    }),
  ),
  /** Where it can be passed on to. */
  units: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type CaseDetail = z.infer<typeof CaseDetail>

/** Steps whose text may begin with a template. */
export const TEMPLATE_STEPS = ['reply', 'close', 'refuse'] as const
export const ReplyTemplates = z.object({
  items: z.array(z.object({ name: z.string(), step: z.enum(TEMPLATE_STEPS), text: z.string() })),
})
export type ReplyTemplates = z.infer<typeof ReplyTemplates>

/** Closed cases about the like, most alike first. */
export const SimilarCases = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      outcomeTitle: z.string(),
      outcome: z.string(),
      closedAt: z.string(),
    }),
  ),
})
export type SimilarCases = z.infer<typeof SimilarCases>

export const CaseAssignee = z.object({ accountId: z.string(), displayName: z.string(), open: z.number() })
export type CaseAssignee = z.infer<typeof CaseAssignee>

export const CaseAssignees = z.object({ items: z.array(CaseAssignee) })
export type CaseAssignees = z.infer<typeof CaseAssignees>

export const oneLine = (max: number): z.ZodString => z.string().trim().min(1).max(max)

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
/** `agreement`: terms of a mediated agreement; `linked`: also those that tell the same. */
export const CloseCase = z.object({
  ...change,
  outcome: oneLine(40),
  text: oneLine(4000),
  agreement: z.string().trim().max(4000).optional(),
  linked: z.boolean().optional(),
})
export type CloseCase = z.infer<typeof CloseCase>
export const TransferCase = z.object({ ...change, unit: oneLine(64), reason: oneLine(1000) })
export type TransferCase = z.infer<typeof TransferCase>
export const RefuseCase = z.object({ ...change, code: z.string().trim().max(40).optional(), reason: oneLine(1000) })
export type RefuseCase = z.infer<typeof RefuseCase>
/** One of the reasons, pauses or dispositions of the detail, with a few words. */
export const ChooseOnCase = z.object({ ...change, code: oneLine(40), text: z.string().trim().max(2000).optional() })
export type ChooseOnCase = z.infer<typeof ChooseOnCase>
/** `accountId`: who should stay away from it; oneself when left out. */
export const RecuseCase = z.object({
  ...change,
  accountId: z.string().trim().max(64).optional(),
  reason: oneLine(1000),
})
export type RecuseCase = z.infer<typeof RecuseCase>
export const ReasonOnCase = z.object({ ...change, reason: oneLine(1000) })
export type ReasonOnCase = z.infer<typeof ReasonOnCase>
/** Live nudge on /api/console/stream, event `cases`. */
export const CaseNudge = z.object({ caseId: z.string(), change: z.string() })
export type CaseNudge = z.infer<typeof CaseNudge>

/** A case that came by phone, letter or visit. */
export const EnterCase = z.object({
  source: z.enum(['phone', 'letter', 'visit']),
  kind: CaseKind,
  villageId: z.string().max(64).nullable(),
  text: oneLine(5000),
  /** When it came; now when left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Who came, as they gave it; left out: anonymous. */
  name: z.string().trim().max(100).optional(),
  phone: z.string().trim().max(30).optional(),
  /** Somebody has to be there within hours. */
  urgent: z.boolean().optional(),
  /** How many came together. */
  people: z.number().int().min(1).max(10_000).optional(),
  /** Petition regulations art. 20: five at most. */
  representatives: z.array(oneLine(60)).max(5).optional(),
})
export type EnterCase = z.infer<typeof EnterCase>

/** The receipt to read out or to hand over. Whoever entered it may not be who may see it. */
export const EnteredCase = z.object({
  code: z.string(),
  unitName: z.string(),
  due: z.string().nullable(),
  dueTitle: z.string(),
  /** Joined to this person's open case instead. */
  joined: z.boolean(),
  /** What to tell: where else to go with it. */
  advice: z.array(z.string()),
  caseId: z.string().nullable(),
})
export type EnteredCase = z.infer<typeof EnteredCase>

/** When somebody is away (inclusive, Asia/Shanghai). */
export const Absence = z.object({
  accountId: z.string().max(64).optional(),
  from: z.iso.date(),
  until: z.iso.date(),
})
export type Absence = z.infer<typeof Absence>
export const Absences = z.object({
  items: z.array(
    z.object({
      accountId: z.string(),
      displayName: z.string(),
      from: z.string(),
      until: z.string(),
      mine: z.boolean(),
    }),
  ),
  /** Whose days one may plan besides one's own. */
  people: z.array(z.object({ accountId: z.string(), displayName: z.string() })),
})
export type Absences = z.infer<typeof Absences>
export const AbsencePath = z.object({ accountId: z.string().max(64) })

/** `on`: a phone is paired. */
export const Reminders = z.object({ on: z.boolean() })
export type Reminders = z.infer<typeof Reminders>

/** Code that a handler sends to the bot from their own phone, to be reminded there. */
export const ChannelCode = z.object({ code: z.string(), until: z.string() })
export type ChannelCode = z.infer<typeof ChannelCode>
