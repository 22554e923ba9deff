/** How far a case is, said to the holder of its receipt. */
import type { SkillOutcome } from '../conversation/index.ts'
import type { CaseContext } from './context.ts'
import type { StoredCase } from './model.ts'
import { PROCEDURES, stateTitle } from './procedures/index.ts'
import { isOverdue } from './procedures/terms.ts'
import { replies } from './replies.ts'
import { openSeal } from './seals.ts'

const DONE = '●'
const TO_COME = '○'

export async function sayStatus(context: CaseContext, stored: StoredCase, now: Date): Promise<SkillOutcome> {
  const seal = openSeal(context.vault, stored)
  const [lastReply] = await context.collections.entries
    .find({ caseId: stored._id, event: 'replied' }, { promoteBuffers: true })
    .sort({ at: -1 })
    .limit(1)
    .toArray()
  const procedure = PROCEDURES[stored.kind]
  const open = stored.deadlines.find(({ due, doneAt }) => !doneAt && due === stored.nextDue)
  const title = procedure.deadlines.find(({ id }) => id === open?.id)?.title
  const late = stored.deadlines.some((term) => isOverdue(term, now))
  const outcome =
    stored.state === 'closed' && stored.outcome
      ? `${procedure.outcomes.find(({ code }) => code === stored.outcome?.code)?.title ?? ''}。${seal.openOutcome(stored.outcome.text)}`
      : null
  return {
    replies: [
      replies.status({
        kindTitle: procedure.title,
        filedAt: stored.filedAt,
        stateTitle: stateTitle(stored.kind, stored.state, stored.reviewRound),
        steps: stepsLine(stored),
        next: late ? replies.overdue() : title ? replies.nextBy(title, open?.due ?? null, now) : '',
        lastReply: (lastReply && seal.openBody(lastReply).text) ?? null,
        outcome,
        now,
      }),
    ],
  }
}

/** ●收到 ●受理 ○办结. */
function stepsLine({ kind, state }: StoredCase): string {
  if (state === 'refused' || state === 'withdrawn') return ''
  const at = { filed: 0, accepted: 1, paused: 1, reviewing: 1, closed: 2 }[state]
  return ['收到', stateTitle(kind, 'accepted'), '办结']
    .map((step, index) => `${index <= at ? DONE : TO_COME}${step}`)
    .join(' ')
}
