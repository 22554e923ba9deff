/** In a browser: a doubted figure reaches the desk with its lines, and a life in danger stands in red until somebody takes it. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { DESK, PHONE, overflow, type Person } from './support/browser.ts'
import { newest, openChat, say } from './support/chat-page.ts'
import { caseRows, signIn } from './support/console-page.ts'
import { startDesk, type Desk } from './support/desk.ts'

vi.setConfig({ testTimeout: 60_000 })

let desk: Desk
let villager: Person
beforeAll(async () => {
  desk = await startDesk()
  villager = await desk.person()
  await openChat(villager.page, '张家庄')
}, 120_000)
afterAll(async () => {
  await villager?.close()
  await desk?.stop()
})

it('shows what was answered, each line with its page, and version and hash', async () => {
  for (const text of ['去年修路花了多少钱', '这账不对吧', '我咋记得是三万']) await say(villager.page, text)
  expect(await newest(villager.page)).toMatch(/三万[\s\S]*匿名提交/)
  await say(villager.page, '1')
  for (const viewport of [DESK, PHONE]) {
    const clerk = await desk.person({ viewport })
    await signIn(clerk.page, '韩雪')
    await clerk.page.getByRole('link', { name: /全部/ }).click()
    await caseRows(clerk.page).filter({ hasText: '这账不对' }).first().click()
    const doubted = clerk.page.getByTestId('questioned')
    await doubted.waitFor()
    expect(await doubted.innerText()).toMatch(/问：去年修路花了多少钱[\s\S]*第1版/)
    expect(await overflow(clerk.page)).toBe(0)
    if (viewport === DESK) {
      const [page] = await Promise.all([clerk.context.waitForEvent('page'), doubted.getByRole('link').first().click()])
      await page.waitForLoadState()
      expect(page.url()).toMatch(/\/v\/zhangjiazhuang\/ledger\?period=2025-\d\d#r-/)
      const line = decodeURIComponent(new URL(page.url()).hash)
      expect(await page.locator(line).count()).toBe(1)
    }
    expect(clerk.problems).toEqual([])
    await clerk.close()
  }
})

it('shows danger without reloading, until it is taken, on a big screen and on a phone', async () => {
  const [clerk, other] = await Promise.all([desk.person({ viewport: DESK }), desk.person({ viewport: PHONE })])
  await Promise.all([signIn(clerk.page, '韩雪'), signIn(other.page, '程晓')])
  expect(await (await say(villager.page, '俺家柴火垛着火了快来人')).innerText()).toMatch(/119/)
  const [alarm, seen] = [clerk.page.getByTestId('alarm'), other.page.getByTestId('alarm')]
  await Promise.all([alarm.waitFor(), seen.waitFor()])
  expect(await alarm.innerText()).toMatch(/紧急 · 张家庄 · 着火[\s\S]*柴火垛/)
  expect(await overflow(other.page)).toBe(0)
  await alarm.getByRole('button', { name: '我来处理' }).click()
  await alarm.getByText('在处理').waitFor()
  await seen.getByText('韩雪').waitFor()
  await villager.page.getByText('值班的人看到您说的了').waitFor()
  await alarm.getByPlaceholder('给他回话').fill('消防车五分钟到')
  await alarm.getByRole('button', { name: '发出' }).click()
  await villager.page.getByText('消防车五分钟到').waitFor()
  await alarm.getByRole('button', { name: '收起' }).click()
  await alarm.waitFor({ state: 'hidden' })
  expect([...clerk.problems, ...other.problems]).toEqual([])
  await Promise.all([clerk.close(), other.close()])
})
