/** Short messages that lean on the last answer: “那前年呢”, “李家洼的呢”, “明细”, “那个合同啥时候到期”. */
import type { Context } from './skill.ts'
import type { Slots, Understanding } from './understand/index.ts'

/** Longer messages stand on their own. */
const MAX_FOLLOW_UP = 16

const LEANS =
  /^(那|那么|哪(?=.{1,6}[呢咧哩]$)|还有|再|另外|为啥|为什么|咋这么|怎么这么|明细|详细|具体|细说|更多|接着|下一页|还有吗|然后)|[呢咧哩]$/

/** Asks for more of the last answer and can mean nothing else, whatever it was taken for. */
const MORE = /^(那)?(看|要)?(明细|详细(点|的)?|更多|还有(呢|吗|没)?|再来点?|接着(说|来)?|下一页)[呢吧吗]?$/

/** Points back at something spoken of. */
const POINTS_BACK = /(那个|这个|那份|这份|那笔|这笔|它|他家|这事|那事)/

/** Slots that say what it was about; a new one replaces an old one. */
const SUBJECT: (keyof Slots)[] = ['project', 'asset', 'subsidy', 'person', 'procedure', 'topic', 'role']

/**
 * @returns the last question with what is new in this one, or null when the message stands on its own
 */
export function followUp(
  understanding: Understanding,
  context: Context,
): { intent: string; confidence: number; slots: Slots } | null {
  const { last } = context
  if (!last || understanding.text.length > MAX_FOLLOW_UP) return null
  const best = understanding.intents[0]
  const pointsBack = POINTS_BACK.test(understanding.text)
  const leans =
    LEANS.test(understanding.text) || (last.expects === 'name' && /^[\u4e00-\u9fff]{2,4}$/u.test(understanding.text))
  if (!leans && !pointsBack) return null
  const asksAnew = understanding.sure && best?.code.startsWith('ask.') === true
  // A sure question of another kind keeps its own intent and borrows only what it points back at.
  const more = MORE.test(understanding.text)
  if (understanding.sure && !asksAnew && !leans && !more) return null
  if (!more && understanding.sure && best && /^(report|case|urgent|refuse|talk\.(stop|human|abuse))/.test(best.code))
    return null
  const fresh = understanding.slots
  const namesSubject = SUBJECT.some((slot) => slot !== 'topic' && fresh[slot] !== undefined)
  const kept = namesSubject ? withoutSubject(last.slots) : last.slots
  const fromText: Slots = { ...fresh }
  // What is left over of “那前年呢” is no topic.
  if (!pointsBack && !namesSubject && last.slots.topic !== undefined && isRemainder(fresh.topic)) delete fromText.topic
  const intent = asksAnew && best && (pointsBack || namesSubject) ? best.code : last.intent
  return {
    intent,
    confidence: Math.max(best?.confidence ?? 0, 0.6),
    slots: { ...kept, ...(last.villageId && !fresh.village && { village: last.villageId }), ...fromText },
  }
}

function withoutSubject(slots: Slots): Slots {
  const kept = { ...slots }
  for (const slot of SUBJECT) delete kept[slot]
  return kept
}

function isRemainder(topic: string | undefined): boolean {
  return topic === undefined || topic.length <= 2
}
