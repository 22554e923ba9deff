/** What a handler has answered once is known: who asks the same is told, with who said it and when. */
import type { Reply } from '../channels/index.ts'
import type { ConferenceContext } from './context.ts'
import { replies } from './replies.ts'

/** Older answers may no longer hold. */
const DAYS = 180
const LOOKED_AT = 500

/** @returns null when nobody has answered this */
export async function knownAnswer(
  context: ConferenceContext,
  question: string,
  villageId: string | null,
): Promise<Reply | null> {
  const since = new Date(context.clock.now().getTime() - DAYS * 86_400_000)
  const answered = await context.collections.questions
    .find({ state: 'answered', villageId: { $in: [villageId, null] }, 'answer.at': { $gte: since } })
    .sort({ lastAt: -1 })
    .limit(LOOKED_AT)
    .toArray()
  const asked = answered.flatMap((stored) =>
    [stored.question, ...(stored.wordings ?? [])].map((text) => ({ stored, text })),
  )
  const at = await context.alike.find(
    question,
    asked.map(({ text }) => text),
  )
  const answer = asked[at]?.stored.answer
  return answer ? replies.known(answer.text, answer.byName, answer.at) : null
}
