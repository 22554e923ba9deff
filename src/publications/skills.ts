/** The intents that published data answers. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Context, Skill, SkillOutcome, Turn } from '../conversation/index.ts'
import type { Answer, AskDeps, Memory, Question, VillageName } from './answers/answer.ts'
import { toOutcome } from './answers/compose.ts'
import { answerQuestion } from './answers/planner.ts'

export const ASK_INTENTS = [
  'ask.finance',
  'ask.project',
  'ask.asset',
  'ask.subsidy',
  'ask.party',
  'ask.affairs',
  'ask.power',
  'ask.procedure',
  'ask.people',
  'ask.conference',
  'ask.policy',
  'ask.education',
] as const

export interface SkillDeps extends AskDeps {
  villages(): Promise<VillageName[]>
  township(): Promise<VillageName>
  publicUrl: string
}

const SKILL = 'publications'
const LEANS = /^(那|那么|哪|还有|再|另外|为啥|为什么|咋这么|怎么这么|明细|详细|具体|细说|更多|接着|继续|下一页|然后|都有谁|多少钱|谁)|[呢咧哩]$/
const POINTS_BACK = /(那个|这个|那份|这份|那笔|这笔|它|他家|这事|那事|那家)/
const MAX_LEANING = 16

export function publicationSkills(deps: SkillDeps): Skill[] {
  return [{ name: SKILL, intents: ASK_INTENTS, inGroup: true, answer: async (turn) => answerTurn(turn, deps) }]
}

async function answerTurn(turn: Turn, deps: SkillDeps): Promise<SkillOutcome> {
  const question = await toQuestion(turn, deps)
  const answer = await answerQuestion(question, deps)
  const outcome = toOutcome(answer, turn.contact.form, deps.publicUrl)
  const last: NonNullable<Context['last']> = {
    intent: turn.segment.intent,
    slots: question.slots,
    ...(turn.villageId && { villageId: turn.villageId }),
    at: turn.now,
    sources: outcome.replies.flatMap((reply) => reply.card?.sources ?? []),
    ...(answer.memory && { more: { skill: SKILL, cursor: rememberedAbout(answer) } }),
  }
  return { ...outcome, context: { last } }
}

/** The name of what was spoken of, so that “那个合同” finds it. */
function rememberedAbout(answer: Answer): Memory {
  const memory = answer.memory!
  return { ...memory, about: memory.about ?? memory.topic ?? answer.card?.title }
}

export async function toQuestion(turn: Turn, deps: SkillDeps): Promise<Question> {
  const { segment, villageId, context } = turn
  const villages = await deps.villages()
  const township = await deps.township()
  const village = villages.find(({ id }) => id === villageId) ?? { id: '', name: township.name }
  const text = segment.text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
  const held = context.last?.more?.skill === SKILL ? (context.last.more.cursor as Memory) : null
  const pointsBack = POINTS_BACK.test(text)
  const leans = held !== null && text.length <= MAX_LEANING && (pointsBack || LEANS.test(text) || turn.understanding.followUp === true)
  const slots = { ...segment.slots }
  if (leans && pointsBack && held.about) {
    slots.asset ??= held.about
    slots.project ??= held.about
  }
  const named = (slots.villages ?? []).flatMap((id) => villages.find((each) => each.id === id) ?? [])
  return {
    text,
    intent: segment.intent,
    slots,
    village,
    villages: named.length > 1 ? named : [village],
    period: slots.period ?? null,
    periods: slots.periods ?? (slots.period ? [slots.period] : []),
    today: shanghaiDate(turn.now),
    form: turn.contact.form,
    memory: leans ? held : null,
    tokens: turn.understanding.tokens,
    names: await deps.catalogues.village(village.id),
    township: await deps.catalogues.township(),
  }
}
