/** intents/*.yaml: what a clerk may edit. Each file is checked on its own; a broken one is refused with line and reason. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import type { Refusal } from './types.ts'

const slotName = z.enum([
  'period',
  'amount',
  'topic',
  'project',
  'asset',
  'subsidy',
  'person',
  'role',
  'place',
  'village',
  'household',
  'caseCode',
  'choice',
  'procedure',
])
const example = z.string({ error: '例句必须是一行文字' }).trim().min(1, '例句不能为空').max(600, '例句太长(最多600字)')

/** One intent: its code is the file's name. */
export const IntentFile = z.strictObject({
  title: z.string().min(1, '缺少 title(名称)'),
  description: z.string().min(1, '缺少 description(说明)'),
  slots: z.array(slotName).default([]),
  leadsTo: z.string().optional(),
  examples: z.array(example).min(40, '例句不足 40 条'),
})
export type IntentFile = z.output<typeof IntentFile>

/** departments.yaml: texts of petitions by responsible department. */
export const DepartmentFile = z.strictObject({
  title: z.string(),
  description: z.string(),
  departments: z.record(
    z.string().regex(/^[a-z-]+$/u),
    z.strictObject({ title: z.string(), examples: z.array(example).min(20, '例句不足 20 条') }),
  ),
})
export type DepartmentFile = z.output<typeof DepartmentFile>

/** A set of files that is in force. */
export interface IntentSet {
  intents: Map<string, IntentFile>
  departments: DepartmentFile | null
}

const intentCode = /^[a-z]+(?:\.[a-z-]+){1,3}$/u

/**
 * Reads a folder of intent files. A file that is broken keeps its last good content (if it had one) and is told of.
 * @param before the set in force, for the files that are refused
 */
export async function readIntentFiles(
  folder: string,
  before?: IntentSet,
): Promise<{ set: IntentSet; refused: Refusal[] }> {
  const refused: Refusal[] = []
  const set: IntentSet = { intents: new Map(), departments: null }
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/u.test(name)).toSorted()
  for (const name of names) {
    const code = basename(name).replace(/\.ya?ml$/u, '')
    const text = await readFile(join(folder, name), 'utf8')
    if (code === 'departments') {
      const read = readFileText(name, text, DepartmentFile)
      if ('refusal' in read) refused.push(read.refusal)
      set.departments = 'value' in read ? read.value : (before?.departments ?? null)
      continue
    }
    const read = intentCode.test(code)
      ? readFileText(name, text, IntentFile)
      : { refusal: { file: name, line: 1, reason: '文件名应为意图代码,如 ask.finance.yaml' } }
    if ('refusal' in read) refused.push(read.refusal)
    const value = 'value' in read ? read.value : before?.intents.get(code)
    if (value) set.intents.set(code, value)
  }
  return { set, refused }
}

function readFileText<T extends z.ZodType>(
  file: string,
  text: string,
  shape: T,
): { value: z.output<T> } | { refusal: Refusal } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const fault = document.errors[0]
  if (fault)
    return { refusal: { file, line: lines.linePos(fault.pos[0]).line, reason: `不是正确的 YAML:${fault.message}` } }
  const parsed = shape.safeParse(document.toJS())
  if (parsed.success) return { value: parsed.data }
  const issue = parsed.error.issues[0]!
  const where = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  return { refusal: { file, line: lineOf(document, lines, where), reason: reasonOf(issue) } }
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.')
  if (issue.path.at(-2) === 'examples')
    return `第 ${Number(issue.path.at(-1)) + 1} 条例句必须是一行文字(不超过600字,带冒号的要加引号)`
  if (issue.code === 'unrecognized_keys') return `不认识的项:${issue.keys.join('、')}`
  if (issue.code === 'invalid_type') return where ? `“${where}”缺少或类型不对` : '文件内容不是一组“名称: 内容”'
  if (issue.code === 'invalid_value') return `“${where}”只能是:${issue.values.join('、')}`
  return issue.message
}
