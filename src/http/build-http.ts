/** Builds the Koa application from routes: bounds, who is asking, shapes, errors as plain Chinese. */
import { randomUUID } from 'node:crypto'
import { Router } from '@koa/router'
import Koa from 'koa'
import type { Context } from 'koa'
import type { z } from 'zod'
import { DomainError, toError } from '../infrastructure/errors.ts'
import type { Clock } from '../infrastructure/clock.ts'
import type { Logger } from '../infrastructure/logger.ts'
import { nobody } from '../people/index.ts'
import type { Actor } from '../people/index.ts'
import { RAW } from './define-route.ts'
import type { Route } from './define-route.ts'
import { readJson, readMultipart } from './read-body.ts'

export interface HttpOptions {
  clock: Clock
  logger: Logger
  trustProxy: boolean
  /** Who is asking: by the session cookie. */
  resolveActor(koa: Context): Promise<Actor>
  /** Mounts what is not a defineRoute: channel callbacks. */
  mount?(router: Router): void
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
}

export function buildHttp(routes: readonly Route[], options: HttpOptions): Koa {
  const app = new Koa({ proxy: options.trustProxy })
  const router = new Router()
  options.mount?.(router)
  for (const route of routes) router[route.method](route.path, async (koa: Context) => serve(route, koa, options))
  // A peer that hangs up in mid-answer is no fault of ours; anything else is logged by the handler below.
  app.on('error', () => undefined)
  app.use(async (koa, next) => answerErrors(koa, next, options.logger))
  app.use(router.routes())
  app.use(async (koa) => {
    // A matched route has answered; what is left was not found.
    if (koa.status === 404 && koa.body === undefined) throw new DomainError('not_found', 404, '没有找到这个页面。')
  })
  return app
}

/** Every address that the application answers, those of channels included: for tests that walk all of them. */
export function routeTable(
  routes: readonly Route[],
  mount?: HttpOptions['mount'],
): { method: string; path: string; summary: string; body?: z.ZodType }[] {
  const router = new Router()
  mount?.(router)
  const mounted = router.stack.flatMap(({ methods, path }) =>
    methods
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ method, path: String(path), summary: 'Of a channel, or of the operator' })),
  )
  return [
    ...routes.map(({ method, path, summary, body }) => ({
      method: method.toUpperCase(),
      path,
      summary,
      ...(body && { body }),
    })),
    ...mounted,
  ]
}

async function serve(route: Route, koa: Context, options: HttpOptions): Promise<void> {
  const audience = route.path.startsWith('/api/console') ? 'console' : 'public'
  const actor = audience === 'console' ? await options.resolveActor(koa) : nobody
  if (koa.method !== 'GET' && !sameSite(koa)) throw new DomainError('cross_site', 403, '请从本站页面操作。')
  if (!route.policy(actor)) {
    if (actor.kind === 'nobody') throw new DomainError('sign_in_needed', 401, '请先登录。')
    throw new DomainError('not_allowed', 403, '您没有这项权限。')
  }
  const multipart = route.files && koa.is('multipart/form-data') ? await readMultipart(koa, route.files) : null
  const body = multipart ? multipart.fields : route.body ? await readJson(koa) : undefined
  const request = {
    actor,
    params: parse(route.params, koa.params),
    query: parse(route.query, koa.query),
    body: parse(route.body, body),
    files: multipart?.files ?? [],
    now: options.clock.now(),
    koa,
  }
  const result = await route.handler(request as never)
  if (result === RAW) return
  koa.set('Cache-Control', 'no-store')
  if (result === undefined) koa.status = 204
  else koa.body = result
}

function parse(shape: z.ZodType | undefined, value: unknown): unknown {
  if (!shape) return undefined
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).filter(Boolean)
  throw new DomainError('request_invalid', 400, '填写的内容有误，请检查后重试。', fields)
}

/** Browsers say where a request comes from; what carries our cookie must come from our pages. */
function sameSite(koa: Context): boolean {
  const site = koa.get('Sec-Fetch-Site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = koa.get('Origin')
  return origin === '' || origin === koa.origin || new URL(origin).host === koa.host
}

async function answerErrors(koa: Context, next: () => Promise<unknown>, logger: Logger): Promise<void> {
  koa.set(HEADERS)
  try {
    await next()
  } catch (thrown) {
    const known = thrown instanceof DomainError ? thrown : null
    const status = known?.status ?? 500
    const faultId = known ? undefined : randomUUID().slice(0, 8)
    if (!known)
      logger.error(
        { err: toError(thrown), faultId, method: koa.method, route: koa.path.split('/').slice(0, 4).join('/') },
        'request failed',
      )
    if (koa.headerSent) return
    const shown = known?.shown ?? `系统出了点问题，请稍后再试(编号${faultId})。`
    koa.status = status
    koa.set('Cache-Control', 'no-store')
    if (koa.path.startsWith('/api/'))
      koa.body = {
        error: {
          code: known?.code ?? 'fault',
          message: shown,
          ...(known?.details !== undefined && { details: known.details }),
        },
      }
    else {
      koa.type = 'text/html; charset=utf-8'
      koa.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>村务通</title><body style="font:20px/1.7 sans-serif;max-width:32em;margin:3em auto;padding:0 1em"><p>${shown}</p><p><a href="/">回首页</a></p>`
    }
  }
}
