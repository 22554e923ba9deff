/** Shapes of what needs a second person: opening an identity, sending past the leak check. */
import { z } from 'zod'

export const APPROVAL_KINDS = ['identity', 'message'] as const
export const ApprovalKind = z.enum(APPROVAL_KINDS)
export type ApprovalKind = z.infer<typeof ApprovalKind>

export const LeakView = z.object({ way: z.string(), excerpt: z.string(), why: z.string() })
export type LeakView = z.infer<typeof LeakView>

export const ApprovalView = z.object({
  id: z.string(),
  kind: ApprovalKind,
  kindTitle: z.string(),
  caseId: z.string(),
  caseTitle: z.string(),
  state: z.enum(['open', 'approved', 'refused', 'expired']),
  stateTitle: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Why it was asked for; null for those who do not read the case. */
  reason: z.string().nullable(),
  /** Why it was sent back. */
  refusal: z.string().nullable(),
  /** Asked for by the account that asks. */
  mine: z.boolean(),
  /** Who may decide while it is open; empty when nobody on this system may. */
  waitsFor: z.array(z.string()),
  /** What is to be sent, with what the check found; null where nothing is, or for those who do not read the case. */
  text: z.string().nullable(),
  leaks: z.array(LeakView),
  /** What the account that asks may do with it. */
  may: z.array(z.enum(['decide', 'open'])),
  /** How often an identity was looked at. */
  opened: z.number(),
})
export type ApprovalView = z.infer<typeof ApprovalView>

export const ApprovalList = z.object({ items: z.array(ApprovalView) })
export type ApprovalList = z.infer<typeof ApprovalList>

/** `caseId`: what was asked about one case only. */
export const ApprovalQuery = z.object({
  caseId: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional(),
})
export type ApprovalQuery = z.infer<typeof ApprovalQuery>

/** How many wait for me, and how many of mine were decided since I last looked. */
export const ApprovalCount = z.object({ waiting: z.number(), decided: z.number() })
export type ApprovalCount = z.infer<typeof ApprovalCount>

const id = z.string().regex(/^[0-9a-f]{24}$/)
export const ApprovalPath = z.object({ id })

export const RequestIdentity = z.object({ reason: z.string().trim().min(5).max(1000) })
export type RequestIdentity = z.infer<typeof RequestIdentity>

/** A step of the case whose text the check has held, with why it has to go out as it is. */
export const RequestSending = z.object({
  action: z.enum(['reply', 'refuse', 'close', 'extend']),
  text: z.string().trim().min(1).max(4000),
  outcome: z.string().max(40).optional(),
  /** Terms, where the outcome is an agreement. */
  agreement: z.string().trim().max(4000).optional(),
  /** Which of the listed reasons, for a refusal. */
  code: z.string().trim().max(40).optional(),
  reason: z.string().trim().min(5).max(1000),
})
export type RequestSending = z.infer<typeof RequestSending>

/** Sending back needs a reason: whoever asked has to know what to change. */
export const DecideApproval = z.object({ approve: z.boolean(), reason: z.string().trim().max(1000).optional() })
export type DecideApproval = z.infer<typeof DecideApproval>

/** Text that is to be read by others: a notice, a message in the group, a letter to who was complained about. */
export const CheckText = z.object({
  text: z.string().trim().min(1).max(8000),
  audience: z.enum(['group', 'board', 'official', 'reporter']),
  kind: z.enum(['clearance', 'reply', 'statistics']).default('reply'),
})
export type CheckText = z.infer<typeof CheckText>

export const IdentityView = z.object({
  named: z.boolean(),
  /** As the villager wrote it: name and how to be reached; null when there is none. */
  name: z.string().nullable(),
  /** Channel and address that the report came from. */
  address: z.string().nullable(),
  until: z.string(),
})
export type IdentityView = z.infer<typeof IdentityView>
