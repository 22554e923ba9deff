import type { PageData } from '../../../publications/schema.ts'

/** Address of the chat for this village; with `about`, the question is begun with what the page shows. */
export function toChat(page: Pick<PageData, 'village' | 'title'>, about: boolean): string {
  const query = new URLSearchParams()
  if (page.village) query.set('village', page.village.id)
  if (about) query.set('q', `我对“${page.title}”有疑问：`)
  const text = query.toString()
  return text === '' ? '/chat' : `/chat?${text}`
}
