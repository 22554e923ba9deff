/** A day at the desk, through the page only: by somebody who has never seen it, on a big screen and on a phone. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DESK, overflow, type Person } from './support/browser.ts'
import { openChat } from './support/chat-page.ts'
import { beginStep, caseRows, finishStep, signIn } from './support/console-page.ts'
import { startDesk, type Desk } from './support/desk.ts'
import { fileReport } from './support/file-report.ts'

vi.setConfig({ testTimeout: 60_000 })

const MATTERS: readonly [string, string][] = [
  ['张家庄', '我要反映，村东头路灯坏了两个多月没人修'],
  ['李家洼', '建议村头路口装个减速带，孩子上学不安全'],
  ['石桥', '我要反映，俺家和东邻为宅基地的界墙吵了半年'],
]

let desk: Desk
let clerk: Person
const codes: string[] = []

beforeAll(async () => {
  desk = await startDesk()
  for (const [village, matter] of MATTERS) {
    const villager = await desk.person()
    await openChat(villager.page, village)
    codes.push(await fileReport(villager.page, matter))
    await villager.close()
  }
  clerk = await desk.person({ viewport: DESK })
  await signIn(clerk.page, '韩雪')
  await clerk.page.getByRole('link', { name: '全部事项' }).click()
  await caseRows(clerk.page)
    .nth(MATTERS.length - 1)
    .waitFor()
}, 120_000)
afterAll(async () => {
  await clerk?.close()
  await desk?.stop()
})

describe('the list', () => {
  it('finds words of the villagers, and an unknown word finds nothing', async () => {
    const { page } = clerk
    const search = page.getByRole('textbox', { name: '搜内容或查询码' })
    await page.keyboard.press('/')
    await page.keyboard.type('减速带')
    await page.locator('.count', { hasText: '找到1件' }).waitFor()
    expect(await caseRows(page).first().innerText()).toContain('减速带')
    await search.fill('拖拉机')
    await page.getByText('没有符合条件的事项').waitFor()
    await search.fill('')
    await page.locator('.count', { hasText: /共\d+件/ }).waitFor()
    await page.locator('.list').click({ position: { x: 5, y: 5 } })
  })

  it('counts by state; a filter is kept under a name and comes back', async () => {
    const { page } = clerk
    const counts = page.getByRole('group', { name: '各状态件数' })
    expect(await counts.getByRole('button', { name: '待受理' }).innerText()).toMatch(/待受理 \d/)
    await counts.getByRole('button', { name: '待受理' }).click()
    await page.getByRole('button', { name: '＋ 保存这个筛选' }).click()
    await page.getByRole('textbox', { name: '筛选的名字' }).fill('新来的')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '新来的', exact: true }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: '新来的', exact: true }).click()
    expect(await counts.getByRole('button', { name: '待受理' }).getAttribute('aria-pressed')).toBe('true')
    await counts.getByRole('button', { name: '待受理' }).click()
  })

  it('takes the same step on several', async () => {
    const { page } = clerk
    await page.getByRole('button', { name: '选几件一起办' }).click()
    for (const word of ['路灯', '减速带']) await page.getByRole('checkbox', { name: word }).check()
    await page.getByRole('button', { name: '都受理' }).click()
    await page.getByRole('status').filter({ hasText: '办好2件' }).waitFor()
    await caseRows(page).filter({ hasText: '路灯' }).getByText('办理中').waitFor()
    expect(await caseRows(page).filter({ hasText: '界墙' }).innerText()).not.toContain('中止')
    await page.getByRole('button', { name: '不选了' }).click()
  })
})

describe('a handler who is new to it', () => {
  it('closes a case by what the page says, hardly leaving the keyboard', async () => {
    const { page } = clerk
    await page.locator('.list .count').click()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('下一件').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const rows = await caseRows(page).allInnerTexts()
    const at = rows.findIndex((text) => text.includes('路灯'))
    for (let step = 0; step <= at; step += 1) await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.case').getByText('村东头路灯坏了').first().waitFor()
    const hint = page.getByTestId('hint')
    expect(await hint.innerText()).toContain('办完点“办结”')
    // What the hint names is the button that stands out.
    expect(await page.locator('.head .el-button--primary').innerText()).toBe('办结')
    await page.keyboard.press('r')
    await page.keyboard.type('供电所明天来修。')
    await page.keyboard.press('Control+Enter')
    await page.getByText('答复已发出').waitFor()
    const closing = await beginStep(page, 'close')
    await closing.getByRole('radio').first().check()
    await closing.getByRole('textbox').first().fill('路灯已经修好了。')
    await finishStep(closing)
    await hint.filter({ hasText: '已请群众评价' }).waitFor()
    await hint.getByRole('button', { name: '知道了' }).click()
    await hint.waitFor({ state: 'detached' })
  })

  it('takes down a call, and reads out the code', async () => {
    const { page } = clerk
    await page.getByRole('link', { name: '登记' }).click()
    await page.getByRole('button', { name: '登记，取查询码' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('请写群众说的事')
    await page.getByRole('textbox', { name: '他说的事' }).fill('村里的井水发黄，烧开了有渣子')
    await page.getByRole('button', { name: '登记，取查询码' }).click()
    const code = page.getByTestId('receipt').locator('.code')
    await code.waitFor()
    expect((await code.innerText()).trim()).toMatch(/^\d{3} \d{3} \d{4}$/)
    const size = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.code')).fontSize)")
    expect(size).toBeGreaterThan(40)
    codes.push((await code.innerText()).replaceAll(/\D/g, ''))
    expect(await page.getByTestId('receipt').innerText()).toContain('交给')
  })

  it('left no error on the page', () => {
    expect(clerk.problems).toEqual([])
  })
})

describe('the villager’s page', () => {
  it('shows a line of steps for the code, takes a digit, and lets the result be contested', async () => {
    const villager = await desk.person()
    const { page } = villager
    await page.goto('/progress')
    const field = page.getByRole('textbox', { name: '查询码' })
    await field.fill('123')
    await page.getByRole('button', { name: '查一查' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('10位')
    await field.fill(codes[0]!)
    await page.getByRole('button', { name: '查一查' }).click()
    await page.getByTestId('progress').waitFor()
    expect(await page.locator('.steps li').allInnerTexts()).toHaveLength(3)
    expect(await page.locator('.steps li.done').count()).toBe(3)
    const shown = await page.locator('main').innerText()
    expect(shown).toContain('路灯已经修好了')
    expect(shown).toContain('供电所明天来修')
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: '3 没解决' }).click()
    await page.getByRole('status').filter({ hasText: '还没解决' }).waitFor()
    await page.getByRole('button', { name: '不认可这个结果' }).click()
    await page.getByRole('textbox', { name: '哪里不认可' }).fill('第二天又灭了')
    await page.getByRole('button', { name: '提出来' }).click()
    await page.locator('.steps li.now').waitFor()
    expect(villager.problems).toEqual([])
    await villager.close()
  })

  it('says no more of a code that was only entered than the first step', async () => {
    const { page, close } = await desk.person()
    await page.goto('/progress')
    await page.getByRole('textbox', { name: '查询码' }).fill(codes.at(-1)!)
    await page.keyboard.press('Enter')
    await page.getByTestId('progress').waitFor()
    expect(await page.locator('.steps li.now').innerText()).toContain('收到')
    await close()
  })
})

describe('on every screen', () => {
  it.each([
    [360, 780],
    [390, 844],
    [1440, 900],
  ])('%i wide nothing runs off the side, and nothing is in English', async (width, height) => {
    const handler = await desk.person({ viewport: { width, height } })
    const { page } = handler
    await signIn(page, '韩雪')
    for (const path of ['cases', 'enter', 'statistics', 'questions', 'parked']) {
      await page.goto(`/console/${path}`)
      await page.locator('main').waitFor()
      await page.locator('.el-skeleton').waitFor({ state: 'detached' })
      expect(await overflow(page), path).toBe(0)
      expect(await page.locator('body').innerText(), path).not.toMatch(/[A-Za-z]{3,}/)
    }
    await page.goto('/console/cases')
    await caseRows(page).first().click()
    await page.locator('#case-title').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.goto('/console/statistics')
    await page.getByRole('table').nth(2).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '导出表格' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^statistics-\d{4}\.xlsx$/)
    expect(handler.problems).toEqual([])
    await handler.close()
  })
})
