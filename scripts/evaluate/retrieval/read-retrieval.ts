/** Reads a retrieval set: questions with the passages that answer them, and the passages. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { callerPath } from '../labels/read-labels.ts'

export interface RetrievalSet {
  passages: { id: string; text: string }[]
  /** `right`: any of these is. */
  questions: { text: string; right: string[] }[]
}

/**
 * @param file question<TAB>passage id, `a|b` when either is right; empty lines, lines that begin with # and a heading line are left out
 * @param passagesFile id<TAB>text or JSON lines of {id, text}; by default FILE.passages.tsv or .jsonl beside it, else passages.tsv or .jsonl
 * @throws Error naming file and line of what cannot be read, or the id that no passage has
 */
export async function readRetrievalSet(file: string, passagesFile?: string): Promise<RetrievalSet> {
  const path = callerPath(file)
  const passagesPath = passagesFile ? callerPath(passagesFile) : siblingOf(path)
  const passages = await readPassages(passagesPath)
  const known = new Set(passages.map(({ id }) => id))
  const questions = (await rowsOf(path))
    .map(({ first, last, line }, index) => ({ text: first, right: idsOf(last, known), given: last, line, index }))
    .filter(
      ({ text, right, index }) => index > 0 || right.length > 0 || !/^(?:question|query|text|问题|提问)$/iu.test(text),
    )
  for (const { right, given, line } of questions)
    if (right.length === 0) throw new Error(`${file}:${line}: no passage ${given} in ${basename(passagesPath)}`)
  return { passages, questions: questions.map(({ text, right }) => ({ text, right })) }
}

function siblingOf(path: string): string {
  const folder = dirname(path)
  const name = basename(path, extname(path))
  const choices = [`${name}.passages.tsv`, `${name}.passages.jsonl`, 'passages.tsv', 'passages.jsonl']
  const found = choices.map((choice) => join(folder, choice)).find((choice) => existsSync(choice))
  if (!found) throw new Error(`no passages beside ${path}: give --passages FILE, or name them ${choices[0]}`)
  return found
}

async function readPassages(path: string): Promise<RetrievalSet['passages']> {
  const content = await readFile(path, 'utf8')
  if (!/\.(?:jsonl|ndjson|json)$/iu.test(path)) {
    const rows = (await rowsOf(path, 'first')).map(({ first, last }) => ({ id: first.trim(), text: last }))
    return rows[0] && /^(?:id|passage|编号)$/iu.test(rows[0].id) ? rows.slice(1) : rows
  }
  const objects: unknown[] = content.trimStart().startsWith('[')
    ? (JSON.parse(content) as unknown[])
    : content
        .split(/\r?\n/u)
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown)
  return objects.map((each, index) => {
    const { id, text, title } = each as { id?: string | number; text?: string; title?: string }
    if (id === undefined || typeof text !== 'string') throw new Error(`${path}:${index + 1}: wants {id, text}`)
    return { id: String(id), text: title ? `${title} ${text}` : text }
  })
}

/** Ids may hold a bar themselves: the whole is tried first. */
function idsOf(given: string, known: ReadonlySet<string>): string[] {
  if (known.has(given.trim())) return [given.trim()]
  return given
    .split('|')
    .map((id) => id.trim())
    .filter((id) => known.has(id))
}

/** Lines cut at their first or last tab. */
async function rowsOf(
  path: string,
  cutAt: 'first' | 'last' = 'last',
): Promise<{ first: string; last: string; line: number }[]> {
  const lines = (await readFile(path, 'utf8')).replace(/^\uFEFF/u, '').split(/\r?\n/u)
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const at = cutAt === 'first' ? line.indexOf('\t') : line.lastIndexOf('\t')
    if (at < 0) throw new Error(`${path}:${index + 1}: no tab`)
    return [
      {
        first: line.slice(0, at).replaceAll('\\n', '\n'),
        last: line.slice(at + 1).replaceAll('\\n', '\n'),
        line: index + 1,
      },
    ]
  })
}
