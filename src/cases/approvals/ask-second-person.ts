/** Asking a second person, deciding, and what follows from it. Every step is on the audit log. */
import { Types } from 'mongoose'
import { DomainError } from '../../infrastructure/errors.ts'
import type { AccountActor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { extendCase } from '../change-limits.ts'
import { closeCase, refuseCase, replyToReporter } from '../handle-case.ts'
import { getCase } from '../list-cases.ts'
import type { StoredCase } from '../model.ts'
import { readsCase, stepFor } from '../policy.ts'
import { console as words } from '../replies.ts'
import { openSeal } from '../seals.ts'
import { checkText } from './hold-leaks.ts'
import { approvalsOf } from './model.ts'
import type { ApprovalBody, StoredApproval } from './model.ts'
import { mayAskIdentity, mayDecide } from './policy.ts'
import type { DecideApproval, IdentityView, RequestIdentity, RequestSending } from './schema.ts'

/** An approval that nobody used by then is void. */
const VALID_MS = 24 * 3_600_000

const notFound = (): DomainError => new DomainError('not_found', 404, words.notFound)
const notAllowed = (): DomainError => new DomainError('not_allowed', 403, words.notAllowed)

export async function loadApproval(
  context: CaseContext,
  actor: AccountActor,
  id: string,
): Promise<{ approval: StoredApproval; stored: StoredCase }> {
  const approval = await approvalsOf(context.connection).findOne(
    { _id: new Types.ObjectId(id) },
    { promoteBuffers: true },
  )
  if (!approval) throw notFound()
  // What may not be seen of the case may not be seen of what was asked about it.
  return { approval, stored: await getCase(context, actor, approval.caseId.toHexString()) }
}

const place = (id: Types.ObjectId): string => `approval:${id.toHexString()}`

export function openApproval(context: CaseContext, stored: StoredCase, approval: StoredApproval): ApprovalBody {
  return openSeal(context.vault, stored).openAt<ApprovalBody>(approval.sealed, place(approval._id))
}

async function insert(
  context: CaseContext,
  actor: AccountActor,
  stored: StoredCase,
  kind: StoredApproval['kind'],
  body: ApprovalBody,
): Promise<string> {
  const _id = new Types.ObjectId()
  const at = context.clock.now()
  await context.transaction(async (session) => {
    await approvalsOf(context.connection).insertOne(
      {
        _id,
        kind,
        caseId: stored._id,
        state: 'open',
        requestedBy: actor.accountId,
        requestedAt: at,
        sealed: openSeal(context.vault, stored).sealAt(body, place(_id)),
        expiresAt: new Date(at.getTime() + VALID_MS),
        opened: 0,
      },
      { session },
    )
    await context.audit(
      {
        event: `${kind}.requested`,
        actor: actor.accountId,
        subject: stored._id.toHexString(),
        detail: { approval: _id.toHexString() },
      },
      session,
    )
  })
  context.live.tell('cases', { caseId: stored._id.toHexString(), change: 'approval-asked' })
  return _id.toHexString()
}

/** @throws DomainError not_found, not_allowed */
export async function requestIdentity(
  context: CaseContext,
  actor: AccountActor,
  caseId: string,
  { reason }: RequestIdentity,
): Promise<string> {
  const stored = await getCase(context, actor, caseId)
  if (!mayAskIdentity(actor, stored)) throw notAllowed()
  return insert(context, actor, stored, 'identity', { reason })
}

/** Asks that a held text be sent as it is. @throws DomainError not_found, step_not_allowed, leak_check_spent */
export async function requestSending(
  context: CaseContext,
  actor: AccountActor,
  caseId: string,
  { reason, ...sending }: RequestSending,
): Promise<string> {
  const stored = await getCase(context, actor, caseId)
  if (!readsCase(actor, stored) || !stepFor(actor, stored, sending.action)) throw notAllowed()
  const leaks = await checkText(context, actor, stored, { text: sending.text, audience: 'reporter', kind: 'reply' })
  return insert(context, actor, stored, 'message', { reason, sending, leaks })
}

/** @throws DomainError not_found, not_allowed, approval_over (409) */
export async function decideApproval(
  context: CaseContext,
  actor: AccountActor,
  id: string,
  { approve, reason }: DecideApproval,
): Promise<void> {
  const { approval, stored } = await loadApproval(context, actor, id)
  const requester = (await context.accounts()).find(({ accountId }) => accountId === approval.requestedBy)
  const now = context.clock.now()
  if (approval.state !== 'open' || approval.expiresAt <= now)
    throw new DomainError('approval_over', 409, words.approvalOver)
  if (!requester || !mayDecide(actor, stored, approval, requester)) throw notAllowed()
  if (!approve && !reason) throw new DomainError('reason_missing', 400, words.approvalReasonMissing)
  const seal = openSeal(context.vault, stored)
  const body = openApproval(context, stored, approval)
  // The case may have moved on since it was asked for: nothing is approved that can no longer be done.
  if (approve && body.sending && !stepFor(requester, stored, body.sending.action))
    throw new DomainError('step_not_allowed', 409, words.approvalTooLate)
  await context.transaction(async (session) => {
    const written = await approvalsOf(context.connection).updateOne(
      { _id: approval._id, state: 'open' },
      {
        $set: {
          state: approve ? 'approved' : 'refused',
          decidedBy: actor.accountId,
          decidedAt: now,
          // From now on it may be used for so long.
          expiresAt: new Date(now.getTime() + VALID_MS),
          ...(reason && { sealed: seal.sealAt({ ...body, refusal: reason }, place(approval._id)) }),
        },
      },
      { session },
    )
    if (written.matchedCount !== 1) throw new DomainError('approval_over', 409, words.approvalOver)
    await context.audit(
      {
        event: `${approval.kind}.${approve ? 'approved' : 'refused'}`,
        actor: actor.accountId,
        subject: stored._id.toHexString(),
        detail: { approval: id, requestedBy: approval.requestedBy },
      },
      session,
    )
  })
  context.live.tell('cases', { caseId: stored._id.toHexString(), change: 'approval-decided' })
  if (approve && body.sending) await send(context, requester, stored, body.sending, id)
}

/** In the name of who asked; their right to the step is looked at again. */
async function send(
  context: CaseContext,
  requester: AccountActor,
  stored: StoredCase,
  { action, text, outcome, agreement, code }: Omit<RequestSending, 'reason'>,
  approvalId: string,
): Promise<void> {
  const request = { id: stored._id.toHexString(), pastLeakCheck: approvalId }
  if (action === 'reply') await replyToReporter(context, requester, { ...request, text })
  else if (action === 'close')
    await closeCase(context, requester, { ...request, text, outcome: outcome ?? '', agreement })
  else if (action === 'refuse') await refuseCase(context, requester, { ...request, code, reason: text })
  else await extendCase(context, requester, { ...request, reason: text })
}

/** Shows the identity to who asked for it, each time on the audit log. @throws DomainError not_found, not_allowed, approval_over */
export async function openIdentity(context: CaseContext, actor: AccountActor, id: string): Promise<IdentityView> {
  const { approval, stored } = await loadApproval(context, actor, id)
  if (approval.kind !== 'identity' || approval.requestedBy !== actor.accountId || !mayAskIdentity(actor, stored))
    throw notAllowed()
  if (approval.state !== 'approved' || approval.expiresAt <= context.clock.now())
    throw new DomainError('approval_over', 409, words.approvalOver)
  const reporter = await context.collections.reporters.findOne({ _id: stored._id }, { promoteBuffers: true })
  if (!reporter) throw notFound()
  const identity = openSeal(context.vault, stored).openReporter(reporter.sealed)
  // Written down before it is shown: what cannot be written down is not shown.
  await context.audit({
    event: 'identity.opened',
    actor: actor.accountId,
    subject: stored._id.toHexString(),
    detail: { approval: id, approvedBy: approval.decidedBy ?? '' },
  })
  await approvalsOf(context.connection).updateOne({ _id: approval._id }, { $inc: { opened: 1 } })
  return {
    named: identity.named,
    name: identity.name ?? null,
    address: (await context.addressOf?.(identity.contactId)) ?? null,
    until: approval.expiresAt.toISOString(),
  }
}
