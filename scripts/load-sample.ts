/** Loads the sample township (or the folder named by --from) into MongoDB: organisation, then lists and policies, then each village. Loading again changes nothing. */
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { DomainError } from '../src/infrastructure/errors.ts'
import { createPublicationsHere } from './support/publications-here.ts'

const { values } = parseArgs({
  options: { from: { type: 'string', default: 'knowledge' }, 'if-empty': { type: 'boolean', default: false } },
})

const { publications, organisation, demoAccounts, close, connection } = await createPublicationsHere()
try {
  if (values['if-empty'] && (await connection.collection('publications').findOne({})) !== null) {
    console.log('资料已经在库里,不再导入。')
  } else {
    await organisation.load(parse(await readFile(join(values.from, 'township.yaml'), 'utf8')))
    await publications.start?.()
    const demo = join(values.from, 'demo-accounts.yaml')
    const people = await readFile(demo, 'utf8').catch(() => null)
    if (people !== null) console.log(`演示账号${await demoAccounts.load(parse(people))}个`)
    report('镇里的清单和政策', await publications.importTownship(values.from))
    for (const { id, name } of (await organisation.get()).villages) {
      const folder = join(values.from, 'villages', id)
      const there = await access(folder).then(
        () => true,
        () => false,
      )
      if (there) report(name, await publications.importVillage(id, folder))
    }
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
