/** Reads text<TAB>code files. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

export interface Labelled {
  text: string
  code: string
}

/** A relative path is looked up from where the command was called. */
export function callerPath(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file)
}

/**
 * Lines of text, a tab, and a code; empty lines and lines that begin with # are left out, a heading line (text, code) too.
 * @throws Error with the line number when a line has no tab
 */
export async function readLabels(file: string): Promise<Labelled[]> {
  const content = (await readFile(callerPath(file), 'utf8')).replace(/^\uFEFF/u, '')
  const out: Labelled[] = []
  for (const [i, line] of content.split(/\r?\n/u).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const at = line.lastIndexOf('\t')
    if (at < 0) throw new Error(`${file}:${i + 1}: no tab between text and code`)
    const row = { text: line.slice(0, at).replaceAll('\\n', '\n'), code: line.slice(at + 1).trim() }
    if (i === 0 && /^(?:text|文本)$/u.test(row.text.trim())) continue
    out.push(row)
  }
  return out
}
