/**
 * Takes the README's pictures from a running service with the sample township (npm start):
 *   npx tsx test/e2e/screenshots.ts http://localhost:3000
 * Writes docs/images/chat.png and docs/images/console.png.
 */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../scripts/setup/paths.mjs'
import { DESK, launchBrowser, newPerson } from './support/browser.ts'
import { openChat, say } from './support/chat-page.ts'
import { beginStep, caseRows, finishStep, signIn } from './support/console-page.ts'
import { fileReport } from './support/file-report.ts'

const LARGEST = 250_000
const url = process.argv[2] ?? 'http://localhost:3000'
const folder = join(root, 'docs/images')
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  const villager = await newPerson(browser, url, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 })
  await openChat(villager.page, '张家庄')
  await say(villager.page, '去年修路花了多少钱')
  await villager.page.screenshot({ path: join(folder, 'chat.png') })
  // A working day of the petition office: three matters, one of them under way.
  const matters: [string, string][] = [
    ['石桥', '我要反映，俺家和东邻为宅基地的界墙吵了半年'],
    ['李家洼', '建议村头路口装个减速带，孩子上学不安全'],
    ['张家庄', '我要反映，村东头路灯坏了两个多月没人修，晚上老人走路看不见'],
  ]
  for (const [village, matter] of matters) {
    const person = await newPerson(browser, url)
    await openChat(person.page, village)
    await fileReport(person.page, matter)
    await person.close()
  }
  const { page } = await newPerson(browser, url, { viewport: DESK })
  await signIn(page, process.argv[3] ?? '镇信访办')
  await page.getByRole('link', { name: '全部事项' }).click()
  await caseRows(page).filter({ hasText: '路灯' }).first().click()
  await finishStep(await beginStep(page, 'accept'))
  await page.getByRole('textbox', { name: '答复内容' }).fill('路灯的事已经告诉供电所，三天内来修，修好告诉您。')
  await page.getByRole('button', { name: '发出答复' }).click()
  await page.getByText('答复已发出').waitFor()
  await caseRows(page).filter({ hasText: '办理中' }).first().waitFor()
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, 'console.png') })
} finally {
  await browser.close()
}
for (const name of ['chat.png', 'console.png']) {
  const { size } = await stat(join(folder, name))
  if (size > LARGEST) throw new Error(`${name} has ${size} bytes, more than ${LARGEST}`)
}
