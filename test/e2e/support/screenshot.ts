/** Pictures of what a test looks at, for people: written where SCREENSHOTS names a folder, else not taken. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
