/** Questions that ask the same are one: who asked, how often, and in which words. Runs after the question was recorded, so that no villager waits for it. */
import type { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor } from '../people/index.ts'
import { OPEN_QUESTIONS } from './context.ts'
import type { ConferenceContext } from './context.ts'
import type { StoredQuestion } from './model.ts'
import { questionFilter } from './policy.ts'

const AT_A_TIME = 50
const LOOKED_AT = 300
const MOST_WORDINGS = 20

/** Puts each new question beside the open one that asks the same, if there is one. Told once a question: a handler's parting stays. */
export async function groupQuestions(context: ConferenceContext): Promise<number> {
  const { questions } = context.collections
  const fresh = await questions
    .find({ state: { $in: ['open', 'conference'] }, grouped: { $ne: true } })
    .sort({ firstAt: 1, _id: 1 })
    .limit(AT_A_TIME)
    .toArray()
  let joined = 0
  for (const question of fresh) {
    const others = await questions
      .find({ state: { $in: ['open', 'conference'] }, villageId: question.villageId, grouped: true })
      .sort({ lastAt: -1 })
      .limit(LOOKED_AT)
      .toArray()
    const at = await context.alike.find(
      question.question,
      others.map((other) => other.question),
    )
    const into = others[at]
    if (into) joined += (await join(context, question, into._id)) ? 1 : 0
    else await questions.updateOne({ _id: question._id }, { $set: { grouped: true } })
  }
  if (joined > 0) context.live.tell(OPEN_QUESTIONS)
  return joined
}

/** A handler says that two are one. @throws DomainError not_found */
export async function mergeQuestions(
  context: ConferenceContext,
  actor: AccountActor,
  id: Types.ObjectId,
  into: Types.ObjectId,
): Promise<void> {
  const { questions } = context.collections
  const found = await questions
    .find({ $and: [{ _id: { $in: [id, into] }, state: { $in: ['open', 'conference'] } }, questionFilter(actor)] })
    .toArray()
  const [one, other] = [id, into].map((wanted) => found.find(({ _id }) => _id.equals(wanted)))
  if (!one || !other || id.equals(into)) throw new DomainError('not_found', 404, '没有找到这个问题。')
  if (one.villageId !== other.villageId)
    throw new DomainError('question_villages_differ', 409, '两个问题不是同一个村的,不能合并。')
  await join(context, one, into)
  await context.audit({ event: 'question.merged', actor: actor.accountId, subject: into.toHexString() })
  context.live.tell(OPEN_QUESTIONS)
}

/** Its askers wait for the other's answer from now on. */
async function join(context: ConferenceContext, question: StoredQuestion, into: Types.ObjectId): Promise<boolean> {
  const { questions, askers } = context.collections
  const [id, target] = [question._id.toHexString(), into.toHexString()]
  return context.transaction(async (session) => {
    const wordings = [question.question, ...(question.wordings ?? [])]
    const written = await questions.updateOne(
      { _id: into, state: { $in: ['open', 'conference'] } },
      {
        $inc: { count: question.count },
        $max: { lastAt: question.lastAt },
        $push: { wordings: { $each: wordings, $slice: -MOST_WORDINGS } },
      },
      { session },
    )
    if (written.matchedCount !== 1) return false
    for (const asker of await askers.find({ questionId: question._id }, { session, promoteBuffers: true }).toArray()) {
      const contactId = context.vault.openText(asker.sealed, `asker:${id}`)
      await askers.updateOne(
        { questionId: into, contactKey: asker.contactKey },
        { $setOnInsert: { sealed: context.vault.seal(contactId, `asker:${target}`), at: asker.at } },
        { upsert: true, session },
      )
    }
    await askers.deleteMany({ questionId: question._id }, { session })
    await questions.deleteOne({ _id: question._id }, { session })
    return true
  })
}
