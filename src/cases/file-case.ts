/** Files a case: routed, sealed, with its deadlines running. Registration on receipt: petition regulations art. 22; tips art. 14. */
import { Types } from 'mongoose'
import type { ClientSession } from 'mongoose'
import type { CaseContext } from './context.ts'
import type { StoredCase, StoredEntry, StoredReporter } from './model.ts'
import { PROCEDURES } from './procedures/index.ts'
import { nextDue, startTerms } from './procedures/terms.ts'
import { checkDigits, hashOfFiled, newReceiptToken, newSalt, signReceipt } from './receipts/sign-receipt.ts'
import { createReceiptCode } from './receipt-code.ts'
import { unitFor } from './routing/find-unit.ts'
import { routeReport } from './routing/route-report.ts'
import type { CaseKind } from './schema.ts'
import { caseSeal } from './seals.ts'

export interface NewCase {
  kind: CaseKind
  villageId: string | null
  contactId: string
  /** The villager's own words. */
  text: string
  facts: { label: string; value: string }[]
  files: { id: string; mediaType: string | null }[]
  named: boolean
  /** Name and how to be reached, as written. */
  name?: string
  urgent?: boolean
  at: Date
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
  /** Writes it; may run more than once within a retried transaction. */
  commit(session: ClientSession): Promise<void>
}

/** Prepares the case and its receipt; nothing is stored until `commit` runs. */
export async function fileCase(context: CaseContext, input: NewCase): Promise<FiledCase> {
  const { vault, collections, calendar } = context
  const organisation = await context.organisation()
  const routing = routeReport(organisation, {
    text: [input.text, ...input.facts.map(({ value }) => value)].join('\n'),
    village: input.villageId,
    kind: input.kind,
    departments: context.understander.classifyDepartment(input.text),
  })
  const unit = unitFor(organisation, routing, input.villageId)
  const _id = new Types.ObjectId()
  const code = createReceiptCode()
  const { key, wrapped } = vault.newDataKey()
  const seal = caseSeal(vault, _id, key)
  const procedure = PROCEDURES[input.kind]
  const deadlines = startTerms(procedure, 'filed', input.at, calendar, [], input.named)
  const hashes = await context.files.hashes(input.files.map(({ id }) => id))
  const fileIds = input.files.map((file) => {
    const sha256 = hashes.get(file.id)
    return { ...file, ...(sha256 && { sha256 }) }
  })
  const content = { text: input.text, facts: input.facts, fileIds, salt: newSalt() }
  const filedHash = hashOfFiled(content)
  const token = newReceiptToken()
  const { accused, concerned, alsoNamed, core, mayHandle, mayNotSee, reasons, level, department } = routing
  const stored: StoredCase = {
    _id,
    codeHash: context.codeHash(code),
    kind: input.kind,
    villageId: input.villageId,
    state: 'filed',
    unit: unit.id,
    level,
    department,
    urgent: input.urgent ?? false,
    named: input.named,
    dataKey: wrapped,
    content: seal.sealContent(content),
    routing: seal.sealRouting({ accused, concerned, alsoNamed, core, mayHandle, reasons }),
    mayNotSee,
    assignee: null,
    deadlines,
    nextDue: nextDue(deadlines),
    filedHash,
    receipt: signReceipt(vault, token, input.at, filedHash),
    version: 1,
    filedAt: input.at,
    updatedAt: input.at,
  }
  const { contactId, named, name } = input
  const reporter: StoredReporter = {
    _id,
    contactKey: context.contactKey(contactId),
    sealed: seal.sealReporter({ contactId, named, ...(name && { name }) }),
    open: true,
    at: input.at,
  }
  const entries: StoredEntry[] = [
    { _id: new Types.ObjectId(), caseId: _id, event: 'filed', by: 'reporter', at: input.at },
    { _id: new Types.ObjectId(), caseId: _id, event: 'routed', by: 'system', at: input.at, to: unit.id },
  ]
  const first = procedure.deadlines.find(({ id }) => id === deadlines[0]?.id)
  return {
    caseId: _id.toHexString(),
    code,
    due: deadlines[0]?.due ?? null,
    dueTitle: first?.title ?? '',
    levelTitle: unit.title,
    unit: unit.id,
    proof: { url: `${context.publicUrl}/receipt/${token}`, check: checkDigits(filedHash) },
    async commit(session) {
      await collections.cases.insertOne(stored, { session })
      await collections.reporters.insertOne(reporter, { session })
      await collections.entries.insertMany(entries, { session })
      await context.audit(
        { event: 'case.filed', actor: 'reporter', subject: _id.toHexString(), detail: { kind: input.kind } },
        session,
      )
      context.tellSoon(_id.toHexString(), 'filed')
    },
  }
}
