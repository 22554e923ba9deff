/** Files a case: routed, sealed, with its deadlines running. Registration on receipt: petition regulations art. 22; tips art. 14. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { CaseContext } from './context.ts'
import { giveToHandler } from './give-to-handler.ts'
import { clusterOf, findAlike, linkFirst } from './link-cases.ts'
import type {
  CaseSource,
  QuestionedAnswer,
  ReporterIdentity,
  StoredCase,
  StoredEntry,
  StoredReporter,
} from './model.ts'
import { dueFields, startTerms } from './procedures/terms.ts'
import { checkDigits, hashOfFiled, newReceiptToken, newSalt, signReceipt } from './receipts/sign-receipt.ts'
import { createReceiptCode } from './receipt-code.ts'
import { routeNewCase } from './route-new-case.ts'
import { heightOf } from './routing/levels.ts'
import type { CaseLevel } from './routing/levels.ts'
import type { CaseKind } from './schema.ts'
import { caseSeal } from './seals.ts'
import { systemEntry } from './take-step.ts'
import { hashWords, wordsOfContent } from './word-index.ts'

export interface NewCase {
  kind: CaseKind
  villageId: string | null
  /** Empty when it came by phone, letter or visit: then `reporterKey` tells who. */
  contactId: string
  reporterKey?: string
  /** The villager's own words. */
  text: string
  facts: { label: string; value: string }[]
  files: { id: string; mediaType: string | null }[]
  /** The answer that is doubted. */
  questioned?: QuestionedAnswer
  named: boolean
  /** Name and how to be reached, as written. */
  name?: string
  urgent?: boolean
  at: Date
  source?: CaseSource
  /** Filed by so many; art. 20: five speak for them at most. */
  joint?: { people: number; representatives: readonly string[] }
  /** Goes at least this high, and is kept from these: what follows from another case. */
  above?: { unit: string; level: CaseLevel; mayNotSee: readonly string[] }
}

export interface FiledCase {
  caseId: string
  /** Told to the villager once; stored only as a keyed hash. */
  code: string
  /** First due date, YYYY-MM-DD; null when the calendar is not known. */
  due: string | null
  /** What will have happened by then: 告知是否受理. */
  dueTitle: string
  levelTitle: string
  unit: string
  /** Link to the signed receipt, and the digits of the hash that stand beside it. */
  proof: { url: string; check: string }
  /** Where else to go with it, in whole sentences; to be told with the receipt. */
  advice: string[]
  /** Others who told the same before, as far as that may be said. */
  alike: number
  /** Writes it; may run more than once within a retried transaction. */
  commit(session: ClientSession): Promise<void>
}

/** Prepares the case and its receipt; nothing is stored until `commit` runs. */
export async function fileCase(context: CaseContext, input: NewCase): Promise<FiledCase> {
  const { vault, collections, calendar } = context
  const { routing, unit, advice } = await routeNewCase(context, input)
  const _id = new Types.ObjectId()
  const code = createReceiptCode()
  const { key, wrapped } = vault.newDataKey()
  const seal = caseSeal(vault, _id, key)
  const procedure = context.procedures[input.kind]
  const urgent = input.urgent ?? false
  const facts = { named: input.named, urgent, reviewRound: 0 }
  const deadlines = startTerms(procedure, 'filed', input.at, calendar, facts)
  const hashes = await context.files.hashes(input.files.map(({ id }) => id))
  const fileIds = input.files.map((file) => {
    const sha256 = hashes.get(file.id)
    return { ...file, ...(sha256 && { sha256 }) }
  })
  const content = {
    text: input.text,
    facts: input.facts,
    fileIds,
    ...(input.questioned && { questioned: input.questioned }),
    salt: newSalt(),
  }
  const filedHash = hashOfFiled(content)
  const token = newReceiptToken()
  const { accused, concerned, alsoNamed, core, mayHandle, reasons } = routing
  const alike = await findAlike(context, { ...input, accused, now: input.at })
  const cluster = clusterOf(alike)
  const lead = alike.find(({ assignee }) => assignee !== null)
  // One investigation: with whoever has the others, unless this one has to go above whom it concerns.
  const joins =
    lead !== undefined && (routing.concerned.length === 0 || heightOf(lead.level) >= heightOf(routing.level))
  const routed: StoredCase = {
    _id,
    codeHash: context.codeHash(code),
    kind: input.kind,
    villageId: input.villageId,
    state: 'filed',
    unit: joins ? lead.unit : unit.id,
    level: joins ? lead.level : routing.level,
    department: routing.department,
    urgent,
    named: input.named,
    dataKey: wrapped,
    content: seal.sealContent(content),
    routing: seal.sealRouting({ accused, concerned, alsoNamed, core, mayHandle, reasons }),
    mayNotSee: routing.mayNotSee,
    words: hashWords(vault, input.kind, wordsOfContent(content)),
    assignee: null,
    watchers: [],
    reviewRound: 0,
    source: input.source ?? 'channel',
    ...(cluster && { cluster }),
    ...(input.joint && {
      joint: { people: input.joint.people, representatives: input.joint.representatives.length },
    }),
    ...dueFields(deadlines),
    filedHash,
    receipt: signReceipt(vault, token, input.at, filedHash),
    version: 1,
    filedAt: input.at,
    updatedAt: input.at,
  }
  const giving = await giveToHandler(context, routed, input.at, { ...(lead?.assignee && { prefer: lead.assignee }) })
  const stored: StoredCase = { ...routed, ...giving.set }
  const entries: StoredEntry[] = [
    { _id: new Types.ObjectId(), caseId: _id, event: 'filed', by: 'reporter', at: input.at },
    systemEntry(_id, 'routed', input.at, routed.unit),
    ...giving.entries.map(({ event, to }) => systemEntry(_id, event, input.at, to)),
    ...(cluster ? [systemEntry(_id, 'linked', input.at)] : []),
  ]
  const reporter: StoredReporter = {
    _id,
    contactKey: input.reporterKey ?? context.contactKey(input.contactId),
    sealed: seal.sealReporter(identityOf(input)),
    open: true,
    at: input.at,
  }
  const organisation = await context.organisation()
  const first = procedure.deadlines.find(({ id }) => id === deadlines[0]?.id)
  return {
    caseId: _id.toHexString(),
    code,
    due: deadlines[0]?.due ?? null,
    dueTitle: first?.title ?? '',
    levelTitle: organisation.units.find(({ id }) => id === stored.unit)?.name ?? unit.title,
    unit: stored.unit,
    proof: { url: `${context.publicUrl}/receipt/${token}`, check: checkDigits(filedHash) },
    advice,
    // Who asks whether others accuse somebody too must not learn it from a receipt.
    alike: procedure.disciplineOnly ? 0 : alike.filter(({ mayNotSee }) => mayNotSee.length === 0).length,
    async commit(session) {
      await collections.cases.insertOne(stored, { session })
      await collections.reporters.insertOne(reporter, { session })
      await collections.entries.insertMany(entries, { session })
      if (cluster) await linkFirst(context, session, cluster, input.at)
      await context.audit(
        {
          event: 'case.filed',
          actor: input.contactId === '' ? 'system' : 'reporter',
          subject: _id.toHexString(),
          detail: { kind: input.kind, source: stored.source },
        },
        session,
      )
      context.tellSoon(_id.toHexString(), 'filed')
    },
  }
}

function identityOf({ contactId, named, name, joint }: NewCase): ReporterIdentity {
  const representatives = [...(joint?.representatives ?? [])]
  return { contactId, named, ...(name && { name }), ...(representatives.length > 0 && { representatives }) }
}
