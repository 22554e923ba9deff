/** A folder as a village or a township hands it over → publications with their records, or every error in it. */
import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DomainError } from '../../infrastructure/errors.ts'
import { assignRecords, hashRecords } from './assign.ts'
import type { DraftPublication } from './assign.ts'
import type { DraftRecord } from './draft.ts'
import { isFields, listOf, parseYaml, splitFrontMatter, text } from './fields.ts'
import type { Fields } from './fields.ts'
import { readAssets, readContracts, readRoster, readSubsidies } from './read-assets.ts'
import { readBank, readDebts, readLedger } from './read-finance.ts'
import type { Read } from './read-finance.ts'
import { readProjects } from './read-projects.ts'
import { readTables } from './read-table.ts'
import type { RawTable } from './raw-table.ts'
import { readNegativeList, readPolicy, readPowers, readResponsibilities } from './read-township.ts'
import { readConferences, readParty, readResolutions } from './read-village-texts.ts'
import { importReplies } from './replies.ts'
import { shapes } from './shapes.ts'
import { readRows } from './table.ts'

/** @throws DomainError import_invalid: details hold one line for each problem, in Chinese, with file, row and column */
export async function readVillageFolder(folder: string): Promise<DraftPublication[]> {
  const files = new Set(await readdir(folder))
  const records: DraftRecord[] = []
  const errors: string[] = []
  const take = (read: Read): void => {
    for (const record of read.records) records.push(record)
    errors.push(...read.errors.map(({ line }) => line))
  }
  /** All tables of the first of these files that is there. */
  const tables = async (...stems: string[]): Promise<{ file: string; tables: RawTable[] } | null> => {
    for (const stem of stems) {
      for (const file of [`${stem}.xlsx`, `${stem}.csv`]) {
        if (files.has(file))
          return {
            file,
            tables: await guarded(errors, async () => readTables(file, await readFile(join(folder, file)))),
          }
      }
    }
    return null
  }
  const one = async (stem: string, read: (table: RawTable) => Read): Promise<void> => {
    const table = (await tables(stem))?.tables[0]
    if (table) take(read(table))
  }
  const ledgers = [...files].filter((file) => /^ledger.*\.(xlsx|csv)$/.test(file)).sort()
  const ledgerTables: RawTable[] = []
  for (const file of ledgers)
    ledgerTables.push(...(await guarded(errors, async () => readTables(file, await readFile(join(folder, file))))))
  take(readLedger(ledgerTables.filter(({ rows }) => rows.length > 0)))
  await one('bank', readBank)
  await one('debts', readDebts)
  await one('contracts', readContracts)
  await one('roster', readRoster)
  const projects = await tables('projects')
  if (projects) take(readProjects(projects.file, projects.tables))
  const assets = await tables('assets')
  if (assets) take(readAssets(assets.file, assets.tables))
  const subsidies = await tables('subsidies')
  if (subsidies) take(readSubsidies(subsidies.file, subsidies.tables))
  for (const [file, read] of [
    ['party.yaml', readParty],
    ['conference.yaml', readConferences],
  ] as const) {
    if (files.has(file)) records.push(...(await yaml(folder, file, errors, read)))
  }
  records.push(...readResolutions(await resolutionFields(folder, files, errors)))
  const published = (await tables('publications'))?.tables[0]
  if (!published) errors.push(importReplies.fileMissing('publications.csv'))
  const rows = published ? readRows(published, shapes.publications) : { rows: [], errors: [] }
  errors.push(...rows.errors.map(({ line }) => line))
  refuseIfAny(errors)
  return assignRecords(
    rows.rows.map(({ value }) => value),
    records,
  )
}

async function resolutionFields(
  folder: string,
  files: Set<string>,
  errors: string[],
): Promise<{ name: string; fields: Fields }[]> {
  if (files.has('resolutions.yaml')) {
    return yaml(folder, 'resolutions.yaml', errors, (value) =>
      listOf(value, '决议', 'resolutions', 'items').map((fields) => ({ name: 'resolutions.yaml', fields })),
    )
  }
  if (!files.has('resolutions')) return []
  const found: { name: string; fields: Fields }[] = []
  for (const name of (await readdir(join(folder, 'resolutions'))).filter((file) => file.endsWith('.md')).sort()) {
    const { head, body } = splitFrontMatter(name, await readFile(join(folder, 'resolutions', name)))
    found.push({ name, fields: { 内容: body.trim(), ...head } })
  }
  return found
}

/** The township's lists and policies; each file is one publication, each policy one of its own. */
export async function readTownshipFolder(folder: string): Promise<DraftPublication[]> {
  const files = new Set(await readdir(folder))
  const errors: string[] = []
  const publications: DraftPublication[] = []
  const lists = [
    ['powers.yaml', readPowers, '小微权力清单'],
    ['negative-list.yaml', readNegativeList, '负面清单'],
    ['responsibilities.yaml', readResponsibilities, '责任清单'],
  ] as const
  for (const [file, read, item] of lists) {
    if (!files.has(file)) continue
    let head: Fields = {}
    const records = await yaml(folder, file, errors, (value) => {
      head = isFields(value) ? value : {}
      return read(value)
    })
    publications.push(townshipPublication(item, text(head, 'publishedAt', '公布日期') || DEFAULT_PUBLISHED, records))
  }
  if (files.has('policies')) {
    for (const name of (await readdir(join(folder, 'policies'))).filter((file) => file.endsWith('.md')).sort()) {
      const { head, body } = await guardedOne(errors, async () =>
        splitFrontMatter(`policies/${name}`, await readFile(join(folder, 'policies', name))),
      )
      const record = readPolicy(basename(name), head, body)
      const { title } = record.data as { title: string }
      if (!title) errors.push(importReplies.field(`policies/${name}`, 'title', importReplies.expected.text))
      // Without a date of publication a policy is a draft.
      publications.push(townshipPublication(`政策解答:${record.recordId}`, record.date, [record]))
    }
  }
  refuseIfAny(errors)
  return publications
}

/** Lists that do not say when they were published are taken as published with the township's file. */
const DEFAULT_PUBLISHED = ''

function townshipPublication(item: string, publishedAt: string, records: DraftRecord[]): DraftPublication {
  const [publication] = assignRecords(
    [{ class: '清单', item, period: '', dueAt: '', publishedAt, checkedBy: '', way: '', version: 1, note: '' }],
    [],
  )
  return { ...publication!, kinds: [...new Set(records.map(({ kind }) => kind))], records, hash: hashRecords(records) }
}

async function yaml<T>(folder: string, file: string, errors: string[], read: (value: unknown) => T[]): Promise<T[]> {
  return guarded(errors, async () => read(parseYaml(file, await readFile(join(folder, file)))))
}

async function guarded<T>(errors: string[], work: () => Promise<T[]>): Promise<T[]> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError) || !Array.isArray(error.details)) throw error
    errors.push(...error.details.map(String))
    return []
  }
}

async function guardedOne(
  errors: string[],
  work: () => Promise<{ head: Fields; body: string }>,
): Promise<{ head: Fields; body: string }> {
  return (await guarded(errors, async () => [await work()]))[0] ?? { head: {}, body: '' }
}

function refuseIfAny(errors: string[]): void {
  if (errors.length > 0) throw new DomainError('import_invalid', 400, importReplies.refused(errors.length), errors)
}
