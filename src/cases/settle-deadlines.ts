/** Once a year's holidays are published, what was provisional becomes certain. */
import type { CaseContext } from './context.ts'
import { dueFields, withDue } from './procedures/terms.ts'

const BATCH = 500

export async function settleDeadlines(context: CaseContext): Promise<void> {
  const { cases } = context.collections
  const waiting = await cases.find({ 'deadlines.provisional': true }).limit(BATCH).toArray()
  for (const { _id, kind, deadlines, version } of waiting) {
    const settled = deadlines.map((term) => {
      const row = context.procedures[kind].deadlines.find(({ id }) => id === term.id)
      return term.provisional && row ? withDue(row.rule, term, context.calendar) : term
    })
    if (settled.every((term, index) => term.provisional === deadlines[index]?.provisional)) continue
    // Somebody may be at it: then the next run settles it.
    await cases.updateOne({ _id, version }, { $set: dueFields(settled) })
  }
}
