/** The way in: the list of villages for the chat page, and the front page. */
import type { OrganisationStore } from '../people/index.ts'
import { RAW, anyone, defineRoute } from './define-route.ts'
import type { Route } from './define-route.ts'

export function villageRoutes(organisation: OrganisationStore): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/public/villages',
      summary: 'Villages of the township',
      policy: anyone,
      handler: async () => (await organisation.get()).villages.map(({ id, name }) => ({ id, name })),
    }),
    defineRoute({
      method: 'get',
      path: '/',
      summary: 'To the public pages',
      policy: anyone,
      handler: async ({ koa }) => {
        koa.redirect('/v/')
        return RAW
      },
    }),
  ]
}
