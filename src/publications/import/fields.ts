/** YAML and Markdown with Chinese or English keys → plain values. */
import { YAMLParseError, parse } from 'yaml'
import { DomainError } from '../../infrastructure/errors.ts'
import { cellDate, splitList } from './cells.ts'
import { decodeText } from './read-table.ts'
import { importReplies } from './replies.ts'

export type Fields = Record<string, unknown>

/** @throws DomainError import_invalid with the line, when it is not YAML */
export function parseYaml(file: string, bytes: Buffer | string): unknown {
  try {
    return parse(typeof bytes === 'string' ? bytes : decodeText(bytes), { maxAliasCount: 50 }) as unknown
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1
    throw new DomainError('import_invalid', 400, importReplies.refused(1), [importReplies.notYaml(file, line)])
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** The records of a file: a list, or an object that holds one under any of these keys. */
export function listOf(value: unknown, ...keys: string[]): Fields[] {
  const list = Array.isArray(value)
    ? value
    : isFields(value)
      ? keys.map((key) => value[key]).find(Array.isArray)
      : undefined
  return Array.isArray(list) ? list.filter(isFields) : []
}

const find = (fields: Fields, keys: string[]): unknown =>
  keys.map((key) => fields[key]).find((value) => value !== undefined && value !== null)

export function text(fields: Fields, ...keys: string[]): string {
  return toText(find(fields, keys))
}

export function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (Array.isArray(value)) return value.map(toText).join('、')
  if (isFields(value))
    return Object.entries(value)
      .map(([key, each]) => `${key}:${toText(each)}`)
      .join(';')
  return String(value as string | number | boolean).trim()
}

/** A list, or a text with several parts. */
export function list(fields: Fields, ...keys: string[]): string[] {
  const value = find(fields, keys)
  if (Array.isArray(value)) return value.map(toText).filter((part) => part !== '')
  return splitList(toText(value))
}

/** A list of sentences: a text is one of them. */
export function sentences(fields: Fields, ...keys: string[]): string[] {
  const value = find(fields, keys)
  if (Array.isArray(value)) return value.map(toText).filter((part) => part !== '')
  const one = toText(value)
  return one ? [one] : []
}

export function number(fields: Fields, ...keys: string[]): number | null {
  const value = find(fields, keys)
  const read = typeof value === 'number' ? value : Number.parseFloat(toText(value))
  return Number.isFinite(read) ? read : null
}

export function date(fields: Fields, ...keys: string[]): string {
  const value = find(fields, keys)
  const written = toText(value)
  return cellDate(written) ?? written
}

/** Front matter between two lines of ---, then the body. */
export function splitFrontMatter(file: string, bytes: Buffer): { head: Fields; body: string } {
  const whole = decodeText(bytes)
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
  const match = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/.exec(whole)
  if (!match) return { head: {}, body: whole }
  const head = parseYaml(file, match[1] ?? '')
  return { head: isFields(head) ? head : {}, body: match[2] ?? '' }
}

/** ## headings and the text below each; what stands before the first has no heading. */
export function splitSections(body: string): { heading: string; text: string }[] {
  const sections: { heading: string; text: string }[] = []
  let current = { heading: '', text: '' }
  for (const line of body.split('\n')) {
    const heading = /^#{1,4}\s+(.+?)\s*$/.exec(line)?.[1]
    if (heading) {
      if (current.text.trim() !== '') sections.push(current)
      current = { heading, text: '' }
    } else current.text += `${line}\n`
  }
  if (current.text.trim() !== '') sections.push(current)
  return sections.map((section) => ({ heading: section.heading, text: section.text.trim() }))
}
