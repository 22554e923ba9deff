/** Reads files of questions with what their answers must hold. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { callerPath } from '../labels/read-labels.ts'

export interface AnswerCase {
  id: string
  /** Name or id. */
  village: string
  /** What is said, one after the other; the last answer is judged. */
  turns: string[]
  mustContain: string[]
  mustNot: string[]
  /** Id or title of a record that the answer must come from. */
  cites: string[]
  decline: boolean
  now?: Date
}

const words = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .nullish()
  .transform((value) => (value === null || value === undefined ? [] : [value].flat().map(String)))
const turn = z.union([z.string(), z.object({ say: z.string() }).transform(({ say }) => say)])
const shape = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  village: z.string(),
  turns: z.union([turn.transform((one) => [one]), z.array(turn).min(1)]),
  mustContain: words,
  mustNot: words,
  cites: words,
  decline: z.boolean().nullish(),
  now: z.coerce.date().optional(),
})

/** Other spellings of the same keys. */
const SAME: Readonly<Record<string, string>> = {
  question: 'turns',
  must_contain: 'mustContain',
  contains: 'mustContain',
  must: 'mustContain',
  must_not: 'mustNot',
  mustNotContain: 'mustNot',
  must_not_contain: 'mustNot',
  cite: 'cites',
  record: 'cites',
  declines: 'decline',
  mustDecline: 'decline',
}

/**
 * A list of cases, or an object with the list under items or cases and, if relative dates count from another day, now.
 * @throws Error naming the case that cannot be read
 */
export async function readAnswers(file: string): Promise<AnswerCase[]> {
  const content: unknown = parse(await readFile(callerPath(file), 'utf8'))
  const whole = (Array.isArray(content) ? { items: content } : content) as Record<string, unknown>
  const list = whole['items'] ?? whole['cases']
  if (!Array.isArray(list)) throw new Error(`${file}: no list of cases`)
  const now = whole['now'] === undefined ? undefined : z.coerce.date().parse(whole['now'])
  return list.map((entry: unknown, at) => {
    const named = Object.fromEntries(
      Object.entries(entry as Record<string, unknown>).map(([key, value]) => [SAME[key] ?? key, value]),
    )
    const read = shape.safeParse(named)
    if (!read.success) throw new Error(`${file}: case ${at + 1}: ${read.error.issues[0]?.message}`)
    const { id, decline, now: own, ...rest } = read.data
    const asked = own ?? now
    return { id: String(id ?? at + 1), decline: decline ?? false, ...rest, ...(asked && { now: asked }) }
  })
}
