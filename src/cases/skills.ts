/** What cases answers in a conversation: starting to report, and everything that the holder of a receipt may ask. */
import { answerAlarm } from './alarms/take-alarm.ts'
import type { Skill, SkillOutcome, Turn } from '../conversation/index.ts'
import { parseChoice } from '../conversation/index.ts'
import type { CaseContext } from './context.ts'
import { contestOutcome } from './contest-outcome.ts'
import { findOwnCase, findUnrated } from './find-own-case.ts'
import type { OwnCase } from './find-own-case.ts'
import { answerFollowUp, findAsked, readFollowUp } from './follow-up.ts'
import { pairChannel } from './handler-desk.ts'
import { holderStep, mayHolder, wasUrgedToday } from './holder-steps.ts'
import { ask, nextWaiting, tells } from './intake/draft.ts'
import { CASES_A_DAY, countToday, finishDraft } from './intake/finish.ts'
import { INTAKE, startDraft } from './intake/form.ts'
import { cutDirectSend } from './intake/read-words.ts'
import { intake } from './intake/replies.ts'
import type { StoredCase } from './model.ts'
import { PROCEDURES, stateTitle } from './procedures/index.ts'
import { findReceiptCode } from './receipt-code.ts'
import { replies } from './replies.ts'
import { KIND_OF_INTENT, kindOfIntent } from './routing/report-kind.ts'
import { sayStatus } from './say-status.ts'
import { readScore, withoutCode } from './read-score.ts'

/** From this length on it is more than “撤了吧”. Characters. */
const TELLS = 10
const ADDS = /^\s*(?:我|俺)?(?:再|还|想|要|得|给)*补充/u

export function caseSkills(context: CaseContext): Skill[] {
  const own = async (turn: Turn): Promise<OwnCase> =>
    findOwnCase(context, {
      contactId: turn.contact.id,
      origin: turn.contact.origin,
      text: turn.text,
      ...(turn.context.caseId && { contextCaseId: turn.context.caseId }),
      now: turn.now,
    })

  /** Answers about one case, or says why there is none to speak of. */
  const about =
    (answer: (turn: Turn, stored: StoredCase) => Promise<SkillOutcome> | SkillOutcome) =>
    async (turn: Turn): Promise<SkillOutcome> => {
      const which = await own(turn)
      if ('missing' in which) {
        if (which.missing === 'unknown') return { replies: [replies.codeUnknown(which.left)], commit: which.commit }
        if (which.missing === 'locked') return { replies: [replies.codeLocked()] }
        if (which.missing === 'mistyped') return { replies: [replies.codeMistyped()] }
        return { replies: [replies.whichCase()] }
      }
      const outcome = await answer(turn, which.found)
      return { ...outcome, context: { caseId: which.found._id.toHexString(), ...outcome.context } }
    }

  const supplement = about(async (turn, stored) => {
    const said = withoutCode(turn.text)
    if (said === '' && turn.attachments.length === 0) return { replies: [replies.supplementAsk()] }
    const fileIds = turn.attachments.map(({ fileId, mediaType }) => ({ id: fileId, mediaType }))
    const commit = await holderStep(context, stored, 'supplement', turn.now, {
      body: { text: said || turn.text, fileIds },
    })
    if (!commit) return { replies: [replies.cannotWithdraw(stateTitle(stored.kind, stored.state))] }
    return { replies: [replies.supplemented(fileIds.length)], commit }
  })

  const report = async (turn: Turn): Promise<SkillOutcome> => {
    // “补充 …” or a receipt code: more on what was filed, however much like a new report it sounds.
    const adds = ADDS.test(turn.text) || findReceiptCode(turn.text) !== null
    if (adds && 'found' in (await own(turn))) return supplement(turn)
    const kind = kindOfIntent(turn.segment.intent) ?? 'petition'
    const today = await countToday(context, turn.contact.id, turn.now)
    const draft = await startDraft(context, kind, turn)
    if (today >= CASES_A_DAY && !tells(draft)) return { replies: [replies.tooManyToday(today)] }
    if (cutDirectSend(turn.text).direct && tells(draft)) {
      const { caseId, ...finished } = await finishDraft(context, draft, turn.contact.id, null, turn.now)
      return { ...finished, ...(caseId && { context: { caseId } }) }
    }
    const asking = ask(draft, nextWaiting(draft, turn.understanding.slots))
    return { replies: [intake.question(asking)], form: { name: INTAKE, data: asking } }
  }

  const urge = about(async (turn, stored) => {
    if (!mayHolder(stored, 'urge')) return { replies: [replies.urgedClosed()] }
    if (await wasUrgedToday(context, stored, turn.now)) return { replies: [replies.urgedAlready()] }
    const commit = await holderStep(context, stored, 'urge', turn.now, { body: { text: turn.text } })
    return { replies: [replies.urged()], ...(commit && { commit }) }
  })

  const withdrawOwn = about(async (turn, stored) => {
    if (!mayHolder(stored, 'withdraw'))
      return { replies: [replies.cannotWithdraw(stateTitle(stored.kind, stored.state))] }
    const code = findReceiptCode(turn.text)
    const certain = code !== null && 'code' in code
    if (!certain) return { replies: [replies.withdrawAsk(PROCEDURES[stored.kind].title)] }
    const commit = await holderStep(context, stored, 'withdraw', turn.now)
    const said = PROCEDURES[stored.kind].disciplineOnly ? replies.withdrawnTip() : replies.withdrawn()
    return { replies: [said], ...(commit && { commit }) }
  })

  /** “站牌撤了”: who has nothing to withdraw is telling something. */
  const withdraw = async (turn: Turn): Promise<SkillOutcome> => {
    const which = await own(turn)
    const tells = 'missing' in which && which.missing === 'none' && turn.understanding.text.length >= TELLS
    return tells ? report(turn) : withdrawOwn(turn)
  }

  const rateCase = async (turn: Turn, stored: StoredCase): Promise<SkillOutcome> => {
    const score = readScore(turn.text, parseChoice(withoutCode(turn.text)))
    const commit = score && (await holderStep(context, stored, 'rate', turn.now, { score, body: { text: turn.text } }))
    // A code alone asks how far it is; praise for what is not closed yet changes nothing.
    if (!score) return sayStatus(context, stored, turn.now)
    if (!commit) return { replies: [replies.rateAsk()] }
    return { replies: [replies.rated(score)], commit, context: { caseId: stored._id.toHexString() } }
  }

  /** A digit or a word that answers “解决了吗”. Without such a question open it is not for us. */
  const rate = async (turn: Turn): Promise<SkillOutcome> => {
    if (findReceiptCode(turn.text)) return about(rateCase)(turn)
    const alarm = parseChoice(turn.text) === 1 ? await answerAlarm(context, turn.contact.id, turn.now) : null
    if (alarm) return { replies: [alarm.reply], ...(alarm.commit && { commit: alarm.commit }) }
    const answered = await followUp(turn)
    if (answered) return answered
    const asked = await findUnrated(context, turn.contact.id)
    return asked ? rateCase(turn, asked) : { replies: [replies.noRatingOpen()] }
  }

  const review = about(async (turn, stored) => {
    const { reply, commit } = await contestOutcome(context, stored, turn.text, turn.now)
    return { replies: [reply], ...(commit && { commit }) }
  })

  /** The answer to “does anybody make your life hard”, when that was asked last. */
  const followUp = async (turn: Turn): Promise<SkillOutcome | null> => {
    const asked = await findAsked(context, turn.contact.id, turn.now)
    const answer = asked && readFollowUp(withoutCode(turn.text))
    if (!asked || !answer) return null
    const done = await answerFollowUp(context, asked.stored, answer, turn.text, turn.contact.id, turn.now)
    if (!done.code || !done.unit) return { replies: [replies.followUpNo()], commit: done.commit }
    return {
      replies: [replies.followUpYes(done.code, done.unit)],
      commit: done.commit,
      ...(done.caseId && { context: { caseId: done.caseId } }),
    }
  }

  const status = async (turn: Turn): Promise<SkillOutcome> => {
    if (await pairChannel(context, turn.text, turn.contact.id, turn.now)) return { replies: [replies.paired()] }
    return about(async (one, stored) => sayStatus(context, stored, one.now))(turn)
  }

  return [
    { name: 'cases.report', intents: Object.keys(KIND_OF_INTENT), answer: report },
    {
      name: 'cases.status',
      intents: ['ask.case-status'],
      answer: status,
    },
    { name: 'cases.supplement', intents: ['case.supplement'], answer: supplement },
    { name: 'cases.urge', intents: ['case.urge'], answer: urge },
    { name: 'cases.withdraw', intents: ['case.withdraw'], answer: withdraw },
    { name: 'cases.rate', intents: ['case.rate', 'talk.choose'], answer: rate },
    { name: 'cases.review', intents: ['case.review'], answer: review },
    {
      name: 'cases.clearance',
      intents: ['clearance.request'],
      answer: async () => ({ replies: [replies.clearanceNoted()] }),
    },
  ]
}
