/** Shapes of asking others in. */
import { z } from 'zod'
import { HELP_MODES, oneLine } from '../schema.ts'

const change = { version: z.number().int().optional() }

/** `due`: until when, Asia/Shanghai; `text`: what is asked for. */
export const AskHelp = z.object({
  ...change,
  accountId: oneLine(64),
  mode: z.enum(HELP_MODES),
  due: z.iso.date(),
  text: oneLine(1000),
})
export type AskHelp = z.infer<typeof AskHelp>
export const EndHelp = z.object({ ...change, accountId: oneLine(64) })
export type EndHelp = z.infer<typeof EndHelp>
export const CaseHelpers = z.object({
  items: z.array(
    z.object({
      accountId: z.string(),
      displayName: z.string(),
      unitName: z.string(),
      modes: z.array(z.enum(HELP_MODES)),
    }),
  ),
})
export type CaseHelpers = z.infer<typeof CaseHelpers>
