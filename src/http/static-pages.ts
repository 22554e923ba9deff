/** Serves the built pages: hashed assets for long, entry pages fresh. Everything is read once; the bundles are small. */
import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DomainError } from '../infrastructure/errors.ts'
import { RAW, anyone, defineRoute } from './define-route.ts'
import type { Route } from './define-route.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

interface Page {
  body: Buffer
  gzipped: Buffer | null
  type: string
  immutable: boolean
}

/**
 * @param folder built pages (dist/web)
 * @param entries path pattern → file of the folder, e.g. '/chat' → 'chat.html'
 * @returns routes that say “not found” where the pages have not been built
 */
export async function staticPages(folder: string, entries: Record<string, string>): Promise<Route[]> {
  const pages = new Map<string, Page>()
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of found) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const body = await readFile(path)
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream'
    const compressible = /text|json|svg|javascript/.test(type) && body.length > 1000
    const name = relative(folder, path).replaceAll('\\', '/')
    pages.set(name, {
      body,
      gzipped: compressible ? gzipSync(body) : null,
      type,
      immutable: name.startsWith('assets/'),
    })
  }
  const serve = (path: string, name: (params: Record<string, string>) => string): Route =>
    defineRoute({
      method: 'get',
      path,
      summary: 'A page or a part of one',
      policy: anyone,
      handler: async ({ koa }) => {
        const page = pages.get(name(koa.params as Record<string, string>))
        if (!page) throw new DomainError('not_found', 404, '没有找到这个页面。')
        const zipped = page.gzipped && koa.acceptsEncodings('gzip') === 'gzip'
        koa.set({
          'Cache-Control': page.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
          Vary: 'Accept-Encoding',
        })
        if (zipped) koa.set('Content-Encoding', 'gzip')
        koa.type = page.type
        koa.body = zipped ? page.gzipped : page.body
        return RAW
      },
    })
  return [
    serve('/assets/*name', (params) => `assets/${params.name ?? ''}`),
    ...Object.entries(entries).map(([path, file]) => serve(path, () => file)),
  ]
}
