/** The public pages' renderer, built from src/web: turns a page's data into a whole HTML document. */
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export type RenderPage<PageData> = (page: PageData) => Promise<{ html: string }>

/** @param pagesDir folder of the built pages; undefined is given when they have not been built (tests of other things) */
export async function loadPageRenderer<PageData>(pagesDir: string): Promise<RenderPage<PageData> | undefined> {
  const file = resolve(pagesDir, 'ssr/public.js')
  const built = await access(file).then(
    () => true,
    () => false,
  )
  if (!built) return undefined
  const bundle = (await import(pathToFileURL(file).href)) as { renderPage: RenderPage<PageData> }
  return bundle.renderPage
}
