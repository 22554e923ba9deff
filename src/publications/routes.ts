/** Record pages: as JSON, and as HTML that needs no JavaScript. */
import { z } from 'zod'
import { RAW, anyone, defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import { PageQuery } from './schema.ts'
import type { PageData } from './schema.ts'
import { pageReplies } from './pages/replies.ts'

type FindPage = (path: string, query?: Partial<Omit<PageQuery, 'path'>>) => Promise<PageData | null>

const PAGE_PATHS = [
  '/v',
  '/v/',
  '/v/*rest',
  '/powers',
  '/powers/:code',
  '/negative-list',
  '/responsibilities',
  '/offices',
  '/published/:id',
  '/policies',
  '/policies/:id',
  '/help',
] as const
const HtmlQuery = z.object({
  period: z.string().max(40).optional(),
  item: z.string().max(60).optional(),
  page: z.coerce.number().int().min(1).max(1000).optional().catch(undefined),
})

/** @param lines the records of a version as JSON lines, null when it was never published */
export function publicationRoutes(
  page: FindPage,
  lines: (id: string) => Promise<string | null>,
  renderPage?: (page: PageData) => Promise<{ html: string }>,
): Route[] {
  const get = async (path: string, query: Partial<Omit<PageQuery, 'path'>>): Promise<PageData> => {
    const found = await page(path, query)
    if (!found) throw new DomainError('not_found', 404, pageReplies.notFound)
    return found
  }
  const json = defineRoute({
    method: 'get',
    path: '/api/public/pages',
    summary: 'What a record page shows',
    query: PageQuery,
    policy: anyone,
    handler: async ({ query: { path, ...query } }) => get(path, query),
  })
  const data = defineRoute({
    method: 'get',
    path: '/api/public/publications/:id',
    summary: 'The records of a published version as JSON lines; their SHA-256 is its hash',
    params: z.object({ id: z.string().max(300) }),
    policy: anyone,
    handler: async ({ params, koa }) => {
      const found = await lines(params.id)
      if (found === null) throw new DomainError('not_found', 404, pageReplies.notFound)
      koa.type = 'application/x-ndjson; charset=utf-8'
      koa.set({ 'Content-Disposition': 'attachment; filename="records.ndjson"', 'Cache-Control': 'no-cache' })
      koa.body = found
      return RAW
    },
  })
  if (!renderPage) return [json, data]
  const html = PAGE_PATHS.map((path) =>
    defineRoute({
      method: 'get',
      path,
      summary: 'A record page',
      query: HtmlQuery,
      policy: anyone,
      handler: async ({ koa, query }) => {
        const { html: document } = await renderPage(await get(koa.path, query))
        koa.type = 'text/html; charset=utf-8'
        koa.set('Cache-Control', 'no-cache')
        koa.body = document
        return RAW
      },
    }),
  )
  return [json, data, ...html]
}
