/** A handler says what was meant. The question stays open: being understood is not yet being answered. */
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor } from '../people/index.ts'
import { OPEN_QUESTIONS } from './context.ts'
import type { ConferenceContext } from './context.ts'
import { questionFilter } from './policy.ts'

/** @throws DomainError not_found; intent_unknown */
export async function correctQuestion(
  context: ConferenceContext,
  actor: AccountActor,
  id: string,
  intent: string,
): Promise<void> {
  const { questions } = context.collections
  const found = await questions.findOne({ $and: [{ _id: new Types.ObjectId(id) }, questionFilter(actor)] })
  if (!found) throw new DomainError('not_found', 404, '没有找到这个问题。')
  if (!context.intents?.().some(({ code }) => code === intent))
    throw new DomainError('intent_unknown', 400, '没有这个意思,请从列表里选。')
  await context.correctIntent?.({ text: found.question, intent, accountId: actor.accountId })
  await questions.updateOne({ _id: found._id }, { $set: { intent } })
  await context.audit({ event: 'intent.corrected', actor: actor.accountId, subject: id })
  context.live.tell(OPEN_QUESTIONS)
}
