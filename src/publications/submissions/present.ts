/** A submission as the console shows it, with what the asking account may do. */
import type { Actor } from '../../people/index.ts'
import { can } from '../../people/index.ts'
import { KINDS } from '../import/kinds.ts'
import { importReplies } from '../import/replies.ts'
import type { MaskedCell } from '../import/table.ts'
import { periodBounds, periodLabel } from '../periods.ts'
import { submissionPolicy } from '../sign-off-rule.ts'
import type { Part } from './arrange-parts.ts'
import type { StoredSubmission } from './model.ts'
import type { ReadSubmission } from './read-submission.ts'
import { submissionReplies as say } from './replies.ts'
import type { MaskView, PartView, SubmissionDetail, SubmissionPreview, SubmissionSummary } from './schema.ts'

/** Changes that a page shows; their number is told whole. */
const CHANGES_SHOWN = 300
const MASKS_SHOWN = 200

export function presentPreview(read: ReadSubmission): SubmissionPreview {
  return {
    fileName: read.fileName,
    errors: read.errors,
    notes: read.notes,
    masked: read.masked.slice(0, MASKS_SHOWN).map(presentMask),
    parts: read.parts.map(({ part }) => presentPart(part)),
    changes: read.parts.flatMap(({ changes }) => changes).slice(0, CHANGES_SHOWN),
    unchanged: read.unchanged,
  }
}

export function presentSummary(stored: StoredSubmission, actor: Actor, villageName: string): SubmissionSummary {
  return {
    id: stored._id,
    villageId: stored.villageId,
    villageName,
    kindTitle: KINDS[stored.kind].title,
    fileName: stored.fileName,
    state: stored.state,
    stateTitle: say.states[stored.state],
    parts: stored.parts.map(presentPart),
    maskedCount: stored.masked.length,
    reason: stored.reason,
    submittedBy: stored.submitted.name,
    updatedAt: stored.updatedAt.toISOString(),
    revision: stored.revision,
    abilities: (['check', 'return', 'publish', 'withdraw'] as const).filter((step) =>
      can(submissionPolicy, `submission.${step}`, actor, stored),
    ),
    hindrance: hindranceOf(stored, actor),
  }
}

export function presentDetail(stored: StoredSubmission, actor: Actor, villageName: string): SubmissionDetail {
  return {
    ...presentSummary(stored, actor, villageName),
    changes: stored.changes,
    notes: stored.notes,
    masked: stored.masked.slice(0, MASKS_SHOWN).map(presentMask),
    history: stored.history.map(({ step, name, at, reason }) => ({ step, name, at: at.toISOString(), reason })),
  }
}

function hindranceOf(stored: StoredSubmission, actor: Actor): string {
  if (actor.kind !== 'account') return ''
  const other = { ...stored, submitted: { ...stored.submitted, accountId: '' }, checked: null }
  if (stored.state === 'draft' && stored.submitted.accountId === actor.accountId)
    return can(submissionPolicy, 'submission.check', actor, other) ? say.ownWork : ''
  if (stored.state === 'checked' && stored.checked?.accountId === actor.accountId)
    return can(submissionPolicy, 'submission.publish', actor, other) ? say.ownCheck : ''
  return ''
}

function presentPart(part: Part): PartView {
  return {
    item: part.item,
    periodLabel: periodLabel(periodBounds(part.period)) || part.period,
    className: say.classes[part.class],
    version: part.version,
    corrects: part.baseId !== null,
    dueAt: part.dueAt,
    hash: part.hash,
    counts: part.counts,
  }
}

const presentMask = ({ what, ...place }: MaskedCell): MaskView => ({ ...place, what: importReplies.personal[what] })
