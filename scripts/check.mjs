/** npm run check: format, lint, import rule, types, unfinished marks. All are run, then told; non-zero if any failed. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { run } from './setup/commands.mjs'
import { runScript } from './setup/fault.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { root } from './setup/paths.mjs'
import { done, say } from './setup/progress.mjs'

/** Folders whose text is ours; knowledge/ is data as villages hand it over. */
const SOURCES = ['src', 'scripts', 'test', 'intents', '.ci']

/** Marks of unfinished work in a comment; with an issue's number they are a plan and may stay. */
const WORDS = ['TODO', 'FIXME', 'XXX', 'HACK', 'WIP'].join('|')
const MARKS = [
  new RegExp(`(?://|/\\*|^\\s*\\*|#|<!--).*\\b(?:${WORDS})\\b(?!\\(#\\d+\\))`),
  new RegExp(`not ${'implemented'}|lorem ${'ipsum'}|待${'实现'}|尚未${'实现'}`, 'i'),
  /\b(?:describe|it|test)\.(?:only|skip|todo)\(/,
  /^(?:<{7}|={7}|>{7})(?: |$)/,
]

/** @typedef {{ name: string, ok: boolean, output: string, seconds: number }} Result */

/** @param {string} name @param {string} program @param {string[]} args @returns {Promise<Result>} */
async function tool(name, program, args) {
  const started = Date.now()
  const outcome = await run(isAbsolute(program) ? program : join(root, 'node_modules/.bin', program), args, {
    cwd: root,
  })
  return {
    name,
    ok: outcome.code === 0,
    output: outcome.stdout + outcome.stderr,
    seconds: (Date.now() - started) / 1000,
  }
}

/** @returns {Promise<Result>} */
async function unfinishedMarks() {
  const started = Date.now()
  /** @type {string[]} */
  const found = []
  for (const folder of SOURCES.filter((name) => existsSync(join(root, name)))) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:[cm]?[jt]s|vue|ya?ml|css|html|sh)$|^run$/.test(entry.name)) continue
      const file = join(entry.parentPath, entry.name)
      const lines = (await readFile(file, 'utf8')).split('\n')
      lines.forEach((line, index) => {
        if (MARKS.some((mark) => mark.test(line)))
          found.push(`${file.slice(root.length + 1)}:${index + 1}: ${line.trim()}`)
      })
    }
  }
  return {
    name: 'unfinished marks',
    ok: found.length === 0,
    output: found.join('\n'),
    seconds: (Date.now() - started) / 1000,
  }
}

/** @param {Result} result */
function tell(result) {
  if (result.ok) done(`${result.name} (${result.seconds.toFixed(1)} s)`)
  else say(`✗ ${result.name}\n${result.output.trimEnd()}\n`)
}

async function check() {
  requireNode()
  await ensurePackages()
  // Two at a time at most: the heavy ones use several cores themselves.
  const light = [
    () => tool('lockfile', process.execPath, [join(root, 'scripts/complete-lockfile.mjs'), '--check']),
    () => tool('format', 'oxfmt', ['--check', '.']),
    () => tool('lint', 'oxlint', []),
    () => tool('import rule', 'depcruise', ['src']),
    unfinishedMarks,
  ]
  const heavy = [() => tool('types', 'tsc', ['--noEmit'])]
  if (existsSync(join(root, 'src/web/tsconfig.json')))
    heavy.push(() => tool('types of the pages', 'vue-tsc', ['--noEmit', '-p', 'src/web/tsconfig.json']))
  const inTurn = async (/** @type {(() => Promise<Result>)[]} */ parts) => {
    /** @type {Result[]} */
    const results = []
    for (const part of parts) {
      const result = await part()
      tell(result)
      results.push(result)
    }
    return results
  }
  const failed = (await Promise.all([inTurn(light), inTurn(heavy)])).flat().filter(({ ok }) => !ok)
  if (failed.length === 0) return 0
  say(`✗ failed: ${failed.map(({ name }) => name).join(', ')}`)
  return 1
}

await runScript(check)
