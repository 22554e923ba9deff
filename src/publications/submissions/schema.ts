/** What the console sends and shows of files on their way to publication. */
import { z } from 'zod'

export const SubmissionFields = z.object({
  villageId: z.string().min(1).max(64),
  kind: z.string().min(1).max(32),
  /** A pasted table, where no file is sent. */
  text: z.string().max(500_000).default(''),
  /** For registers: under which period; empty for the one that stands. */
  period: z
    .string()
    .trim()
    .max(20)
    .regex(/^(\d{4}([-Q].{1,3})?)?$/)
    .default(''),
  /** What is published and not in the file: kept, removed, or as the kind has it. */
  missing: z.enum(['keep', 'remove', '']).default(''),
  reason: z.string().trim().max(500).default(''),
})
export type SubmissionFields = z.infer<typeof SubmissionFields>

export const SubmissionState = z.enum(['draft', 'checked', 'published', 'returned', 'withdrawn'])
export type SubmissionState = z.infer<typeof SubmissionState>

export const SubmissionQuery = z.object({ state: SubmissionState.optional() })
export const SubmissionPath = z.object({ id: z.string().max(64) })
export const TemplatePath = z.object({ kind: z.string().max(32) })

/** `revision`: what the signer has looked at. */
export const SignStep = z.object({ revision: z.number().int().min(1) })
export const ReturnStep = SignStep.extend({ reason: z.string().trim().min(1).max(500) })

export const ImportKindView = z.object({
  kind: z.string(),
  title: z.string(),
  className: z.string(),
  /** A register that stands until the next one. */
  standing: z.boolean(),
  missing: z.enum(['keep', 'remove']),
  /** A Word or Markdown document will do as well. */
  document: z.boolean(),
  /** Columns that have to be there. */
  required: z.array(z.string()),
})
export type ImportKindView = z.infer<typeof ImportKindView>

export const ImportChoices = z.object({
  kinds: z.array(ImportKindView),
  villages: z.array(z.object({ id: z.string(), name: z.string() })),
  maySubmit: z.boolean(),
})
export type ImportChoices = z.infer<typeof ImportChoices>

export const ChangeView = z.object({
  how: z.enum(['added', 'changed', 'removed']),
  kind: z.string(),
  recordId: z.string(),
  title: z.string(),
  fields: z.array(z.object({ label: z.string(), before: z.string().optional(), after: z.string().optional() })),
})
export type ChangeView = z.infer<typeof ChangeView>

export const PartView = z.object({
  item: z.string(),
  periodLabel: z.string(),
  className: z.string(),
  version: z.number(),
  /** It changes something that is published. */
  corrects: z.boolean(),
  dueAt: z.string(),
  hash: z.string(),
  counts: z.object({ added: z.number(), changed: z.number(), removed: z.number(), same: z.number() }),
})
export type PartView = z.infer<typeof PartView>

export const MaskView = z.object({
  what: z.string(),
  shown: z.string(),
  sheet: z.string(),
  row: z.number(),
  heading: z.string(),
})
export type MaskView = z.infer<typeof MaskView>

export const FaultView = z.object({
  sheet: z.string(),
  row: z.number(),
  cell: z.string(),
  heading: z.string(),
  written: z.string(),
  line: z.string(),
})
export type FaultView = z.infer<typeof FaultView>

/** What a file would do; nothing is kept. */
export const SubmissionPreview = z.object({
  fileName: z.string(),
  errors: z.array(FaultView),
  notes: z.array(z.string()),
  masked: z.array(MaskView),
  parts: z.array(PartView),
  changes: z.array(ChangeView),
  /** Publications of the file that are published just so. */
  unchanged: z.number(),
})
export type SubmissionPreview = z.infer<typeof SubmissionPreview>

export const SubmissionStepView = z.object({
  step: z.enum(['submitted', 'checked', 'returned', 'published', 'withdrawn']),
  name: z.string(),
  at: z.string(),
  reason: z.string(),
})

export const SubmissionSummary = z.object({
  id: z.string(),
  villageId: z.string(),
  villageName: z.string(),
  kindTitle: z.string(),
  fileName: z.string(),
  state: SubmissionState,
  stateTitle: z.string(),
  parts: z.array(PartView),
  /** How many numbers of people were taken out. */
  maskedCount: z.number(),
  reason: z.string(),
  submittedBy: z.string(),
  updatedAt: z.string(),
  revision: z.number(),
  /** What the asking account may do with it now. */
  abilities: z.array(z.enum(['check', 'return', 'publish', 'withdraw'])),
  /** Why it may not sign what its role would let it sign. */
  hindrance: z.string(),
})
export type SubmissionSummary = z.infer<typeof SubmissionSummary>

export const SubmissionDetail = SubmissionSummary.extend({
  changes: z.array(ChangeView),
  notes: z.array(z.string()),
  masked: z.array(MaskView),
  history: z.array(SubmissionStepView),
})
export type SubmissionDetail = z.infer<typeof SubmissionDetail>

export const SubmissionList = z.object({
  items: z.array(SubmissionSummary),
  counts: z.record(SubmissionState, z.number()),
})
export type SubmissionList = z.infer<typeof SubmissionList>
