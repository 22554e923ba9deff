/** Loads the sample township (or the folder named by --from) into MongoDB: organisation, then lists and policies, then each village. Loading again changes nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { DomainError } from '../src/infrastructure/errors.ts'
import { loadFolder } from './support/load-folder.ts'
import { createPublicationsHere } from './support/publications-here.ts'

const { values } = parseArgs({
  options: { from: { type: 'string', default: 'knowledge' }, 'if-empty': { type: 'boolean', default: false } },
})

const here = await createPublicationsHere()
const { demoAccounts, close, connection } = here
try {
  if (values['if-empty'] && (await connection.collection('publications').findOne({})) !== null) {
    console.log('资料已经在库里,不再导入。')
  } else {
    await loadFolder(here, values.from, report)
    const people = await readFile(join(values.from, 'demo-accounts.yaml'), 'utf8').catch(() => null)
    if (people !== null) console.log(`演示账号${await demoAccounts.load(parse(people))}个`)
  }
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error([error.shown, ...(Array.isArray(error.details) ? error.details.map(String) : [])].join('\n'))
  process.exitCode = 1
} finally {
  await close()
}

function report(
  what: string,
  {
    records,
    drafts,
    added,
    changed,
    unchanged,
  }: { records: number; drafts: number; added: number; changed: number; unchanged: number },
): void {
  console.log(`${what}:记录${records}条(未公布${drafts}条),新增公布${added}项,更正${changed}项,没变${unchanged}项`)
}
