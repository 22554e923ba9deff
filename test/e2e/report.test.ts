/** From a villager's tip to the last word: filed, seen live, handled, answered, rated. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DESK, overflow, type Person } from './support/browser.ts'
import { answers, newest, openChat, say } from './support/chat-page.ts'
import { beginStep, caseRows, finishStep, signIn } from './support/console-page.ts'
import { startDesk, type Desk } from './support/desk.ts'
import { fileReport } from './support/file-report.ts'

// Two browsers and a whole service on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

let desk: Desk
let villager: Person
let officer: Person

beforeAll(async () => {
  desk = await startDesk()
  ;[villager, officer] = await Promise.all([desk.person(), desk.person({ viewport: DESK })])
}, 120_000)
afterAll(async () => {
  await villager?.close()
  await officer?.close()
  await desk?.stop()
})

describe('a tip', () => {
  let code: string

  it('is filed in a dialogue and gives a receipt', async () => {
    await signIn(officer.page, '镇纪委')
    await officer.page.getByRole('link', { name: '全部事项' }).click()
    await openChat(villager.page, '张家庄')
    code = await fileReport(villager.page, '我要举报，村支书把修路的钱揣自己兜里了')
    expect(code).toMatch(/\d/)
    expect(await overflow(villager.page)).toBe(0)
  })

  it('appears before the discipline officer without reloading, marked as new', async () => {
    const { page } = officer
    await caseRows(page).filter({ hasText: '修路' }).first().waitFor()
    expect(await caseRows(page).first().innerText()).toContain('新')
    expect(await page.title()).toMatch(/^\(\d+\)/)
  })

  it('shows why it was routed there and what may be done', async () => {
    const { page } = officer
    await caseRows(page).filter({ hasText: '修路' }).first().click()
    expect(await page.getByTestId('routing').innerText()).toMatch(/纪委/)
    expect(await page.getByTestId('routing').locator('li').count()).toBeGreaterThan(0)
    expect(await page.locator('.case').innerText()).toContain('修路的钱')
    await page.waitForFunction('!document.title.startsWith("(")')
  })

  it('is accepted, assigned, answered and closed', async () => {
    const { page } = officer
    await finishStep(await beginStep(page, 'accept'))
    await caseRows(page).first().getByText('待受理').waitFor({ state: 'detached' })
    const assigning = await beginStep(page, 'assign')
    await assigning.getByRole('radio').first().check()
    await finishStep(assigning)
    await page.getByRole('textbox', { name: '答复内容' }).fill('您反映的修路款正在查票据，下周给您回话。')
    await page.getByRole('button', { name: '发出答复' }).click()
    await page.getByText('答复已发出').waitFor()
    await answers(villager.page).filter({ hasText: '正在查票据' }).waitFor()
    const closing = await beginStep(page, 'close')
    await closing.getByRole('radio').first().check()
    await closing.getByRole('textbox', { name: '给群众的话' }).fill('查清了，多报的两万元已退回村集体账户。')
    await finishStep(closing)
    expect(await page.getByTestId('rating').innerText()).toMatch(/还没有评价|等群众评价/)
  })

  it('reaches the villager, who rates it; the rating is on the case', async () => {
    const { page } = villager
    await answers(page).filter({ hasText: '已退回村集体账户' }).waitFor()
    await page.locator('.choices button').filter({ hasText: '解决了' }).first().click()
    await answers(page).filter({ hasText: '谢谢' }).waitFor()
    await officer.page.getByTestId('rating').filter({ hasText: '解决了' }).waitFor()
  })

  it('tells its progress to who holds the code, and to nobody else', async () => {
    expect(await (await say(villager.page, `查 ${code}`)).innerText()).toMatch(/办结|办完/)
    const stranger = await desk.person()
    await openChat(stranger.page, '张家庄')
    expect(await (await say(stranger.page, '查 123-456-7890')).innerText()).not.toMatch(/办结|退回/)
    await stranger.close()
  })

  it('is on the list of discipline officers of the township and of nobody else', async () => {
    const { accounts } = (await (await fetch(`${desk.url}/api/console/demo-accounts`)).json()) as {
      accounts: { displayName: string }[]
    }
    const others = accounts.filter(({ displayName }) => !displayName.includes('镇纪委'))
    expect(others.length).toBeGreaterThan(5)
    for (const { displayName } of others) {
      const other = await desk.person({ viewport: DESK })
      await signIn(other.page, displayName)
      await other.page.goto('/console/cases')
      await other.page
        .locator('.count')
        .filter({ hasText: /共\d+件/ })
        .waitFor()
      expect(await other.page.locator('main').innerText()).not.toContain('修路的钱')
      await other.close()
    }
    // Everybody of the sample signs in, one after the other.
  }, 150_000)

  it('left no error on either page', () => {
    expect([...villager.problems, ...officer.problems]).toEqual([])
  })
})

describe('what could not be answered', () => {
  it('is on the list of open questions, and the answer reaches who asked', async () => {
    const asker = await desk.person()
    await openChat(asker.page, '李家洼')
    await say(asker.page, '2026年9月的账')
    expect(await newest(asker.page)).toMatch(/没有公布|还没公布/)
    const clerk = await desk.person({ viewport: DESK })
    await signIn(clerk.page, '镇')
    await clerk.page.getByRole('link', { name: '未答问题' }).click()
    const question = clerk.page.getByTestId('question').filter({ hasText: '9月的账' })
    await question.getByRole('button', { name: '答复' }).click()
    await question.getByRole('textbox').fill('已经要求李家洼三天内公布。')
    await question.getByRole('button', { name: '发出答复' }).click()
    await answers(asker.page).filter({ hasText: '三天内公布' }).waitFor()
    await Promise.all([asker.close(), clerk.close()])
  })
})

describe('the sign-in', () => {
  it('refuses a wrong password in words and lets nobody look without', async () => {
    const guest = await desk.person({ viewport: DESK })
    await guest.page.goto('/console/cases')
    await guest.page.getByRole('button', { name: '登录' }).waitFor()
    await guest.page.getByRole('textbox', { name: '账号' }).fill('nobody')
    await guest.page.getByRole('textbox', { name: '密码' }).fill('wrong')
    await guest.page.keyboard.press('Enter')
    expect(await guest.page.getByRole('alert').innerText()).toMatch(/账号|密码/)
    expect(await guest.page.getByTestId('case-row').count()).toBe(0)
    await guest.close()
  })
})
