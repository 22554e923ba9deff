/** What could not be sent, where a handler sees it: channel, time and reason; never the words or the address. */
import { z } from 'zod'
import { defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import type { Actor } from '../people/index.ts'
import type { Outbox } from './outbox.ts'

const MINDERS = new Set(['clerk', 'handler', 'director', 'administrator'])
const mayMind = (actor: Actor): boolean => actor.kind === 'account' && actor.roles.some((role) => MINDERS.has(role))

export function parkedRoutes(outbox: Outbox): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/console/parked',
      summary: 'Messages that could not be sent',
      policy: mayMind,
      handler: async () => ({ items: await outbox.listParked(200) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/parked/:id/retry',
      summary: 'Send it once more',
      params: z.object({ id: z.string() }),
      policy: mayMind,
      handler: async ({ params }) => outbox.retry(params.id),
    }),
  ]
}
