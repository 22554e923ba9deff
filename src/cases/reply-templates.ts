/** Beginnings of replies for one case, with what is known filled in. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { getCase } from './list-cases.ts'
import { readsCase } from './policy.ts'
import { PROCEDURES } from './procedures/index.ts'
import { console as words, replies } from './replies.ts'
import { LEVEL_TITLES } from './routing/levels.ts'
import type { ReplyTemplates } from './schema.ts'
import { PLACE } from './template-file.ts'
import type { Place } from './template-file.ts'

/** Those for this case, with what is known filled in. The receipt code is not: it is the villager's and kept as a hash. */
export async function listTemplates(context: CaseContext, actor: Actor, id: string): Promise<ReplyTemplates> {
  const stored = await getCase(context, actor, id)
  if (!readsCase(actor, stored)) return { items: [] }
  const now = context.clock.now()
  const { units } = await context.organisation()
  const known: Record<Place, string> = {
    今天: replies.day(shanghaiDate(now), now),
    收到日期: replies.day(shanghaiDate(stored.filedAt), now),
    期限: stored.nextDue ? replies.day(stored.nextDue, now) : words.toFillIn,
    单位: units.find((unit) => unit.id === stored.unit)?.name ?? LEVEL_TITLES[stored.level],
    类别: PROCEDURES[stored.kind].title,
  }
  return {
    items: (await context.templates())
      .filter(({ kinds }) => !kinds || kinds.includes(stored.kind))
      .map(({ name, step, text }) => ({
        name,
        step,
        text: text.replaceAll(PLACE, (_, place: Place) => known[place]),
      })),
  }
}
