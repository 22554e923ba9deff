/** Renders a public page on the server: one HTML document that needs no script, no second request, and prints. */
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { PageData } from '../../../publications/schema.ts'
import shared from '../../ui/shared.css?inline'
import theme from '../../ui/theme.css?inline'
import PublicPage from './PublicPage.vue'
import charts from './charts.css?inline'
import layout from './layout.css?inline'
import parts from './parts.css?inline'
import print from './print.css?inline'
import tables from './tables.css?inline'

const style = `<style>${theme}${shared}${layout}${parts}${charts}${tables}${print}</style>`

/** @returns the whole document; everything in `page` is text and is escaped */
export async function renderPage(page: PageData): Promise<{ html: string }> {
  const body = await renderToString(createSSRApp(PublicPage, { page }))
  const place = page.village && !page.title.includes(page.village.name) ? `${page.village.name} · ` : ''
  const title = escapeText(`${place}${page.title} · 村务通`)
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="theme-color" content="#0b5d4a"><title>${title}</title>${style}`
  return { html: `<!doctype html><html lang="zh-CN"><head>${head}</head><body>${body}</body></html>` }
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
