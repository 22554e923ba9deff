/**
 * Deadlines that act by themselves. All of it is read from MongoDB and the clock that is handed in, so that a restart,
 * an empty Redis or several workers change nothing: what is due is found, done once, and marked on the case.
 */
import type { Types } from 'mongoose'
import type { CaseContext } from './context.ts'
import { awayToday, giveToHandler } from './give-to-handler.ts'
import type { CaseEvent, StoredCase, StoredDeadline } from './model.ts'
import { addDays } from './procedures/calendar.ts'
import { isNear, isOverdue } from './procedures/terms.ts'
import { replies } from './replies.ts'
import { unitAbove } from './routing/climb.ts'
import { BY_CONDUCT } from './routing/levels.ts'
import { OPEN_STATES } from './schema.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import { systemEntry } from './take-step.ts'

const BATCH = 200
/** The longest that a reminder comes before its day. */
const LOOK_AHEAD_DAYS = 8
/** Given to somebody who has not opened it: so long, then it goes to another. */
export const UNREAD_MS = 24 * 3_600_000

interface Act {
  event: CaseEvent
  to?: string
}

/** Runs until nothing is left that would change; returns how many cases it acted on. */
export async function sweepDeadlines(context: CaseContext): Promise<number> {
  const now = context.clock.now()
  return (await sweepDue(context, now)) + (await sweepUnread(context, now))
}

async function sweepDue(context: CaseContext, now: Date): Promise<number> {
  const until = `${addDays(shanghaiDate(now), LOOK_AHEAD_DAYS)}T24:00`
  let acted = 0
  let after: Types.ObjectId | null = null
  for (;;) {
    const batch: StoredCase[] = await context.collections.cases
      .find(
        { state: { $in: [...OPEN_STATES] }, dueKey: { $lte: until }, ...(after && { _id: { $gt: after } }) },
        { projection: { content: 0, routing: 0, dataKey: 0 } },
      )
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray()
    for (const stored of batch) if (await actOnDue(context, stored, now)) acted += 1
    if (batch.length < BATCH) return acted
    after = batch.at(-1)!._id
  }
}

async function actOnDue(context: CaseContext, stored: StoredCase, now: Date): Promise<boolean> {
  const { deadlines: rows } = context.procedures[stored.kind]
  const acts: Act[] = []
  const watchers = new Set(stored.watchers)
  const deadlines: StoredDeadline[] = []
  for (const term of stored.deadlines) {
    const row = rows.find(({ id }) => id === term.id)
    if (isOverdue(term, now) && !term.escalatedAt) {
      const above = unitAbove(await context.organisation(), stored)
      if (above) watchers.add(above.unit)
      acts.push({ event: 'escalated', to: above?.unit ?? stored.unit })
      deadlines.push({ ...term, remindedAt: term.remindedAt ?? now, escalatedAt: now })
    } else if (row && isNear(row, term, now) && !term.remindedAt) {
      acts.push({ event: 'reminded', to: stored.assignee ?? stored.unit })
      deadlines.push({ ...term, remindedAt: now })
    } else deadlines.push(term)
  }
  if (acts.length === 0) return false
  return write(context, stored, now, { deadlines, watchers: [...watchers] }, acts, acts[0]!.event)
}

/** What was given to somebody who did not open it, or who is away, goes to another; with nobody else, to the desk. */
async function sweepUnread(context: CaseContext, now: Date): Promise<number> {
  const away = await awayToday(context, now)
  const unread = { $expr: { $lt: ['$assigneeReadAt', '$assignedAt'] } }
  const waiting = await context.collections.cases
    .find(
      {
        state: 'filed',
        assignee: { $ne: null },
        $or: [
          { ...unread, assignedAt: { $lte: new Date(now.getTime() - UNREAD_MS) } },
          { ...unread, assignee: { $in: [...away] } },
        ],
      },
      { promoteBuffers: true },
    )
    .limit(BATCH)
    .toArray()
  let acted = 0
  for (const stored of waiting) {
    const before = stored.assignee!
    const { set, entries } = await giveToHandler(context, stored, now, { without: [before] })
    if (await write(context, stored, now, set, [{ event: 'returned', to: before }, ...entries], 'returned')) acted += 1
  }
  return acted
}

/** Only on the version that was read: of two workers, and of a worker and a handler, one wins; the next run sees the rest. */
async function write(
  context: CaseContext,
  stored: StoredCase,
  now: Date,
  set: Partial<StoredCase>,
  acts: Act[],
  change: CaseEvent,
): Promise<boolean> {
  const { _id, version } = stored
  const done = await context.transaction(async (session) => {
    const written = await context.collections.cases.updateOne(
      { _id, version },
      { $set: { ...set, version: version + 1 } },
      { session },
    )
    if (written.modifiedCount !== 1) return false
    await context.collections.entries.insertMany(
      acts.map(({ event, to }) => systemEntry(_id, event, now, to)),
      { session },
    )
    for (const { event } of acts)
      await context.audit({ event: `case.${event}`, actor: 'system', subject: _id.toHexString() }, session)
    const assignee = set.assignee === undefined ? stored.assignee : set.assignee
    const handler =
      assignee === null ? null : await context.collections.handlers.findOne({ _id: assignee }, { session })
    // A tip is not spoken of on a telephone: that there is something, not what.
    const kindTitle = BY_CONDUCT.has(stored.kind) ? null : context.procedures[stored.kind].title
    if (handler?.contactId)
      await context.say(session, handler.contactId, replies.toHandler(change, kindTitle, stored.nextDue, now))
    return true
  })
  if (done) context.live.tell('cases', { caseId: _id.toHexString(), change })
  return done
}
