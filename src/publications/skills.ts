/** The intents that published data answers. */
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Context, Skill, SkillOutcome, Slots, Turn } from '../conversation/index.ts'
import type { Answer, AskDeps, Memory, Office, Question, VillageName } from './answers/answer.ts'
import { toOutcome } from './answers/compose.ts'
import { sharedLength } from './answers/match-names.ts'
import { hearVillage } from './answers/village-ear.ts'
import { contentWords } from './answers/content-words.ts'
import { answerQuestion, isClaimedByAnother } from './answers/planner.ts'
import { clip } from './format.ts'

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
  'participate.commitment',
] as const

export interface SkillDeps extends AskDeps {
  villages(): Promise<(VillageName & { aliases?: string[] })[]>
  township(): Promise<VillageName>
  offices(): Promise<readonly Office[]>
  publicUrl: string
}

const SKILL = 'publications'
const isOurs = (code: string): boolean => ASK_INTENTS.some((intent) => code === intent || code.startsWith(`${intent}.`))
/** Leans on the last answer whatever else it says … */
const LEANS =
  /^(那|那么|还有|再说|另外|为啥这么|为什么这么|咋这么|怎么这么|明细|详细|具体|细说|更多|接着|继续|下一页|电话|号码|联系方式|办公时间)|[呢咧哩]$/
const POINTS_BACK = /((?<!其|吉)他(?!们)|她|那个|这个|那份|这份|那笔|这笔|它|他家|这事|那事|那家)/
const ALL_OF_IT = /(一共|总共|全部|都|全村|村里)/
const MAX_LEANING = 16
const WANTED = 80
/** From this length on a message tells more than it asks. Characters. */
const LONG = 16
const ASKS = /多少|几|谁|啥|什么|哪|咋|怎么|为何|[吗么不没]$|能不能|有没有|是不是|到底/
const OF_THE_VILLAGE = /(咱村|俺村|全村|村里|大队|账上).{0,8}(花|收|支|剩|余|钱)|总共花|一共花/
/** Records and characters that are kept of an answer. */
const MAX_QUESTIONED = 300
const MAX_ASKED = 120

export function publicationSkills(deps: SkillDeps): Skill[] {
  return [{ name: SKILL, intents: ASK_INTENTS, inGroup: true, answer: async (turn) => answerTurn(turn, deps) }]
}

async function answerTurn(turn: Turn, deps: SkillDeps): Promise<SkillOutcome> {
  const { question, answer } = await bestReading(turn, deps)
  const outcome = toOutcome(answer, turn.contact.form, deps.publicUrl)
  const last: NonNullable<Context['last']> = {
    intent: turn.segment.intent,
    slots: question.slots,
    ...(turn.villageId && { villageId: turn.villageId }),
    at: turn.now,
    sources: outcome.replies.flatMap((reply) => reply.card?.sources ?? []),
    ...(answer.unanswered && { wanted: clip(turn.segment.text, WANTED) }),
    ...(answer.memory?.op === 'name' && { expects: 'name' as const }),
    ...answeredFrom(turn, question, answer),
    ...(answer.memory && { more: { skill: SKILL, cursor: rememberedAbout(answer) } }),
  }
  return { ...outcome, context: { last } }
}

/** The message as it stands; the part of a long one that asks; and with what the last answer adds: the first that is answered in all its words. */
async function bestReading(turn: Turn, deps: SkillDeps): Promise<{ question: Question; answer: Answer }> {
  const core = askingPart(turn.segment.text)
  const readings: { question: Question; answer: Answer }[] = []
  const read = async (question: Question): Promise<Answer> => {
    const answer = await answerQuestion(question, deps)
    readings.push({ question, answer })
    return answer
  }
  const whole = await toQuestion(turn, deps)
  if ((await read(whole)).certain) return readings[0]!
  if (core !== null && (await read(await toQuestion(turn, deps, { text: core }))).certain) return readings.at(-1)!
  const short = plain(turn.segment.text).length <= MAX_LEANING
  if (short && whole.memory === null && heldOf(turn) !== null && !ALL_OF_IT.test(whole.text))
    await read(await toQuestion(turn, deps, { leaning: true }))
  const answered = readings.filter(({ answer }) => !answer.unanswered)
  // Nothing of its own was named: then it leans on what was said, or the part that asks is all there is.
  const named = contentWords(whole.text).length > 0 && !readings[0]!.answer.unanswered
  return (named ? answered[0] : answered.at(-1)) ?? readings[0]!
}

/** Of a long message the clauses from the first that asks something; null when that is all of it, or names nothing by itself. */
function askingPart(text: string): string | null {
  if (text.length < LONG) return null
  const clauses = text.split(/[\s,,。;;!!??~…]+/u).filter(Boolean)
  const first = clauses.findIndex((clause) => ASKS.test(clause))
  if (first <= 0) return null
  const part = clauses.slice(first).join(' ')
  return contentWords(part).length > 0 || OF_THE_VILLAGE.test(part) ? part : null
}

const heldOf = ({ context }: Turn): Memory | null =>
  context.last?.more?.skill === SKILL ? (context.last.more.cursor as Memory) : null

/** Kept so that “这账不对” can be taken up: what rests on publications can be questioned, that nothing is in them too. */
function answeredFrom(turn: Turn, question: Question, answer: Answer): Pick<NonNullable<Context['last']>, 'answered'> {
  const recordIds = [...new Set(answer.cites.flatMap((cite) => cite.recordIds))].slice(0, MAX_QUESTIONED)
  const publicationIds = [...new Set(answer.cites.flatMap(({ publications }) => publications.map(({ _id }) => _id)))]
  if (publicationIds.length === 0) return {}
  const before = question.memory ? turn.context.last?.answered?.question : undefined
  const asked = clip(turn.segment.text, MAX_ASKED)
  return {
    answered: {
      // 那前年呢 says little without what it leans on.
      question: before ? clip(`${before};${asked}`, 2 * MAX_ASKED) : asked,
      answer: clip(answer.lead, 2 * MAX_ASKED),
      publicationIds: publicationIds.slice(0, MAX_QUESTIONED),
      recordIds,
    },
  }
}

/** The name of what was spoken of, so that “那个合同” finds it. */
function rememberedAbout(answer: Answer): Memory {
  const memory = answer.memory!
  return { ...memory, about: memory.about ?? memory.topic ?? answer.card?.title }
}

/** What is asked, with what the last answer adds when the question leans on it. */
export async function toQuestion(
  turn: Turn,
  deps: SkillDeps,
  reading: { text?: string; leaning?: boolean } = {},
): Promise<Question> {
  const { segment } = turn
  const villages = await deps.villages()
  // 石桥的呢 speaks of the village, not of the 石桥涵洞.
  const typed = plain(reading.text ?? segment.text)
  const words = turn.villageId ? hearVillage(typed, await deps.catalogues.village(turn.villageId)) : typed
  const text = withoutNames(words, villages)
  const held = heldOf(turn)
  const fresh = freshPart(turn)
  const township = await deps.township()
  const build = async (intent: string, slots: Slots, villageId: string | null): Promise<Question> => {
    const village = villages.find(({ id }) => id === villageId) ?? { id: '', name: township.name }
    const others = /(俺|咱|我们?)(们)?(村|庄)/.test(words)
      ? [turn.contact.villageId, slots.village, ...(slots.villages ?? [])]
      : slots.villages
    const every = /(三个村|各个?村|每个村|几个村)/.test(words)
    const compared = every ? villages.map(({ id }) => id) : [...new Set(others ?? [])]
    const named = compared.flatMap((id) => villages.find((each) => each.id === id) ?? [])
    return {
      text,
      intent,
      slots,
      village,
      villages: named.length > 1 ? named : [village],
      period: slots.period ?? null,
      periods: slots.periods ?? (slots.period ? [slots.period] : []),
      today: shanghaiDate(turn.now),
      form: turn.contact.form,
      memory: null,
      names: await deps.catalogues.village(village.id),
      township: await deps.catalogues.township(),
      offices: await deps.offices(),
    }
  }
  const own = await build(
    fresh?.intent ?? segment.intent,
    fresh?.slots ?? segment.slots,
    fresh
      ? (fresh.slots.village ?? (turn.group ? turn.villageId : (turn.contact.villageId ?? turn.villageId)))
      : turn.villageId,
  )
  if (held === null || !(reading.leaning || leans(text, own, held))) return own
  const merged = { ...withoutSubject(segment.slots), ...(fresh && onlySubject(fresh.slots)) }
  const about =
    (reading.leaning || POINTS_BACK.test(text)) && held.about
      ? { asset: held.about, project: held.about, ...merged }
      : merged
  return { ...(await build(segment.intent, about, turn.villageId)), memory: held }
}

function leans(text: string, own: Question, held: Memory): boolean {
  if (text.length > MAX_LEANING) return false
  if (POINTS_BACK.test(text) || LEANS.test(text)) return true
  if (held.op === 'name' && /^[\u4e00-\u9fff]{2,4}$/u.test(text)) return true
  // … or names nothing of its own: 多少钱 · 谁批的 · 啥时候完.
  return contentWords(text).length === 0 && !ALL_OF_IT.test(text) && !isClaimedByAnother(own, held)
}

function withoutNames(text: string, villages: readonly (VillageName & { aliases?: string[] })[]): string {
  const names = villages.flatMap(({ name, aliases = [] }) => [name, ...aliases]).filter((name) => name.length >= 2)
  return names
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(`${name}村`, '').replaceAll(name, ''), text)
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** Intent and slots of these words alone, without what the engine carried over; null when the words are of an earlier message. */
function freshPart({ segment, understanding }: Turn): { intent: string; slots: Slots } | null {
  const part = understanding.segments.find(({ text }) => plain(text) === plain(segment.text))
  if (!part && plain(understanding.text) !== plain(segment.text)) return null
  const slots = believable({ ...understanding.slots, ...part?.slots }, plain(segment.text))
  const best = part?.intent.code ?? understanding.intents[0]?.code
  return { intent: understanding.sure && best !== undefined && isOurs(best) ? best : segment.intent, slots }
}

/** A name is believed when the text holds part of it: a guess from afar would answer about another thing. */
function believable(slots: Slots, text: string): Slots {
  const kept = { ...slots }
  for (const slot of ['project', 'asset', 'subsidy', 'procedure'] as const) {
    if (kept[slot] !== undefined && sharedLength(text, kept[slot]) < 2) delete kept[slot]
  }
  return kept
}

const SUBJECTS = ['project', 'asset', 'subsidy', 'person', 'procedure', 'topic', 'role', 'household'] as const

function withoutSubject(slots: Slots): Slots {
  const kept = { ...slots }
  for (const slot of SUBJECTS) delete kept[slot]
  return kept
}

function onlySubject(slots: Slots): Slots {
  return Object.fromEntries(SUBJECTS.flatMap((slot) => (slots[slot] === undefined ? [] : [[slot, slots[slot]]])))
}
