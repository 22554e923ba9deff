/** A route is a declaration: shape in, policy, handler. Without a policy it does not compile; without a match it is closed. */
import type { Context as KoaContext } from 'koa'
import type { z } from 'zod'
import type { Actor } from '../people/index.ts'

export interface RouteRequest<P, Q, B> {
  actor: Actor
  params: P
  query: Q
  body: B
  now: Date
  /** Uploaded files of a multipart request (route option `files`). */
  files: { field: string; name: string; claimedType: string; bytes: Buffer }[]
  /** For cookies, streams and headers only. */
  koa: KoaContext
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Begins with its audience: /api/public, /api/console, /api/hooks, or a page path. */
  path: string
  /** One line for the OpenAPI document. */
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Accept multipart/form-data with files up to this many bytes each, at most `count`. */
  files?: { maxBytes: number; count: number }
  /** May this actor call it at all? Record-level checks belong in the handler through authorize(). */
  policy: (actor: Actor) => boolean
  /** Gives JSON (undefined → 204), or answers on `koa` itself and returns `RAW`. */
  handler: (request: RouteRequest<never, never, never>) => Promise<unknown>
}

/** Returned by a handler that has written the response itself (streams, files, HTML). */
export const RAW = Symbol('raw response')

type Infer<T> = T extends z.ZodType ? z.output<T> : undefined

/**
 * Declares a route. Request types follow from the shapes.
 * @example defineRoute({ method: 'get', path: '/api/console/cases', summary: 'My cases', query: CaseQuery, policy: isStaff, handler: async ({ actor, query }) => listCases(actor, query) })
 */
export function defineRoute<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  route: Omit<Route, 'params' | 'query' | 'body' | 'handler'> & {
    params?: P
    query?: Q
    body?: B
    handler: (request: RouteRequest<Infer<P>, Infer<Q>, Infer<B>>) => Promise<unknown>
  },
): Route {
  return route as unknown as Route
}

/** Policies that most routes need. */
export const anyone = (): boolean => true
export const signedIn = (actor: Actor): boolean => actor.kind === 'account'
