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
import { caseRows, signIn } from './support/console-page.ts'
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
  await fileReport(villager.page, '我要反映，村东头路灯坏了两个多月没人修，晚上老人走路看不见')

  const handler = await newPerson(browser, url, { viewport: DESK })
  await signIn(handler.page, process.argv[3] ?? '镇')
  await handler.page.getByRole('link', { name: '全部事项' }).click()
  await caseRows(handler.page).first().click()
  await handler.page.getByTestId('routing').waitFor()
  await handler.page.screenshot({ path: join(folder, 'console.png') })
} finally {
  await browser.close()
}
for (const name of ['chat.png', 'console.png']) {
  const { size } = await stat(join(folder, name))
  if (size > LARGEST) throw new Error(`${name} has ${size} bytes, more than ${LARGEST}`)
}
