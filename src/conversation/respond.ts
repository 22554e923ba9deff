/** One turn: what was said and what is remembered in; replies, writes and what to remember out. Touches no store itself. */
import type { Reply } from '../channels/index.ts'
import { doubtOf } from './doubt.ts'
import { followUp } from './follow-up.ts'
import { titleOf } from './intent-titles.ts'
import { ownReply } from './own-skills.ts'
import { replies } from './replies.ts'
import type { Skill, Turn } from './skill.ts'
import type { RespondDeps, RespondInput, Response, Unanswered } from './turn.ts'
import { parseChoice } from './understand/index.ts'
import type { Slots } from './understand/index.ts'
import { MISTAKEN, asksRecord, isForeign, likeliest, mayAskOnly, saysMissed, worthAnswering } from './weigh.ts'

/** Questions about a village's own records, and reports, need to know which village. */
const NEEDS_VILLAGE = /^(ask\.(finance|project|asset|subsidy|party|affairs|people|conference)|report\.|participate\.)/

/** Said by these, a form that is open has no say. */
const ABOVE_FORMS = new Set(['urgent.safety', 'refuse.injection', 'refuse.privacy', 'talk.stop'])

/** Words without a matter of their own. */
const SMALL = /^talk\.(deny|confirm|choose|greeting|thanks|other)/

const MAX_SEGMENTS = 3
const MAX_CHOICES = 3

/** The skill for a code, or for the code above it: ask.finance.balance → ask.finance. */
export function skillFor(skills: readonly Skill[], code: string): Skill | null {
  for (let at = code; at; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const skill = skills.find(({ intents }) => intents.includes(at))
    if (skill) return skill
  }
  return null
}

/** One turn; what was heard of a voice message is said back first, so that a wrong ear is noticed. */
export async function respond(input: RespondInput, deps: RespondDeps): Promise<Response> {
  const response = await answer(input, deps)
  const [first, ...rest] = response.replies
  if (input.incoming.voice !== 'heard' || !first) return response
  const said = replies.heard(input.incoming.text)
  return { ...response, replies: [{ ...first, text: `${said}\n${first.text}` }, ...rest] }
}

async function answer(input: RespondInput, deps: RespondDeps): Promise<Response> {
  const { incoming, person, group, now } = input
  const state = structuredClone(input.state)
  const response: Response = { replies: [], state, commits: [], unanswered: [], outcomes: [] }
  const ways = await deps.ways()
  if (incoming.dropped) return say(response, replies.groupAccusation(ways))

  const files = incoming.attachments.filter(
    ({ kind, mediaType }) => kind !== 'image' || mediaType?.startsWith('image/'),
  )
  const notices = [
    ...(files.length < incoming.attachments.length ? [replies.notAPhoto()] : []),
    ...(incoming.refused ? [replies.fileRefused()] : []),
    ...(incoming.cut ? [replies.tooLong()] : []),
  ]
  const homeVillage = group?.villageId ?? person.villageId
  const vocabulary = await deps.vocabulary(homeVillage)
  const understanding = await deps.understander.consider(incoming.text, {
    now,
    vocabulary,
    expecting: state.choosing ? 'choice' : state.form ? 'free' : undefined,
  })
  response.understanding = understanding
  // Signs alone say nothing; words in other letters we cannot read. A picture sign may still be a thank-you.
  const empty = !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(incoming.text)
  const foreign = isForeign(incoming.text)
  // What is answered now: this message, or the earlier one for which something was asked back.
  let spoken = incoming.text
  const turnFor = (intent: string, confidence: number, slots: Slots, text: string): Turn => ({
    now,
    text: spoken,
    attachments: [...(state.photos?.files ?? []), ...files],
    understanding,
    segment: { text, intent, confidence, slots },
    contact: person,
    villageId: slots.village ?? homeVillage,
    ...(incoming.voice === 'heard' && { heard: true as const }),
    group: group && { roomId: group.roomId },
    context: state.context,
  })

  if (understanding.danger) {
    response.danger = true
    return say(response, replies.danger(understanding.text, ways))
  }
  const best = understanding.intents[0] ?? { code: 'talk.other', confidence: 0 }

  // A form that is open hears first, unless what was said outranks it.
  const form = deps.forms.find(({ name }) => name === state.form?.name)
  const steers = form?.steers?.(understanding.text) ?? false
  if (state.form && !group && (steers || !(understanding.sure && ABOVE_FORMS.has(best.code)))) {
    if (form) {
      const turn = turnFor(best.code, best.confidence, understanding.slots, understanding.text)
      const step = await form.step({ ...turn, attachments: files }, state.form.data)
      if (step.handled) {
        if (step.commit) response.commits.push(step.commit)
        Object.assign(state.context, step.context)
        if (step.data === null) delete state.form
        else state.form = { ...state.form, data: step.data }
        return say(response, ...notices, ...step.replies)
      }
      const { data } = state.form
      await answerSegments()
      // Another dialogue has begun: its own question has been asked.
      if (state.form.data !== data) return response
      const prompt = form.prompt(state.form.data)
      return prompt ? say(response, { ...prompt, text: `${replies.aside().text}${prompt.text}` }) : response
    }
    delete state.form
  }

  if (empty) return say(response, ...notices, ...answerEmpty())
  if (foreign) return say(response, ...notices, ...(group?.overheard ? [] : [replies.onlyChinese()]))
  response.replies.push(...notices)
  await answerSegments()
  return response

  /** Nothing to read: photos are kept for what will be said next; anything else is told kindly. */
  function answerEmpty(): Reply[] {
    if (files.length > 0) {
      const kept = [...(state.photos?.files ?? []), ...files].slice(-20)
      state.photos = { files: kept, at: now.toISOString() }
      if (files.some(({ kind }) => kind === 'audio'))
        return [incoming.voice === 'unclear' ? replies.voiceUnclear() : replies.voice()]
      return [
        files.every(({ kind }) => kind === 'image') ? replies.photosKept(kept.length) : replies.filesKept(kept.length),
      ]
    }
    if (notices.length > 0 || group?.overheard) return []
    return [incoming.text.trim() === '' ? replies.empty() : replies.notText()]
  }

  async function answerSegments(): Promise<void> {
    const chosen = state.choosing ? parseChoice(understanding.text) : null
    const option = chosen === null ? undefined : state.choosing?.options[chosen - 1]
    if (state.choosing && option) {
      const { text } = state.choosing
      delete state.choosing
      spoken = text
      const again = await deps.understander.consider(text, { now, vocabulary })
      return answerOne(option.code, 1, again.slots, text)
    }
    delete state.choosing
    if (takeBadRating()) return
    if (state.awaitingVillage) {
      const { text } = state.awaitingVillage
      const villages = await deps.villages()
      const number = parseChoice(understanding.text)
      const village =
        villages.find(
          ({ id, name, aliases }) =>
            id === understanding.slots.village ||
            [name, ...aliases].some((called) => understanding.text.includes(called)),
        ) ?? (number === null ? undefined : villages[number - 1])
      // 啊 and 没有 name no village: what was said waits on. Anything else takes its place.
      if (village || !SMALL.test(best.code)) delete state.awaitingVillage
      if (village) {
        response.villageId = village.id
        spoken = text
        const again = await deps.understander.consider(text, { now, vocabulary: await deps.vocabulary(village.id) })
        const intent = again.intents[0]
        if (intent) return answerOne(intent.code, intent.confidence, { ...again.slots, village: village.id }, text)
      }
    }
    const doubt = doubtOf(understanding, state.context)
    if (doubt && skillFor(deps.skills, doubt))
      return answerOne(doubt, best.confidence, understanding.slots, understanding.text)
    const follow = followUp(understanding, state.context)
    if (follow) return answerOne(follow.intent, follow.confidence, follow.slots, understanding.text)
    if (!understanding.sure) return answerUnsure()
    state.puzzled = false
    if (understanding.slots.village && !homeVillage) response.villageId = understanding.slots.village
    for (const segment of worthAnswering(understanding.segments).slice(0, MAX_SEGMENTS)) {
      await answerOne(
        segment.intent.code,
        segment.intent.confidence,
        { ...understanding.slots, ...segment.slots },
        segment.text,
      )
      // A form has begun, or the village is not known: the rest waits for that.
      if (state.form || state.awaitingVillage) break
    }
  }

  async function answerOne(code: string, confidence: number, slots: Slots, text: string): Promise<void> {
    if (MISTAKEN.test(code) && asksRecord(text) && (await answerFromRecords(slots, text))) return
    if (mayAskOnly(code, text) && (await answerFromRecords(slots, text))) {
      if (!group) response.replies.push(replies.orReport())
      return
    }
    const skill = skillFor(deps.skills, code)
    if (!skill) {
      const own = await ownReply(code, slots, { ways, homeVillage, villages: deps.villages, state })
      response.replies.push(...own.replies)
      if (own.villageId) response.villageId = own.villageId
      if (own.optedOut !== undefined) response.optedOut = own.optedOut
      return
    }
    if (group && !skill.inGroup) {
      if (!group.overheard) response.replies.push(replies.groupPrivate(ways))
      return
    }
    const villageId = slots.village ?? homeVillage ?? response.villageId ?? null
    if (!villageId && NEEDS_VILLAGE.test(code)) {
      const villages = await deps.villages()
      state.awaitingVillage = { text: incoming.text }
      response.replies.push(replies.whichVillage(villages.map(({ name }) => name)))
      return
    }
    const outcome = await skill.answer({ ...turnFor(code, confidence, slots, text), villageId })
    response.outcomes.push({ intent: code, confidence, slots, outcome })
    if (outcome.commit) response.commits.push(outcome.commit)
    if (outcome.unanswered) {
      if (group?.overheard) return
      const entry = { question: text, intent: code, villageId, reason: outcome.unanswered.reason }
      if (await saidBefore(entry)) return
    }
    response.replies.push(...outcome.replies)
    if (outcome.form && !group) {
      state.form = { ...outcome.form, since: now.toISOString() }
      delete state.photos
    }
    Object.assign(state.context, outcome.context)
    if (code.startsWith('ask.') && !outcome.context?.last) {
      const sources = outcome.replies.flatMap((reply) => reply.card?.sources ?? [])
      state.context.last = {
        intent: code,
        slots: { ...slots, ...(slots.village && { village: slots.village }) },
        villageId: villageId ?? undefined,
        at: now,
        sources,
      }
    }
  }

  /** What the records do not hold, somebody may have answered: that is said. Otherwise it is kept for who can. */
  async function saidBefore(entry: Unanswered): Promise<boolean> {
    const known = (await deps.known?.(entry.question, entry.villageId)) ?? null
    if (known) response.replies.push(known)
    else response.unanswered.push(entry)
    return known !== null
  }

  /** “答非所问”: the question that was answered so goes to somebody who can do better. Said once; the next message stands on its own. */
  function takeBadRating(): boolean {
    const { last } = state.context
    const question = last?.answered?.question ?? last?.wanted
    if (group || !last || question === undefined || !saysMissed(understanding.text)) return false
    response.unanswered.push({
      question,
      intent: last.intent,
      villageId: last.villageId ?? null,
      reason: 'badly-rated',
    })
    response.replies.push(replies.missed())
    delete state.context.last
    return true
  }

  /** A question that the records answer in all its words is answered, whatever its intent was taken for. */
  async function answerFromRecords(slots: Slots, text: string): Promise<boolean> {
    const code = understanding.intents.find((intent) => intent.code.startsWith('ask.'))?.code ?? 'ask.affairs'
    const skill = skillFor(deps.skills, code)
    const villageId = slots.village ?? homeVillage
    if (!skill || !villageId || (group && !skill.inGroup)) return false
    const outcome = await skill.answer({ ...turnFor(code, best.confidence, slots, text), villageId })
    if (!outcome.certain) return false
    response.outcomes.push({ intent: code, confidence: best.confidence, slots, outcome })
    response.replies.push(...outcome.replies)
    Object.assign(state.context, outcome.context)
    state.puzzled = false
    return true
  }

  /** Not sure: offer two or three meanings once; the second time in a row it goes to the open questions. */
  async function answerUnsure(): Promise<void> {
    if (group?.overheard) return
    const options = understanding.intents
      .filter(
        ({ code, confidence }) => confidence > 0.08 && titleOf(code) !== null && skillFor(deps.skills, code) !== null,
      )
      .slice(0, MAX_CHOICES)
      .map(({ code }) => ({ code, title: titleOf(code) ?? code }))
    if (asksRecord(understanding.text) && (await answerFromRecords(understanding.slots, understanding.text))) return
    const likely = likeliest(understanding.intents, understanding.text)
    if (likely && !group) return answerOne(likely.code, likely.confidence, understanding.slots, understanding.text)
    if (options.length < 2 || state.puzzled || group) {
      state.puzzled = false
      if (best.code === 'talk.other' || best.code.startsWith('talk.')) {
        response.replies.push(replies.outOfScope())
        return
      }
      if (options[0] && best.confidence > 0.3)
        return answerOne(best.code, best.confidence, understanding.slots, understanding.text)
      const question = incoming.text
      if (await saidBefore({ question, intent: best.code, villageId: homeVillage, reason: 'not-understood' })) return
      response.replies.push(replies.notUnderstood())
      return
    }
    state.puzzled = true
    state.choosing = { text: incoming.text, options }
    response.replies.push(replies.choose(options.map(({ title }) => title)))
  }
}

function say(response: Response, ...said: Reply[]): Response {
  response.replies.push(...said)
  return response
}
