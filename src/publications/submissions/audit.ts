import type { ClientSession } from 'mongoose'

/** Writes down who did what; ids and codes only. */
export type Audit = (
  facts: { event: string; actor: string; subject?: string; detail?: Record<string, string | number | boolean> },
  session?: ClientSession,
) => Promise<void>
