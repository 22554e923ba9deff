/** The dialogue cases.intake: takes down what happened, asks for at most two things, shows it, files it. */
import type { Form, FormOutcome, Turn } from '../../conversation/index.ts'
import { deniesAnswer, doubtsSomeFigure, normalise, parseChoice, questionsFigure } from '../../conversation/index.ts'
import type { CaseContext } from '../context.ts'
import type { Ask } from '../procedures/index.ts'
import { findReceiptCode } from '../receipt-code.ts'
import { kindOfIntent } from '../routing/report-kind.ts'
import type { CaseKind } from '../schema.ts'
import { addFiles, addText, ask, fieldOf, hasSubstance, nextWaiting, takeAnswer, tells } from './draft.ts'
import type { Draft, Field } from './draft.ts'
import { finishDraft } from './finish.ts'
import {
  cutDirectSend,
  looksLikeIdentity,
  readMend,
  readWorry,
  saysAnonymous,
  saysDelete,
  saysGoOn,
  saysLeave,
  saysNamed,
  saysNotNow,
  saysNothing,
  saysSend,
  saysYes,
} from './read-words.ts'
import { intake, isMend } from './replies.ts'

export const INTAKE = 'cases.intake'

const ASKS_SOMETHING =
  /[??]\s*$|[吗么呢]\s*[??。]?$|多少|啥时候|什么时候|几[票个户次人天]|咋办|怎么办|咋弄|在哪办|几号|哪天|找谁|谁管/u
const SMALL_TALK = new Set(['talk.greeting', 'talk.help', 'talk.thanks', 'case.rate', 'talk.abuse'])
const LONGEST_ASIDE = 40

/** Chooses, sends, gives a name: nothing of the matter itself. */
const steersIt = (turn: Turn, text: string): boolean =>
  turn.understanding.slots.choice !== undefined ||
  parseChoice(text) !== null ||
  [saysAnonymous, saysNamed, saysSend, saysYes, saysNothing].some((says) => says(text))

/** A question in between, not an answer to ours. */
function isAside(turn: Turn, draft: Draft): boolean {
  const { understanding } = turn
  const code = understanding.intents[0]?.code ?? ''
  if ((turn.attachments.length > 0 && !turn.heard) || understanding.text.length > LONGEST_ASIDE) return false
  const spoken = findReceiptCode(turn.text)
  if (spoken && 'code' in spoken && draft.waiting !== 'name') return true
  // A digit while no digit was asked for: it answers something else that was asked.
  if (/^[123]$/.test(understanding.text.trim())) return draft.waiting !== 'confirm'
  if (!understanding.sure) return false
  if (SMALL_TALK.has(code)) return draft.waiting !== 'confirm' || !saysYes(understanding.text)
  return code.startsWith('ask.') && ASKS_SOMETHING.test(understanding.text)
}

export function intakeForm(context: CaseContext): Form {
  const file = async (turn: Turn, draft: Draft, name: string | null): Promise<FormOutcome> => {
    const finished = await finishDraft(context, draft, turn.contact.id, name, turn.now)
    return {
      replies: finished.replies,
      data: null,
      handled: true,
      ...(finished.commit && { commit: finished.commit }),
      ...(finished.caseId && { context: { caseId: finished.caseId } }),
    }
  }
  const goOn = (draft: Draft, turn: Turn, said: FormOutcome['replies'] = []): FormOutcome => {
    const next = ask(draft, nextWaiting(draft, turn.understanding.slots))
    return { replies: [...said, intake.question(next)], data: next, handled: true }
  }
  const stay = (draft: Draft, said: FormOutcome['replies']): FormOutcome => ({
    replies: [...said, intake.question(draft)],
    data: draft,
    handled: true,
  })

  async function step(turn: Turn, data: unknown): Promise<FormOutcome> {
    let draft = data as Draft
    const text = turn.understanding.text.trim()
    const aside: FormOutcome = { replies: [], data: draft, handled: false }
    if (draft.paused) {
      if (saysDelete(text)) return { replies: [intake.discarded()], data: null, handled: true }
      const reports = kindOfIntent(turn.understanding.intents[0]?.code ?? '')
      const generic = reports !== null && !hasSubstance(text)
      if (saysGoOn(text) || generic) return stay({ ...draft, paused: false }, [intake.resumed()])
      if (reports === null || !turn.understanding.sure || reports === 'help') return aside
      // Something else to report: what was left is replaced.
      draft = await startDraft(context, reports, turn)
      return goOn(draft, turn)
    }
    if (saysDelete(text) && draft.waiting !== 'name')
      return { replies: [intake.discarded()], data: null, handled: true }
    if (saysLeave(text)) return { replies: [intake.left()], data: { ...draft, paused: true }, handled: true }
    const worry = draft.waiting === 'name' ? null : readWorry(text)
    if (worry) return stay(draft, [intake.worry(worry, draft)])
    if (isAside(turn, draft)) return aside
    // A spoken “匿名提交” or name is no evidence: the voice would tell who it is.
    const steering = turn.heard && (draft.waiting === 'name' || (draft.waiting === 'confirm' && steersIt(turn, text)))
    const evidence = steering ? [] : turn.attachments
    draft = addFiles(draft, evidence)
    const unheard = !turn.heard && evidence.some(({ kind }) => kind === 'audio')
    const noted = evidence.length > 0 ? [unheard ? intake.voiceKept() : intake.noted(evidence.length)] : []
    if (text === '') {
      if (turn.attachments.length === 0) return stay(draft, [])
      return draft.waiting === 'evidence' ? goOn(draft, turn, noted) : stay(draft, noted)
    }
    const { waiting } = draft
    if (waiting === 'confirm') return confirm(turn, draft, text)
    if (waiting === 'name') {
      const declines = saysAnonymous(text) || saysNothing(text) || saysSend(text)
      // Anything else said here must not be taken for a name: nothing is filed on a misunderstanding.
      if (!declines && !looksLikeIdentity(text)) return stay(draft, [intake.notAName()])
      return file(turn, draft, declines ? null : turn.text.trim().slice(0, 200))
    }
    if (tells(draft) && saysSend(text) && !(waiting === 'evidence' && saysNothing(text))) return file(turn, draft, null)
    if (waiting === 'mend') return goOn(ask(mend(draft, null, turn.text), 'confirm'), turn, noted)
    if (isMend(waiting)) return goOn(mend(draft, waiting.slice(5) as Field, turn.text), turn, noted)
    if (waiting === 'what') {
      if (!draft.questioned) draft = { ...draft, ...doubtIn(turn) }
      if (draft.questioned && saysNothing(text)) return goOn(draft, turn, noted)
      const { text: said, direct } = cutDirectSend(turn.text)
      const reported = kindOfIntent(turn.understanding.intents[0]?.code ?? '')
      // Who asked for a person keeps it, unless it is an accusation.
      const known = turn.understanding.sure && reported !== null && reported !== 'help' && draft.kind !== 'help'
      const kind = (await context.accuses(said, draft.villageId)) ? 'tip' : known ? reported : draft.kind
      draft = addText({ ...draft, kind }, said)
      return direct && tells(draft) ? file(turn, draft, null) : goOn(draft, turn, noted)
    }
    return goOn(saysNothing(text) ? draft : takeAnswer(draft, waiting as Ask, turn.text), turn, noted)
  }

  async function confirm(turn: Turn, draft: Draft, text: string): Promise<FormOutcome> {
    if (saysNotNow(text)) return { replies: [intake.left()], data: { ...draft, paused: true }, handled: true }
    const choice = turn.understanding.slots.choice ?? parseChoice(text)
    if (saysNamed(text) || choice === 2)
      return { replies: [intake.askName(draft)], data: { ...draft, waiting: 'name' }, handled: true }
    if (choice === 1 || saysAnonymous(text) || saysSend(text) || saysYes(text)) return file(turn, draft, null)
    const change = readMend(turn.text.trim())
    if (change?.to) return stay(mend(draft, change.field ?? fieldOf(change.to), change.to), [])
    if (change) {
      const waiting = change.field ? (`mend-${change.field}` as const) : 'mend'
      return stay({ ...draft, waiting }, [])
    }
    // “没有” and the like add nothing.
    return stay(saysNothing(text) ? draft : addText(draft, turn.text), [])
  }

  return {
    name: INTAKE,
    step,
    steers: (text) => saysDelete(text) || saysLeave(text) || saysGoOn(text) || saysSend(text),
    prompt(data) {
      const draft = data as Draft
      if (draft.paused) return null
      return draft.waiting === 'confirm' ? intake.remind() : intake.question(draft)
    },
  }
}

function mend(draft: Draft, field: 'what' | Ask | null, to: string): Draft {
  const said = to
    .trim()
    .replace(/^是(?=\S)/u, '')
    .slice(0, 2000)
  if (field === 'what') return { ...draft, text: said, waiting: 'confirm' }
  if (field === null) return { ...addText(draft, said), waiting: 'confirm' }
  return { ...draft, answers: { ...draft.answers, [field]: said }, waiting: 'confirm' }
}

/** What the first message holds already. A doubt about what was answered last takes that answer along. */
export async function startDraft(context: CaseContext, kind: CaseKind, turn: Turn): Promise<Draft> {
  const { text } = cutDirectSend(turn.text)
  const empty: Draft = {
    kind: (await context.accuses(text, turn.villageId)) ? 'tip' : kind,
    villageId: turn.villageId,
    text: '',
    answers: {},
    files: [],
    asked: [],
    waiting: 'what',
    ...doubtIn(turn),
  }
  const draft = addText(addFiles(empty, turn.attachments), text)
  const { wanted } = turn.context.last ?? {}
  // “申请公开” right after something was not found asks for that.
  return draft.kind === 'disclosure' && wanted && !hasSubstance(draft.text, draft.kind)
    ? { ...draft, text: wanted }
    : draft
}

function doubtIn({ text, context }: Turn): Pick<Draft, 'doubts' | 'questioned'> {
  const answered = context.last?.answered
  const said = normalise(text)
  if (!answered) return doubtsSomeFigure(said) ? { doubts: true } : {}
  return questionsFigure(said) || deniesAnswer(said) ? { doubts: true, questioned: answered } : {}
}
