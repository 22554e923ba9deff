/** What a handler does in the console. */
import type { Locator, Page } from 'playwright-core'

/** Signs in with the demo account whose name or unit has this word. */
export async function signIn(page: Page, who: string): Promise<void> {
  await page.goto('/console/')
  await page.locator('.demo button').filter({ hasText: who }).first().click()
  await page.locator('form').getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
}

export const caseRows = (page: Page): Locator => page.getByTestId('case-row')

/** Opens the form of a step. */
export async function beginStep(page: Page, action: string): Promise<Locator> {
  await page.getByTestId(`act-${action}`).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}

/** Confirms the form, and waits until it is done. */
export async function finishStep(dialog: Locator): Promise<void> {
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'hidden' })
}
