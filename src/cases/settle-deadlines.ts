/** Once a year's holidays are published, what was provisional becomes certain. */
import type { CaseContext } from './context.ts'
import { PROCEDURES } from './procedures/index.ts'
import { dueOf, nextDue } from './procedures/terms.ts'

const BATCH = 500

/** Deadlines that were extended on a provisional day keep it: the approval named it. */
export async function settleDeadlines(context: CaseContext): Promise<void> {
  const { cases } = context.collections
  const waiting = await cases.find({ 'deadlines.provisional': true }).limit(BATCH).toArray()
  for (const { _id, kind, deadlines, version } of waiting) {
    const settled = deadlines.map((term) => {
      const row = PROCEDURES[kind].deadlines.find(({ id }) => id === term.id)
      if (!term.provisional || !row || term.extended) return term
      const { provisional: _, ...rest } = term
      return { ...rest, ...dueOf(row.rule, term.startedAt, context.calendar) }
    })
    if (settled.every((term, index) => term.provisional === deadlines[index]?.provisional)) continue
    // Somebody may be at it: then the next run settles it.
    await cases.updateOne({ _id, version }, { $set: { deadlines: settled, nextDue: nextDue(settled) } })
  }
}
