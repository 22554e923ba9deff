/** What was asked and decided, for who may see the case; who supervises sees that an identity was asked for and why. */
import { Types } from 'mongoose'
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
import type { ApprovalCount, ApprovalList, ApprovalQuery, ApprovalView } from './schema.ts'

const LONGEST = 100
const BATCH = 100
/** So far back is looked for what this account may see. */
const LOOKED_AT = 2000

/** Listing them tells who asked what was decided. */
export async function listApprovals(
  context: CaseContext,
  actor: AccountActor,
  { caseId }: ApprovalQuery = {},
): Promise<ApprovalList> {
  const items = await collect(context, actor, caseId)
  const told = items.filter(({ mine, state }) => mine && state !== 'open').map(({ id }) => new Types.ObjectId(id))
  if (told.length > 0)
    await approvalsOf(context.connection).updateMany(
      { _id: { $in: told }, toldAt: { $exists: false } },
      { $set: { toldAt: context.clock.now() } },
    )
  return { items }
}

/** For the mark in the menu. */
export async function countApprovals(context: CaseContext, actor: AccountActor): Promise<ApprovalCount> {
  const [items, decided] = await Promise.all([
    collect(context, actor),
    approvalsOf(context.connection)
      .find({ requestedBy: actor.accountId, decidedAt: { $exists: true }, toldAt: { $exists: false } })
      .project<{ _id: Types.ObjectId }>({ _id: 1 })
      .limit(LONGEST)
      .toArray(),
  ])
  const shown = new Set(items.map(({ id }) => id))
  return {
    waiting: items.filter(({ may }) => may.includes('decide')).length,
    // Of a case that may no longer be seen, nothing is counted either.
    decided: decided.filter(({ _id }) => shown.has(_id.toHexString())).length,
  }
}

async function collect(context: CaseContext, actor: AccountActor, caseId?: string): Promise<ApprovalView[]> {
  const accounts = await context.accounts()
  const items: ApprovalView[] = []
  const mayAct = actor.roles.some((role) => role !== 'supervisor')
  for (let skip = 0; skip < LOOKED_AT && items.length < LONGEST; skip += BATCH) {
    const batch = await approvalsOf(context.connection)
      .find(caseId ? { caseId: new Types.ObjectId(caseId) } : {}, { promoteBuffers: true })
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
  return items.slice(0, LONGEST)
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
    refusal: readsCase(actor, stored) ? (body?.refusal ?? null) : null,
    mine: approval.requestedBy === actor.accountId,
    waitsFor:
      state === 'open' && readsCase(actor, stored)
        ? accounts.filter((one) => mayDecide(one, stored, approval, requester)).map(({ displayName }) => displayName)
        : [],
    text: body?.sending?.text ?? null,
    leaks: body?.leaks ?? [],
    may,
    opened: approval.opened,
  }
}
