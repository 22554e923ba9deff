/** A file or a pasted table, read, placed and compared with what is published. Nothing is written. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { Services } from '../../infrastructure/services.ts'
import { fault } from '../import/fault.ts'
import type { Fault } from '../import/fault.ts'
import { KINDS } from '../import/kinds.ts'
import type { ImportKind, KindRule } from '../import/kinds.ts'
import type { Read } from '../import/read-finance.ts'
import { isMinutes } from '../import/read-minutes.ts'
import { refusedFile } from '../import/limits.ts'
import { readPasted, readTables } from '../import/read-table.ts'
import { importReplies } from '../import/replies.ts'
import type { MaskedCell } from '../import/table.ts'
import { publicationModels } from '../model.ts'
import type { StoredPublication, StoredRecord } from '../records.ts'
import { arrangeParts } from './arrange-parts.ts'
import type { ArrangedPart, Known } from './arrange-parts.ts'
import { titleOf } from './record-words.ts'
import { submissionReplies as say } from './replies.ts'

export interface SubmissionInput {
  villageId: string
  kind: ImportKind
  /** A file, or a pasted table. */
  file: { name: string; bytes: Buffer } | null
  text: string
  /** For registers: 2026Q4. Empty for the one that stands. */
  period: string
  /** Empty: as the kind has it. */
  missing: 'keep' | 'remove' | ''
}

export interface ReadSubmission {
  fileName: string
  errors: Fault[]
  notes: string[]
  masked: MaskedCell[]
  parts: ArrangedPart[]
  /** Publications that the file has as they are published. */
  unchanged: number
}

/** In one go: signing turns them over in one transaction, those that they replace included. */
const MAX_RECORDS = 5000

/** @throws DomainError import_invalid when the file is not taken at all; what is wrong in it is told in `errors` */
export async function readSubmission(
  services: Pick<Services, 'connection' | 'clock'>,
  input: SubmissionInput,
): Promise<ReadSubmission> {
  const rule = KINDS[input.kind]
  if (!input.file && input.text.trim() === '') throw new DomainError('import_invalid', 400, say.needFile)
  const fileName = input.file?.name ?? importReplies.pasted
  const { records, errors, notes, masked } = await readInput(rule, input)
  const result: ReadSubmission = { fileName, errors: [...errors], notes, masked, parts: [], unchanged: 0 }
  if (records.length > MAX_RECORDS) throw refusedFile(importReplies.tooManyRecords(MAX_RECORDS))
  if (records.length === 0 && errors.length === 0) result.errors.push(fault(say.empty))
  const seen = new Set<string>()
  for (const record of records) {
    const id = `${record.kind}#${record.recordId}`
    if (seen.has(id) && errors.length === 0) result.errors.push(fault(say.twice(titleOf(record))))
    seen.add(id)
  }
  if (result.errors.length > 0) return result
  const known = await readKnown(services, input.villageId, input.kind, records)
  const { parts, unchanged, unplaced } = arrangeParts(rule, records, known, {
    ...(input.period && { period: input.period }),
    missing: input.missing || rule.missing,
    today: shanghaiDate(services.clock.now()),
  })
  result.errors.push(...unplaced.map((batch) => fault(say.unplaced(batch))))
  return { ...result, parts: result.errors.length > 0 ? [] : parts, unchanged }
}

async function readInput(rule: KindRule, { file, text }: SubmissionInput): Promise<Read> {
  if (!file) return rule.read([readPasted(text)])
  return rule.readDocument && isMinutes(file.name)
    ? rule.readDocument(file.name, file.bytes)
    : rule.read(await readTables(file.name, file.bytes))
}

async function readKnown(
  { connection }: Pick<Services, 'connection'>,
  villageId: string,
  kind: ImportKind,
  given: readonly { date: string }[],
): Promise<Known> {
  const models = publicationModels(connection)
  const all = await models.publications
    .find({ villageId, state: { $in: ['draft', 'checked', 'published'] } })
    .sort({ version: -1 })
    .lean<StoredPublication[]>()
  const newest = new Map<string, StoredPublication>()
  for (const each of all)
    if (!newest.has(`${each.item}|${each.period}`)) newest.set(`${each.item}|${each.period}`, each)
  const publications = [...newest.values()]
  const { records: kinds, falls } = KINDS[kind]
  if (falls === 'standing') {
    const all = publications
      .filter((each) => each.kinds.some((one) => kinds.includes(one)))
      .flatMap((each) => each.kinds)
    const standing = { villageId, kind: { $in: [...new Set([...all, ...kinds])] }, state: 'published' as const }
    return { publications, records: await models.records.find(standing).lean<StoredRecord[]>() }
  }
  // A publication may hold other kinds too (a batch beside its list): they stay in the new version.
  const dates = given.map(({ date }) => date).sort()
  const meets = ({ from, to }: StoredPublication): boolean => from <= dates.at(-1)! && (to === '' || to >= dates[0]!)
  const of = publications.filter(
    (each) => each.state === 'published' && each.kinds.some((one) => kinds.includes(one)) && meets(each),
  )
  const records = await models.records
    .find({ publicationId: { $in: of.map(({ _id }) => _id) }, state: 'published' })
    .lean<StoredRecord[]>()
  return { publications, records }
}
