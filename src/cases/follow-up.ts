/** After a named tip has closed: does anybody retaliate? Asked at 30, 90 and 180 days; a yes opens an urgent case above the unit. */
import type { ClientSession } from 'mongoose'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { CaseContext } from './context.ts'
import { fileCase } from './file-case.ts'
import type { Commit } from './holder-steps.ts'
import type { StoredCase, StoredFollowUp } from './model.ts'
import { replies } from './replies.ts'
import { keptFromBelow, unitAbove } from './routing/climb.ts'
import { openSeal } from './seals.ts'
import { systemEntry, tellReporter } from './take-step.ts'

const BATCH = 100
/** An answer counts for so long; later a digit means something else. */
const ANSWER_MS = 14 * 86_400_000

/** Asks whoever is due today or was due while nobody ran. Several days missed are one question. */
export async function askFollowUps(context: CaseContext): Promise<number> {
  const now = context.clock.now()
  const today = shanghaiDate(now)
  const due = await context.collections.cases
    .find({ nextFollowUp: { $lte: today }, state: 'closed' }, { promoteBuffers: true })
    .limit(BATCH)
    .toArray()
  let asked = 0
  for (const stored of due) {
    const followUps = (stored.followUps ?? []).map((one): StoredFollowUp =>
      one.on <= today && !one.askedAt ? { ...one, askedAt: now } : one,
    )
    const nextFollowUp = followUps.find(({ askedAt }) => !askedAt)?.on ?? null
    const days = followUps.findLast(({ askedAt }) => askedAt)?.day ?? 0
    const { _id, version } = stored
    const done = await context.transaction(async (session) => {
      const written = await context.collections.cases.updateOne(
        { _id, version },
        { $set: { followUps, nextFollowUp, version: version + 1 } },
        { session },
      )
      if (written.modifiedCount !== 1) return false
      await context.collections.entries.insertOne(systemEntry(_id, 'followed-up', now), { session })
      await context.collections.reporters.updateOne({ _id }, { $set: { followUpAskedAt: now } }, { session })
      await tellReporter(context, session, stored, replies.followUp(days))
      return true
    })
    if (done) asked += 1
  }
  return asked
}

/** The case whose follow-up this contact was asked last and has not answered, when it was asked after `since`. */
export async function findAsked(
  context: CaseContext,
  contactId: string,
  now: Date,
): Promise<{ stored: StoredCase; askedAt: Date } | null> {
  const from = new Date(now.getTime() - ANSWER_MS)
  const [reporter] = await context.collections.reporters
    .find({ contactKey: context.contactKey(contactId), followUpAskedAt: { $gte: from } })
    .sort({ followUpAskedAt: -1 })
    .limit(1)
    .toArray()
  if (!reporter?.followUpAskedAt) return null
  const stored = await context.collections.cases.findOne({ _id: reporter._id }, { promoteBuffers: true })
  return stored ? { stored, askedAt: reporter.followUpAskedAt } : null
}

const NONE = /^(?:1|一|没有?|没得|没啥|没事|无|挺好|都好|好着呢|不曾|还好)(?:了|的|啊|呢|吧)*[。.!!]?$/u
const SOME =
  /^(?:2|二|有|有的|有人)[。.!!]?$|报复|难为|刁难|穿小鞋|威胁|恐吓|停(?:了)?(?:我|俺)|卡(?:我|俺)|骂|打(?:我|俺)/u

export function readFollowUp(text: string): 'no' | 'yes' | null {
  const plain = text.normalize('NFKC').trim()
  if (NONE.test(plain)) return 'no'
  return SOME.test(plain) ? 'yes' : null
}

/** @returns what is to be written; a yes files an urgent case, above the unit that handled the first */
export async function answerFollowUp(
  context: CaseContext,
  stored: StoredCase,
  answer: 'no' | 'yes',
  words: string,
  contactId: string,
  now: Date,
): Promise<{ commit: Commit; code: string | null; unit: string | null; caseId: string | null }> {
  const { _id } = stored
  const followUps = [...(stored.followUps ?? [])]
  const at = followUps.findLastIndex(({ askedAt, answer: given }) => askedAt && !given)
  if (at >= 0) followUps[at] = { ...followUps[at]!, answer }
  const filed = answer === 'yes' ? await fileRetaliation(context, stored, words, contactId, now) : null
  const commit = async (session: ClientSession): Promise<void> => {
    await context.collections.cases.updateOne({ _id }, { $set: { followUps } }, { session })
    await context.collections.reporters.updateOne({ _id }, { $unset: { followUpAskedAt: '' } }, { session })
    await context.audit(
      { event: 'case.followed-up', actor: 'reporter', subject: _id.toHexString(), detail: { answer } },
      session,
    )
    await filed?.commit(session)
  }
  return { commit, code: filed?.code ?? null, unit: filed?.levelTitle ?? null, caseId: filed?.caseId ?? null }
}

async function fileRetaliation(
  context: CaseContext,
  stored: StoredCase,
  words: string,
  contactId: string,
  now: Date,
): ReturnType<typeof fileCase> {
  const organisation = await context.organisation()
  const above = unitAbove(organisation, stored)
  const seal = openSeal(context.vault, stored)
  const first = seal.openContent(stored.content).text
  const reporter = await context.collections.reporters.findOne({ _id: stored._id }, { promoteBuffers: true })
  const name = reporter && seal.openReporter(reporter.sealed).name
  return fileCase(context, {
    kind: stored.kind,
    villageId: stored.villageId,
    contactId,
    text: replies.retaliation(words, first),
    facts: [],
    files: [],
    named: stored.named,
    ...(name && { name }),
    urgent: true,
    at: now,
    source: 'follow-up',
    ...(above && {
      above: {
        unit: above.unit,
        level: above.level,
        mayNotSee: [
          ...stored.mayNotSee,
          ...keptFromBelow(organisation, stored.kind, above.level),
          // The unit that handled the first is asked about, not asked.
          ...organisation.officials.filter(({ unit }) => unit === stored.unit).map(({ id }) => id),
        ],
      },
    }),
  })
}
