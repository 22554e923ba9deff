/** Live updates of the console: each account hears of the cases that it may see, and of nothing else. */
import { Types } from 'mongoose'
import { RAW, defineRoute, openEventStream } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { visibilityFilter } from './policy.ts'

/** Nudges of other capabilities that go over the same line: topic (also the event's name) and who may hear it. */
export interface LiveTopic {
  topic: string
  may(actor: Actor): boolean
}

/** A nudge may overtake the commit that it tells of: look once more. */
const LOOK_AGAIN_MS = 1000

export function streamRoute(context: CaseContext, topics: readonly LiveTopic[]): Route {
  const sees = async (actor: Actor, caseId: string): Promise<boolean> =>
    (await context.collections.cases.countDocuments(
      { $and: [{ _id: new Types.ObjectId(caseId) }, visibilityFilter(actor)] },
      { limit: 1 },
    )) > 0

  return defineRoute({
    method: 'get',
    path: '/api/console/stream',
    summary: 'Live updates (server-sent events): cases, open-questions',
    policy: (actor) => actor.kind === 'account',
    handler: async ({ actor, koa }) => {
      const stream = openEventStream(koa)
      const timers = new Set<NodeJS.Timeout>()
      const tell = async (detail: Record<string, string>, again: boolean): Promise<void> => {
        const { caseId = '', change = '' } = detail
        if (!Types.ObjectId.isValid(caseId)) return
        if (await sees(actor, caseId)) {
          stream.send('cases', { caseId, change })
          return
        }
        if (!again) return
        const timer = setTimeout(() => {
          timers.delete(timer)
          void tell(detail, false).catch(() => undefined)
        }, LOOK_AGAIN_MS)
        timers.add(timer)
      }
      const stops = [
        // Not seen because the store is away: the page looks again by itself when the line is back.
        context.live.listen('cases', (detail) => void tell(detail, true).catch(() => undefined)),
        ...topics
          .filter(({ may }) => may(actor))
          .map(({ topic }) => context.live.listen(topic, () => stream.send(topic, {}))),
      ]
      stream.onClose(() => {
        for (const stop of stops) stop()
        for (const timer of timers) clearTimeout(timer)
      })
      return RAW
    },
  })
}
