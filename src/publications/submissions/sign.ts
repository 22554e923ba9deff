/** The steps from a draft to what is published: check, send back, publish, withdraw. Each is taken once, by somebody who may. */
import type { ClientSession } from 'mongoose'
import { DomainError } from '../../infrastructure/errors.ts'
import type { Services } from '../../infrastructure/services.ts'
import type { AccountActor } from '../../people/index.ts'
import { authorize, can } from '../../people/index.ts'
import { submissionPolicy } from '../sign-off-rule.ts'
import type { Audit } from './audit.ts'
import { submissionCollections } from './model.ts'
import type { StoredSubmission, SubmissionStep } from './model.ts'
import { publishParts } from './publish-parts.ts'
import { submissionReplies as say } from './replies.ts'

export interface SignContext {
  services: Pick<Services, 'connection' | 'clock' | 'transaction'>
  audit: Audit
}

type Step = 'check' | 'return' | 'publish' | 'withdraw'

/** What each step makes of it; `closes`: something else may be submitted for the same publication afterwards. */
const STEPS = {
  check: { state: 'checked', step: 'checked', closes: false },
  return: { state: 'returned', step: 'returned', closes: true },
  publish: { state: 'published', step: 'published', closes: true },
  withdraw: { state: 'withdrawn', step: 'withdrawn', closes: true },
} as const satisfies Record<Step, { state: StoredSubmission['state']; step: SubmissionStep['step']; closes: boolean }>

/**
 * @param revision the one that the actor has looked at: what changed since is not signed unseen
 * @throws DomainError not_found (also when it is another village's), not_allowed, submission_changed, submission_overtaken
 */
export async function takeStep(
  { services, audit }: SignContext,
  actor: AccountActor,
  id: string,
  step: Step,
  { revision, reason = '' }: { revision: number; reason?: string },
): Promise<StoredSubmission> {
  const { submissions } = submissionCollections(services.connection)
  return services.transaction(async (session) => {
    const stored = await submissions.findOne({ _id: id }, { session })
    if (!stored || !can(submissionPolicy, 'submission.read', actor, stored))
      throw new DomainError('not_found', 404, say.notFound)
    if (stored.revision !== revision) throw new DomainError('submission_changed', 409, say.wrongState)
    refuseOwnWork(step, stored, actor)
    authorize(submissionPolicy, `submission.${step}`, actor, stored)
    const now = services.clock.now()
    const signature = { accountId: actor.accountId, name: actor.displayName, at: now }
    const { state, closes } = STEPS[step]
    if (step === 'publish') await publishParts(services, stored, now, session)
    const after = await submissions.findOneAndUpdate(
      { _id: id, revision },
      {
        $set: { state, updatedAt: now, ...(step === 'check' && { checked: signature }) },
        $inc: { revision: 1 },
        $push: { history: { ...signature, step: STEPS[step].step, reason } },
        ...(closes && { $unset: { openParts: '' } }),
      },
      { session, returnDocument: 'after' },
    )
    if (!after) throw new DomainError('submission_changed', 409, say.wrongState)
    if (closes) await forgetRecords(services, id, session)
    await audit(
      {
        event: `publication.${STEPS[step].step}`,
        actor: actor.accountId,
        subject: id,
        detail: { village: stored.villageId, parts: stored.parts.length },
      },
      session,
    )
    return after
  })
}

/** Says which of the two it is: a plain “not allowed” would look like a fault of the account. */
function refuseOwnWork(step: Step, stored: StoredSubmission, actor: AccountActor): void {
  if (step === 'check' && stored.submitted.accountId === actor.accountId && stored.state === 'draft')
    throw new DomainError('own_work', 403, say.ownWork)
  if (step === 'publish' && stored.checked?.accountId === actor.accountId)
    throw new DomainError('own_work', 403, say.ownCheck)
}

/** What was published lies with the publications; what was not is in the village's own file. */
async function forgetRecords(
  { connection }: Pick<Services, 'connection'>,
  submissionId: string,
  session: ClientSession,
): Promise<void> {
  await submissionCollections(connection).records.deleteMany({ submissionId }, { session })
}
