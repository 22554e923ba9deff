/** Goes through the dialogue of a report as a villager does: answers what is asked until there is a receipt. */
import type { Page } from 'playwright-core'
import { answers, answerAfter, newest, say } from './chat-page.ts'

/** What this villager would say when asked; the first that fits. */
const spoken: [RegExp, string][] = [
  [/(对不对|这样报|对吗|没错|核对|交上去吗|确认)/, '对'],
  [/匿名/, '匿名'],
  [/(证据|照片|材料|票据)/, '没有'],
  [/(啥时候|什么时候|哪年|哪天|时间)/, '去年十月'],
  [/(谁|哪位|干部|叫啥|名字)/, '村支书'],
  [/(在哪|哪里|地点|地方|啥位置)/, '村东头'],
  [/(啥事|什么事|说说|经过)/, '修路的钱对不上账'],
]

/**
 * @param first the villager's first words
 * @returns the receipt code as shown
 * @throws when there is no receipt after a dozen turns, with the last thing said
 */
export async function fileReport(page: Page, first: string): Promise<string> {
  await say(page, first)
  for (let turn = 0; turn < 12; turn += 1) {
    const card = answers(page).filter({ hasText: '受理回执' }).last()
    if ((await card.count()) > 0) return card.getByTestId('figure').innerText()
    const text = await newest(page)
    const reply = spoken.find(([asked]) => asked.test(text))?.[1]
    if (!reply) break
    const before = await answers(page).count()
    const button = page.locator('.choices button').filter({ hasText: reply }).first()
    if ((await button.count()) > 0) {
      await button.click()
      await answerAfter(page, before)
    } else await say(page, reply)
  }
  throw new Error(`No receipt; the last thing said was: ${await newest(page)}`)
}
