/** Answers an open question, or sets it aside. The answer goes to everybody who asked. */
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor } from '../people/index.ts'
import type { ConferenceContext } from './context.ts'
import { OPEN_QUESTIONS } from './context.ts'
import type { StoredQuestion } from './model.ts'
import { questionFilter } from './policy.ts'
import { replies } from './replies.ts'

/** @throws DomainError not_found; question_settled when somebody was faster */
async function settle(
  context: ConferenceContext,
  actor: AccountActor,
  id: string,
  fields: (now: Date) => Partial<StoredQuestion>,
  event: string,
  answer: string | null,
): Promise<void> {
  const { questions, askers } = context.collections
  const _id = new Types.ObjectId(id)
  const found = await questions.findOne({ $and: [{ _id }, questionFilter(actor)] })
  if (!found) throw new DomainError('not_found', 404, '没有找到这个问题。')
  const now = context.clock.now()
  await context.transaction(async (session) => {
    const written = await questions.updateOne(
      { _id, state: { $in: ['open', 'conference'] } },
      { $set: fields(now) },
      { session },
    )
    if (written.matchedCount !== 1) throw new DomainError('question_settled', 409, '这个问题刚才已经有人处理了。')
    await context.audit({ event, actor: actor.accountId, subject: id }, session)
    const waiting = await askers.find({ questionId: _id }, { session, promoteBuffers: true }).toArray()
    for (const { sealed } of answer === null ? [] : waiting) {
      const contactId = context.vault.openText(sealed, `asker:${id}`)
      await context.say(session, contactId, replies.answered(found.question, answer ?? ''))
    }
    // Nobody waits any longer: who asked is not kept.
    await askers.deleteMany({ questionId: _id }, { session })
  })
  context.live.tell(OPEN_QUESTIONS)
}

export async function answerQuestion(
  context: ConferenceContext,
  actor: AccountActor,
  id: string,
  text: string,
): Promise<void> {
  const by = { accountId: actor.accountId, byName: actor.displayName }
  await settle(
    context,
    actor,
    id,
    (at) => ({ state: 'answered', answer: { text, ...by, at } }),
    'question.answered',
    text,
  )
}

export async function dismissQuestion(
  context: ConferenceContext,
  actor: AccountActor,
  id: string,
  reason: string,
): Promise<void> {
  const by = { accountId: actor.accountId, byName: actor.displayName }
  await settle(
    context,
    actor,
    id,
    (at) => ({ state: 'dismissed', dismissal: { text: reason, ...by, at } }),
    'question.dismissed',
    null,
  )
}

/** To be answered in person at the next press conference: who asked is told so, and waits on. @throws as answerQuestion */
export async function sendToConference(context: ConferenceContext, actor: AccountActor, id: string): Promise<void> {
  const { questions, askers } = context.collections
  const _id = new Types.ObjectId(id)
  const found = await questions.findOne({ $and: [{ _id }, questionFilter(actor)] })
  if (!found) throw new DomainError('not_found', 404, '没有找到这个问题。')
  await context.transaction(async (session) => {
    const written = await questions.updateOne({ _id, state: 'open' }, { $set: { state: 'conference' } }, { session })
    if (written.matchedCount !== 1) throw new DomainError('question_settled', 409, '这个问题刚才已经有人处理了。')
    await context.audit({ event: 'question.to-conference', actor: actor.accountId, subject: id }, session)
    for (const { sealed } of await askers.find({ questionId: _id }, { session, promoteBuffers: true }).toArray())
      await context.say(session, context.vault.openText(sealed, `asker:${id}`), replies.toConference(found.question))
  })
  context.live.tell(OPEN_QUESTIONS)
}
