/**
 * Reads a village's table and keeps it as a draft to be checked and published in the console.
 *   npm run import -- FILE --village ID --kind KIND [--preview] [--period 2026Q4] [--missing keep|remove] [--reason WHY]
 *   npm run import -- --template KIND FILE.xlsx     an empty table to fill in
 * FILE is XLSX or CSV; - reads a pasted table from the standard input. --preview writes nothing. Ends with 1 when the file has faults.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { DomainError } from '../src/infrastructure/errors.ts'
import { IMPORT_KINDS, KINDS, makeTemplate } from '../src/publications/index.ts'
import type { ImportKind } from '../src/publications/index.ts'
import { createPublicationsHere } from './support/publications-here.ts'

const SHOWN = 40
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    village: { type: 'string', default: '' },
    kind: { type: 'string', default: '' },
    period: { type: 'string', default: '' },
    missing: { type: 'string', default: '' },
    reason: { type: 'string', default: '' },
    preview: { type: 'boolean', default: false },
    template: { type: 'string', default: '' },
  },
})

const USAGE = `npm run import -- FILE --village ID --kind KIND [--preview]\n${IMPORT_KINDS.map((kind) => `  ${kind.padEnd(12)}${KINDS[kind].title}`).join('\n')}`

function kindOf(written: string): ImportKind {
  const kind = IMPORT_KINDS.find((each) => each === written || KINDS[each].title === written)
  if (!kind) throw new DomainError('usage', 400, USAGE)
  return kind
}

async function run(): Promise<void> {
  const [path = ''] = positionals
  if (values.template) {
    if (path === '') throw new DomainError('usage', 400, USAGE)
    return writeFile(path, await makeTemplate(kindOf(values.template)))
  }
  const { village, kind, period, missing, reason, preview } = values
  if (path === '' || village === '' || (missing !== '' && missing !== 'keep' && missing !== 'remove'))
    throw new DomainError('usage', 400, USAGE)
  const input = {
    villageId: village,
    kind: kindOf(kind),
    period,
    missing: missing as 'keep' | 'remove' | '',
    ...(path === '-'
      ? { file: null, text: (await buffer(process.stdin)).toString('utf8') }
      : { file: { name: basename(path), bytes: await readFile(path) }, text: '' }),
  }
  const here = await createPublicationsHere(undefined, null)
  try {
    const { villages } = await here.organisation.get()
    if (!villages.some(({ id }) => id === village))
      throw new DomainError(
        'usage',
        400,
        `没有这个村,可以是:${villages.map(({ id, name }) => `${id}(${name})`).join('、')}`,
      )
    await here.publications.start?.()
    const read = await here.publications.previewFile(input)
    for (const { line } of read.errors) console.error(line)
    for (const { what, sheet, row, heading, shown } of read.masked)
      console.log(`遮住:${sheet}第${row}行“${heading}” ${what} ${shown}`)
    for (const note of read.notes) console.log(`提醒:${note}`)
    if (read.errors.length > 0) {
      process.exitCode = 1
      return
    }
    for (const { part, changes } of read.parts) {
      const { added, changed, removed, same } = part.counts
      console.log(
        `${part.item} ${part.period} 第${part.version}版:新增${added},修改${changed},去掉${removed},不变${same}`,
      )
      for (const { how, title, fields } of changes.slice(0, SHOWN)) {
        const what =
          how === 'changed' ? fields.map(({ label, before, after }) => `${label} ${before}→${after}`).join(';') : ''
        console.log(`  ${{ added: '+', changed: '~', removed: '-' }[how]} ${title} ${what}`)
      }
      if (changes.length > SHOWN) console.log(`  …还有${changes.length - SHOWN}处`)
    }
    if (preview) return
    const { _id } = await here.publications.submitFile({ ...input, reason }, { accountId: 'command', name: '命令行' })
    console.log(`存成草稿 ${_id},请到工作台审核、公布。`)
  } finally {
    await here.close()
  }
}

try {
  await run()
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error([error.shown, ...(Array.isArray(error.details) ? error.details.map(String) : [])].join('\n'))
  process.exitCode = 1
}
