/** What a villager does on the chat page. */
import type { Locator, Page } from 'playwright-core'

/** Opens the chat and chooses the village. */
export async function openChat(page: Page, village: string): Promise<void> {
  await page.goto('/chat')
  await page.getByRole('dialog').getByRole('button', { name: village }).click()
}

/** Answers of the service on the page, oldest first. */
export const answers = (page: Page): Locator => page.locator('article.bot')
export const ownMessages = (page: Page): Locator => page.locator('article.own')

/** Writes, sends, and gives the first answer that comes after. */
export async function say(page: Page, text: string): Promise<Locator> {
  const before = await answers(page).count()
  await page.getByRole('textbox').fill(text)
  await page.getByRole('button', { name: '发送' }).click()
  return answerAfter(page, before)
}

/** The answer that follows the first `count`. */
export async function answerAfter(page: Page, count: number): Promise<Locator> {
  const answer = answers(page).nth(count)
  await answer.waitFor()
  return answer
}

/** Text of the newest answer. */
export async function newest(page: Page): Promise<string> {
  return answers(page).last().innerText()
}
