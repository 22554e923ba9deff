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
import { forgetStaged, publishParts, stageParts } from './publish-parts.ts'
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

/** A publishing that was cut off by a crash may be taken up again after this long. */
const PUBLISHING_MS = 120_000

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
  const { submissions, records } = submissionCollections(services.connection)
  const stored = await submissions.findOne({ _id: id })
  if (!stored || !can(submissionPolicy, 'submission.read', actor, stored))
    throw new DomainError('not_found', 404, say.notFound)
  if (stored.revision !== revision) throw new DomainError('submission_changed', 409, say.wrongState)
  refuseOwnWork(step, stored, actor)
  authorize(submissionPolicy, `submission.${step}`, actor, stored)
  const now = services.clock.now()
  // One at a time lays records down: two would take each other's away.
  if (step === 'publish') {
    const claimed = await submissions.updateOne(
      { _id: id, revision, publishingUntil: { $not: { $gt: now } } },
      { $set: { publishingUntil: new Date(now.getTime() + PUBLISHING_MS) } },
    )
    if (claimed.matchedCount !== 1) throw new DomainError('submission_changed', 409, say.wrongState)
  }
  const release = async (): Promise<void> =>
    void (step === 'publish' && (await submissions.updateOne({ _id: id }, { $unset: { publishingUntil: '' } })))
  const staged =
    step === 'publish'
      ? await stageParts(services, stored, now).catch(async (error: unknown) => {
          await release()
          throw error
        })
      : []
  const take = async (session: ClientSession): Promise<StoredSubmission> => {
    const signature = { accountId: actor.accountId, name: actor.displayName, at: now }
    const { state, closes } = STEPS[step]
    if (step === 'publish') await publishParts(services, stored, staged, session)
    const taken = await submissions.findOneAndUpdate(
      { _id: id, revision },
      {
        $set: { state, updatedAt: now, ...(step === 'check' && { checked: signature }) },
        $inc: { revision: 1 },
        $push: { history: { ...signature, step: STEPS[step].step, reason } },
        ...(closes && { $unset: { openParts: '', publishingUntil: '' } }),
      },
      { session, returnDocument: 'after' },
    )
    if (!taken) throw new DomainError('submission_changed', 409, say.wrongState)
    await audit(
      {
        event: `publication.${STEPS[step].step}`,
        actor: actor.accountId,
        subject: id,
        detail: { village: stored.villageId, parts: stored.parts.length },
      },
      session,
    )
    return taken
  }
  const after = await services.transaction(take).catch(async (error: unknown) => {
    await forgetStaged(services, staged)
    await release()
    throw error
  })
  // What was published lies with the publications; what was not is in the village's own file.
  if (STEPS[step].closes) await records.deleteMany({ submissionId: id })
  return after
}

/** Says which of the two it is: a plain “not allowed” would look like a fault of the account. */
function refuseOwnWork(step: Step, stored: StoredSubmission, actor: AccountActor): void {
  if (step === 'check' && stored.submitted.accountId === actor.accountId && stored.state === 'draft')
    throw new DomainError('own_work', 403, say.ownWork)
  if (step === 'publish' && stored.checked?.accountId === actor.accountId)
    throw new DomainError('own_work', 403, say.ownCheck)
}
