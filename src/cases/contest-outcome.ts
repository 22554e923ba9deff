/** Not content with the result: looked at again where the rules have it, else done again or recorded. */
import type { CaseContext } from './context.ts'
import { reviewerAbove } from './give-to-handler.ts'
import { holderStep, mayHolder, tooLateFor } from './holder-steps.ts'
import type { Commit } from './holder-steps.ts'
import type { StoredCase } from './model.ts'
import { PROCEDURES, findStep } from './procedures/index.ts'
import { replies } from './replies.ts'
import type { Reply } from '../channels/index.ts'

/** @returns what is said; `commit` writes it, missing when nothing is to be written */
export async function contestOutcome(
  context: CaseContext,
  stored: StoredCase,
  text: string,
  now: Date,
): Promise<{ reply: Reply; commit?: Commit }> {
  const body = { text }
  if (mayHolder(stored, 'review')) {
    const last = tooLateFor(context, stored, 'review', now)
    if (last) return { reply: replies.reviewTooLate(last, now) }
    const above = await reviewerAbove(context, stored)
    const commit = await holderStep(context, stored, 'review', now, { body })
    const unit = above?.title ?? replies.nextLevel()
    if (commit) return { reply: replies.reviewAsked(unit, stored.reviewRound > 0), commit }
  }
  if (mayHolder(stored, 'dispute')) {
    const commit = await holderStep(context, stored, 'dispute', now, { body })
    const again = findStep(PROCEDURES[stored.kind], 'dispute', stored.state, stored.reviewRound)?.to !== undefined
    if (commit) return { reply: again ? replies.disputedAgain() : replies.disputed(), commit }
  }
  if (!mayHolder(stored, 'rate')) return { reply: replies.reviewNotYet() }
  if (stored.reviewRound > 1) return { reply: replies.reviewFinal() }
  const commit = await holderStep(context, stored, 'supplement', now, { body })
  return { reply: replies.reviewNotHere(), ...(commit && { commit }) }
}
