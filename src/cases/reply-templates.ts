/** Beginnings of replies, from a file that a clerk may edit: read again when it has changed, without a restart. */
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { shanghaiDate } from '../infrastructure/clock.ts'
import type { Logger } from '../infrastructure/logger.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { getCase } from './list-cases.ts'
import { readsCase } from './policy.ts'
import { PROCEDURES } from './procedures/index.ts'
import { console as words, replies } from './replies.ts'
import { LEVEL_TITLES } from './routing/levels.ts'
import { CASE_KINDS, TEMPLATE_STEPS } from './schema.ts'
import type { ReplyTemplates } from './schema.ts'

const PLACES = ['今天', '收到日期', '期限', '单位', '类别'] as const
type Place = (typeof PLACES)[number]
const PLACE = /\{([^{}]*)\}/gu

const TemplateFile = z.object({
  templates: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(12),
        step: z.enum(TEMPLATE_STEPS),
        kinds: z.array(z.enum(CASE_KINDS)).min(1).optional(),
        text: z
          .string()
          .trim()
          .min(1)
          .max(2000)
          .refine((text) => Array.from(text.matchAll(PLACE)).every(([, place]) => PLACES.includes(place as Place))),
      }),
    )
    .max(60),
})
export type ReplyTemplate = z.infer<typeof TemplateFile>['templates'][number]

/** @returns what reads the templates as they are now; a file with a fault leaves the last good ones in force */
export function openTemplates(file: string, logger: Pick<Logger, 'warn'>): () => Promise<readonly ReplyTemplate[]> {
  let held: readonly ReplyTemplate[] = []
  let readAt = ''
  return async () => {
    try {
      const { mtimeMs, size } = await stat(file)
      const version = `${mtimeMs}:${size}`
      if (version === readAt) return held
      readAt = version
      held = TemplateFile.parse(parse(await readFile(file, 'utf8'))).templates
    } catch (error) {
      logger.warn({ reason: (error as Error).name }, 'reply templates were not read; the last good ones stay')
    }
    return held
  }
}

/** Those for this case, with what is known filled in. The receipt code is not: it is the villager's and kept as a hash. */
export async function listTemplates(context: CaseContext, actor: Actor, id: string): Promise<ReplyTemplates> {
  const stored = await getCase(context, actor, id)
  if (!context.templates || !readsCase(actor, stored)) return { items: [] }
  const now = context.clock.now()
  const { units } = await context.organisation()
  const known: Record<Place, string> = {
    今天: replies.day(shanghaiDate(now), now),
    收到日期: replies.day(shanghaiDate(stored.filedAt), now),
    期限: stored.nextDue ? replies.day(stored.nextDue, now) : words.toFillIn,
    单位: units.find((unit) => unit.id === stored.unit)?.name ?? LEVEL_TITLES[stored.level],
    类别: PROCEDURES[stored.kind].title,
  }
  return {
    items: (await context.templates())
      .filter(({ kinds }) => !kinds || kinds.includes(stored.kind))
      .map(({ name, step, text }) => ({
        name,
        step,
        text: text.replaceAll(PLACE, (_, place: Place) => known[place]),
      })),
  }
}
