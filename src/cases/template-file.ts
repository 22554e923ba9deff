/** Beginnings of replies, from a file that a clerk may edit: read again when it has changed, without a restart. */
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Logger } from '../infrastructure/logger.ts'
import { CASE_KINDS, TEMPLATE_STEPS } from './schema.ts'

const PLACES = ['今天', '收到日期', '期限', '单位', '类别'] as const
export type Place = (typeof PLACES)[number]
export const PLACE = /\{([^{}]*)\}/gu

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
