/** From a draft to a filed case, or to an addition to the case that it repeats. */
import type { Commit } from '../../conversation/index.ts'
import type { Reply } from '../../channels/index.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { CaseContext } from '../context.ts'
import { fileCase } from '../file-case.ts'
import { holderStep } from '../holder-steps.ts'
import { likeness } from '../likeness.ts'
import type { StoredCase } from '../model.ts'
import { replies } from '../replies.ts'
import { attachQuestioned, sameQuestioned } from '../questioned.ts'
import { openSeal } from '../seals.ts'
import { isUrgent, withoutSelf } from './draft.ts'
import type { Draft } from './draft.ts'
import { fieldTitle } from './replies.ts'

/** Cases that one contact may open in a day (Asia/Shanghai). */
export const CASES_A_DAY = 5
/** From this share of common pairs of characters on, it is the same matter told again. */
const SAME = 0.6
const LOOKED_AT = 20

export interface Finished {
  replies: Reply[]
  commit?: Commit
  caseId?: string
}

export async function countToday(context: CaseContext, contactId: string, now: Date): Promise<number> {
  const from = new Date(`${shanghaiDate(now)}T00:00:00+08:00`)
  return context.collections.reporters.countDocuments(
    { contactKey: context.contactKey(contactId), at: { $gte: from } },
    { limit: CASES_A_DAY + 1 },
  )
}

/** @param name given for a named report, as written; null: anonymous */
export async function finishDraft(
  context: CaseContext,
  draft: Draft,
  contactId: string,
  name: string | null,
  now: Date,
): Promise<Finished> {
  const { text, said } = withoutSelf(draft.text)
  const facts = (Object.entries(draft.answers) as [keyof Draft['answers'], string][]).map(([field, value]) => ({
    label: fieldTitle(field),
    value: withoutSelf(value).text,
  }))
  const repeated = await findRepeated(context, draft, text, contactId)
  if (repeated) {
    const known = openSeal(context.vault, repeated).openContent(repeated.content)
    const isNew = !known.text.includes(text) || draft.files.length > 0
    const commit = isNew
      ? await holderStep(context, repeated, 'supplement', now, { body: { text, fileIds: draft.files } })
      : null
    return { replies: [replies.joined()], ...(commit && { commit }), caseId: repeated._id.toHexString() }
  }
  const today = await countToday(context, contactId, now)
  if (today >= CASES_A_DAY) return { replies: [replies.tooManyToday(today)] }
  const identity = [name, ...said].filter(Boolean).join(' ')
  const filed = await fileCase(context, {
    kind: draft.kind,
    villageId: draft.villageId,
    contactId,
    text,
    facts,
    files: draft.files,
    ...(draft.questioned && { questioned: await attachQuestioned(context, draft.questioned) }),
    named: name !== null,
    ...(identity && { name: identity }),
    urgent: isUrgent(draft),
    at: now,
  })
  const { code, due, dueTitle, levelTitle: unit, proof, advice, alike, commit, caseId } = filed
  return {
    replies: [
      replies.receipt({ code, proof, unit, due, dueTitle, anonymous: name === null, now }),
      ...(alike > 0 ? [replies.alike(alike)] : []),
      ...(advice.length > 0 ? [replies.elsewhere(advice)] : []),
    ],
    commit,
    caseId,
  }
}

/** One's own open case of the same kind and village that tells the same. */
async function findRepeated(
  context: CaseContext,
  draft: Draft,
  text: string,
  contactId: string,
): Promise<StoredCase | null> {
  const { reporters, cases } = context.collections
  const own = await reporters
    .find({ contactKey: context.contactKey(contactId), open: true })
    .sort({ at: -1 })
    .limit(LOOKED_AT)
    .toArray()
  if (own.length === 0) return null
  const open = await cases
    .find(
      { _id: { $in: own.map(({ _id }) => _id) }, kind: draft.kind, villageId: draft.villageId },
      { promoteBuffers: true },
    )
    .toArray()
  return (
    open.find((stored) => {
      const known = openSeal(context.vault, stored).openContent(stored.content)
      return sameQuestioned(known.questioned, draft.questioned) ?? likeness(known.text, text) >= SAME
    }) ?? null
  )
}
