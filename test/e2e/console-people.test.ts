/** Several people at one case, through the page only: a second person, somebody who assists, and what belongs to one's own account. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SHORTEST_PASSWORD } from '../../src/people/password-rules.ts'
import { DESK, overflow, type Person } from './support/browser.ts'
import { openChat, say } from './support/chat-page.ts'
import { beginStep, caseRows, finishStep, signIn } from './support/console-page.ts'
import { startDesk, type Desk } from './support/desk.ts'
import { fileReport } from './support/file-report.ts'

vi.setConfig({ testTimeout: 60_000 })

const MATTER = '村东头路灯坏了两个多月没人修'
let desk: Desk
let clerk: Person
let head: Person
let assistant: Person

/** Opens the case from the list of everything. */
async function openCase({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: '全部事项' }).click()
  await caseRows(page).filter({ hasText: '路灯' }).click()
  await page.locator('#case-title').waitFor()
}
const approvals = ({ page }: Person) => page.getByTestId('case-approvals')

beforeAll(async () => {
  desk = await startDesk()
  const villager = await desk.person()
  await openChat(villager.page, '张家庄')
  await fileReport(villager.page, `我要反映，${MATTER}`)
  await villager.close()
  clerk = await desk.person({ viewport: DESK })
  head = await desk.person({ viewport: DESK })
  assistant = await desk.person({ viewport: DESK })
  await signIn(clerk.page, '韩雪')
  await signIn(head.page, '程晓')
  await signIn(assistant.page, '万里')
}, 120_000)
afterAll(async () => {
  for (const person of [clerk, head, assistant]) await person?.close()
  await desk?.stop()
})

describe('a closing that is held', () => {
  it('waits for somebody, and says for whom', async () => {
    await openCase(clerk)
    await finishStep(await beginStep(clerk.page, 'accept'))
    const closing = await beginStep(clerk.page, 'close')
    await closing.getByRole('radio').first().check()
    await closing.getByRole('textbox').first().fill('修好了，再坏了打 13900001111 找老王。')
    await closing.locator('button[type=submit]').click()
    const held = closing.getByTestId('held')
    await held.getByRole('textbox').fill('群众要一个电话')
    await held.getByRole('button', { name: '请另一个人同意' }).click()
    await closing.waitFor({ state: 'hidden' })
    await approvals(clerk).getByText('等第二人审批').waitFor()
    expect(await approvals(clerk).innerText()).toContain('程晓')
    expect(await approvals(clerk).getByRole('link').count()).toBe(0)
  })

  it('is found by the second person, who sends it back with a reason that the first is shown', async () => {
    const { page } = head
    await page.getByRole('link', { name: '双人审批' }).locator('.count').waitFor()
    await page.getByRole('link', { name: '双人审批' }).click()
    const item = page.getByTestId('approval')
    await item.getByRole('button', { name: '退回' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('理由')
    await item.getByRole('textbox', { name: '不同意的理由' }).fill('写村委会的电话')
    await item.getByRole('button', { name: '退回' }).click()
    await item.getByText('没有同意').waitFor()
    await approvals(clerk).getByText('退回，理由：写村委会的电话').waitFor()
    expect(await clerk.page.locator('.case .state').first().innerText()).toBe('办理中')
  })
})

describe('somebody who assists', () => {
  it('finds it among the own work with a day, adds a note, and cannot close', async () => {
    const { page } = clerk
    const help = page.getByTestId('help')
    await help.getByRole('button', { name: '请人协办' }).click()
    const option = help.locator('select option').filter({ hasText: '万里' })
    await help.getByRole('combobox', { name: '请谁' }).selectOption(await option.getAttribute('value'))
    await help.locator('input[type=date]').fill('2099-12-31')
    await help.getByRole('textbox', { name: '请他做什么' }).fill('看看是不是线路的毛病')
    await help.getByRole('button', { name: '发出' }).click()
    await help.getByText('2099-12-31前').waitFor()
    await page.locator('[data-event="help-asked"]').getByText('看看是不是线路的毛病').waitFor()

    const row = caseRows(assistant.page).filter({ hasText: '路灯' })
    await assistant.page.getByRole('link', { name: '我的工作' }).click()
    await row.getByText('请我协助，2099-12-31前').waitFor()
    await row.click()
    await assistant.page.getByRole('textbox', { name: '备注内容' }).fill('线路没问题，是灯坏了。')
    await assistant.page.getByRole('button', { name: '记下备注' }).click()
    await assistant.page.getByText('备注已记下').waitFor()
    expect(await assistant.page.getByTestId('act-close').count()).toBe(0)
    await page.getByText('线路没问题，是灯坏了。').waitFor()
  })

  it('sees it no more when it is ended', async () => {
    await clerk.page.getByTestId('help').getByRole('button', { name: '结束' }).click()
    await clerk.page.locator('[data-event="help-ended"]').waitFor()
    await assistant.page.reload()
    await assistant.page.getByText('没有找到这件事项').first().waitFor()
    expect(await caseRows(assistant.page).count()).toBe(0)
  })
})

describe('one’s own account', () => {
  it('shows where it is signed in, and ends the others', async () => {
    const elsewhere = await desk.person()
    await signIn(elsewhere.page, '万里')
    const { page } = assistant
    await page.getByTitle('我的账号').click()
    const sessions = page.getByTestId('sessions')
    await sessions.getByText('就是这里').waitFor()
    await sessions.getByRole('button', { name: '让它退出' }).first().click()
    await sessions.getByRole('button', { name: '让它退出' }).waitFor({ state: 'detached' })
    await elsewhere.page.reload()
    await elsewhere.page.getByRole('button', { name: '登录', exact: true }).waitFor()
    await elsewhere.close()
  })

  it('tells in Chinese what a password must be, and changes it', async () => {
    const { page } = assistant
    const section = page.getByTestId('password')
    const set = async (fresh: string): Promise<void> => {
      await section.getByLabel('原来的密码').fill('cunwu2026')
      await section.getByLabel('新密码', { exact: true }).fill(fresh)
      await section.getByLabel('再输一遍新密码').fill(fresh)
      await section.getByRole('button', { name: '改密码' }).click()
    }
    await set('short1')
    // The page tells beforehand what the service refuses.
    const length = `至少${SHORTEST_PASSWORD}位`
    await section.getByRole('alert').filter({ hasText: length }).waitFor()
    expect(await section.locator('.soft').innerText()).toContain(length)
    await set('石榴树下9只白鸭子走过')
    await section.getByText('密码改好了').waitFor()
  })

  it('plans days away, for the head also those of others, and takes them back', async () => {
    const { page } = head
    await page.getByTitle('我的账号').click()
    const section = page.getByTestId('absences')
    await section.getByRole('combobox', { name: '谁不在' }).selectOption({ label: '韩雪(镇信访办)' })
    await section.getByLabel('从哪天').fill('2099-01-02')
    await section.getByLabel('到哪天').fill('2099-01-01')
    await section.getByRole('button', { name: '登记' }).click()
    await section.getByRole('alert').filter({ hasText: '不能早于' }).waitFor()
    await section.getByLabel('到哪天').fill('2099-01-09')
    await section.getByRole('button', { name: '登记' }).click()
    await section.getByText('2099-01-02 到 2099-01-09').waitFor()
    await section.getByRole('button', { name: '回来了' }).click()
    await section.getByText('2099-01-02 到 2099-01-09').waitFor({ state: 'detached' })
  })

  it('pairs a phone by a code', async () => {
    const section = head.page.getByTestId('reminders')
    await section.getByRole('button', { name: '绑定手机' }).click()
    expect(await section.getByTestId('pairing-code').innerText()).toMatch(/\d{3}.?\d{3}.?\d{4}/)
    const phone = await desk.person()
    await openChat(phone.page, '张家庄')
    await say(phone.page, await section.getByTestId('pairing-code').innerText())
    await phone.close()
    await section.getByRole('button', { name: '发好了' }).click()
    await section.getByText('已绑定手机').waitFor()
    await section.getByRole('button', { name: '不再提醒' }).click()
    await section.getByRole('button', { name: '绑定手机' }).waitFor()
  })

  it.each([360, 1440])('fits a screen %i wide, all in Chinese', async (width) => {
    const { page } = head
    await page.setViewportSize({ width, height: 800 })
    for (const path of ['account', 'approvals']) {
      await page.goto(`/console/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await overflow(page), path).toBe(0)
      expect(await page.locator('body').innerText(), path).not.toMatch(/[A-Za-z]{3,}/)
    }
  })
})

it('one character is not searched for, and the page says so', async () => {
  const { page } = clerk
  await page.getByRole('link', { name: '全部事项' }).click()
  const search = page.getByRole('textbox', { name: '搜内容或查询码' })
  await search.fill('灯')
  await page.getByText('一个字搜不了，请至少写两个字。').waitFor()
  await search.fill('路灯')
  await caseRows(page).filter({ hasText: '路灯' }).waitFor()
})

it('left no error on the pages', () => {
  for (const person of [clerk, head]) expect(person.problems).toEqual([])
})
