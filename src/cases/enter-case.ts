/** A handler enters what came by phone, letter or visit: registered the same way, with the same receipt. Petition regulations art. 19, 20, 22. */
import { Types } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { fileCase } from './file-case.ts'
import { holderStep } from './holder-steps.ts'
import { withoutSelf } from './intake/draft.ts'
import { sameMatter } from './likeness.ts'
import type { StoredCase } from './model.ts'
import { seesCase } from './policy.ts'
import type { CaseKind, EnterCase, EnteredCase } from './schema.ts'
import { openSeal } from './seals.ts'

const LOOKED_AT = 20
const MASK = '〔已密封〕'

export async function enterCase(context: CaseContext, actor: AccountActor, input: EnterCase): Promise<EnteredCase> {
  const now = context.clock.now()
  const at = input.at ? new Date(input.at) : now
  if (at > now) throw new DomainError('entered_in_future', 400, '收到的时间不能晚于现在。')
  const organisation = await context.organisation()
  if (input.villageId !== null && !organisation.villages.some(({ id }) => id === input.villageId))
    throw new DomainError('village_unknown', 400, '没有这个村。')
  // An accusation goes where tips go, whatever it was taken for at the desk.
  const kind: CaseKind = (await context.accuses(input.text, input.villageId)) ? 'tip' : input.kind
  const { text, said } = withoutSelf(masked(input.text, [input.name, input.phone, ...(input.representatives ?? [])]))
  const identity = [input.name, input.phone, ...said].filter(Boolean).join(' ')
  const digits = input.phone?.replaceAll(/\D/g, '') ?? ''
  // Known again by the telephone number only; without one each stands for itself.
  const reporterKey = context.contactKey(
    digits === '' ? `entered:${new Types.ObjectId().toHexString()}` : `phone:${digits}`,
  )
  const repeated = digits === '' ? null : await findRepeated(context, reporterKey, kind, input.villageId, text)
  if (repeated) {
    const commit = await holderStep(context, repeated, 'supplement', now, { body: { text } })
    if (commit) {
      await context.transaction(commit)
      return { ...NOTHING, joined: true, caseId: seesCase(actor, repeated) ? repeated._id.toHexString() : null }
    }
  }
  const filed = await fileCase(context, {
    kind,
    villageId: input.villageId,
    contactId: '',
    reporterKey,
    text,
    facts: [],
    files: [],
    named: Boolean(input.name),
    ...(identity && { name: identity }),
    at,
    source: input.source,
    urgent: input.urgent ?? false,
    ...((input.people ?? 1) > 1 || (input.representatives ?? []).length > 0
      ? {
          joint: {
            people: input.people ?? input.representatives!.length,
            representatives: input.representatives ?? [],
          },
        }
      : {}),
  })
  await context.transaction(async (session) => {
    await filed.commit(session)
    await context.audit({ event: 'case.entered', actor: actor.accountId, subject: filed.caseId }, session)
  })
  const stored = await context.collections.cases.findOne({ _id: new Types.ObjectId(filed.caseId) })
  const { code, levelTitle: unitName, due, dueTitle, advice } = filed
  const sees = stored !== null && seesCase(actor, stored)
  return { code, unitName, due, dueTitle, advice, joined: false, caseId: sees ? filed.caseId : null }
}

const NOTHING: EnteredCase = {
  code: '',
  unitName: '',
  due: null,
  dueTitle: '',
  advice: [],
  joined: false,
  caseId: null,
}

/** What is known of the person stands in the sealed identity, not in the text. */
function masked(text: string, known: readonly (string | undefined)[]): string {
  return known.reduce<string>((rest, one) => (one && one.length > 1 ? rest.replaceAll(one, MASK) : rest), text)
}

async function findRepeated(
  context: CaseContext,
  contactKey: string,
  kind: CaseKind,
  villageId: string | null,
  text: string,
): Promise<StoredCase | null> {
  const { reporters, cases } = context.collections
  const own = await reporters.find({ contactKey, open: true }).sort({ at: -1 }).limit(LOOKED_AT).toArray()
  const open = await cases
    .find({ _id: { $in: own.map(({ _id }) => _id) }, kind, villageId }, { promoteBuffers: true })
    .toArray()
  return (
    open.find((stored) => sameMatter(openSeal(context.vault, stored).openContent(stored.content).text, text)) ?? null
  )
}
