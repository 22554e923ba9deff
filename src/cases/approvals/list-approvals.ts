/** What was asked and decided, for who may see the case; who supervises sees that an identity was asked for and why. */
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import type { StoredCase } from '../model.ts'
import { readsCase, visibilityFilter } from '../policy.ts'
import { PROCEDURES } from '../procedures/index.ts'
import { console as words } from '../replies.ts'
import { openApproval } from './ask-second-person.ts'
import { approvalsOf } from './model.ts'
import type { StoredApproval } from './model.ts'
import { mayDecide } from './policy.ts'
import type { ApprovalList, ApprovalView } from './schema.ts'

const LONGEST = 100
const BATCH = 100
/** So far back is looked for what this account may see. */
const LOOKED_AT = 2000

export async function listApprovals(context: CaseContext, actor: AccountActor): Promise<ApprovalList> {
  const accounts = await context.accounts()
  const items: ApprovalView[] = []
  const mayAct = actor.roles.some((role) => role !== 'supervisor')
  for (let skip = 0; skip < LOOKED_AT && items.length < LONGEST; skip += BATCH) {
    const batch = await approvalsOf(context.connection)
      .find({}, { promoteBuffers: true })
      .sort({ requestedAt: -1, _id: -1 })
      .skip(skip)
      .limit(BATCH)
      .toArray()
    if (batch.length === 0) break
    const cases = await context.collections.cases
      .find(
        { $and: [{ _id: { $in: batch.map(({ caseId }) => caseId) } }, visibilityFilter(actor)] },
        { promoteBuffers: true },
      )
      .toArray()
    const byId = new Map(cases.map((stored) => [stored._id.toHexString(), stored]))
    for (const approval of batch) {
      const stored = byId.get(approval.caseId.toHexString())
      // Held texts are the handlers' own; what supervisors watch over are identities.
      if (stored && (approval.kind === 'identity' || (mayAct && readsCase(actor, stored))))
        items.push(present(context, actor, accounts, approval, stored))
    }
  }
  return { items: items.slice(0, LONGEST) }
}

function present(
  context: CaseContext,
  actor: AccountActor,
  accounts: readonly AccountActor[],
  approval: StoredApproval,
  stored: StoredCase,
): ApprovalView {
  const nameOf = (id: string | undefined): string =>
    accounts.find(({ accountId }) => accountId === id)?.displayName ?? words.formerAccount
  const body = stored.erasedAt ? null : openApproval(context, stored, approval)
  const over = approval.expiresAt <= context.clock.now()
  const state = over && approval.state !== 'refused' ? 'expired' : approval.state
  const requester = accounts.find(({ accountId }) => accountId === approval.requestedBy)
  const may: ApprovalView['may'] = []
  if (!over && mayDecide(actor, stored, approval, requester)) may.push('decide')
  if (state === 'approved' && approval.kind === 'identity' && approval.requestedBy === actor.accountId) may.push('open')
  return {
    id: approval._id.toHexString(),
    kind: approval.kind,
    kindTitle: words.approvals[approval.kind],
    caseId: stored._id.toHexString(),
    caseTitle: PROCEDURES[stored.kind].title,
    state,
    stateTitle: words.approvalStates[state],
    requestedBy: nameOf(approval.requestedBy),
    requestedAt: approval.requestedAt.toISOString(),
    decidedBy: approval.decidedBy ? nameOf(approval.decidedBy) : null,
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    reason: body?.reason ?? null,
    text: body?.sending?.text ?? null,
    leaks: body?.leaks ?? [],
    may,
    opened: approval.opened,
  }
}
