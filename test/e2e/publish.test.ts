/** A bookkeeper's workbook, from the console to the villager's phone: looked at, handed in, checked, published, asked for. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeWorkbook, toRows } from '../publications/import/make-zip.ts'
import { DESK, PHONE, overflow, type Person } from './support/browser.ts'
import { openChat, say } from './support/chat-page.ts'
import { signIn } from './support/console-page.ts'
import { startDesk, type Desk } from './support/desk.ts'
import { takePicture } from './support/screenshot.ts'

vi.setConfig({ testTimeout: 60_000 })

let desk: Desk
let folder: string
let bookkeeper: Person
const people: Person[] = []

const person = async (viewport: typeof DESK, who: string): Promise<Person> => {
  const one = await desk.person({ viewport })
  people.push(one)
  await signIn(one.page, who)
  return one
}

/** August of a village that has not published it yet. */
const book = (amount: string | number): Buffer =>
  makeWorkbook({
    name: '8月',
    rows: toRows([
      ['李家洼村2026年8月收支明细表'],
      ['单位:元'],
      ['日期', '凭证编号', '会计科目', '摘要', '收入金额', '支出金额', '结存', '经办人', '收款人'],
      ['8月6日', '记-202608-01', '公益支出/环境卫生', '村东涵洞清淤', null, amount, null, '李某', '王某 13800000001'],
      ['8.19', '记-202608-02', '租赁收入', '磨坊房租', '0.6万', null, null, '李某', null],
      ['合计', null, null, null, 6000, 2345.5],
    ]),
  })

beforeAll(async () => {
  desk = await startDesk()
  folder = await mkdtemp(join(tmpdir(), 'village-desk-book-'))
  await writeFile(join(folder, '8月账.xlsx'), book(2345.5))
  await writeFile(join(folder, '8月账(错).xlsx'), book('贰仟'))
  bookkeeper = await person(PHONE, '李家洼村委会')
}, 120_000)
afterAll(async () => {
  for (const { close } of people) await close()
  await desk?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('on the bookkeeper’s phone', () => {
  it('a wrong cell is shown where it is, and nothing is kept', async () => {
    const { page } = bookkeeper
    await page.getByRole('link', { name: '公开' }).click()
    const late = page.getByTestId('obligations').getByRole('listitem').filter({ hasText: '月度收支明细 2026年8月' })
    expect(await late.innerText()).toMatch(/迟\d+天/)
    expect(await overflow(page)).toBe(0)
    await takePicture(page, 'publish-obligations-360')
    await late.getByRole('link', { name: '去导入' }).click()
    await page.locator('input[type=file]').setInputFiles(join(folder, '8月账(错).xlsx'))
    await page.getByRole('button', { name: '看看会改什么' }).click()
    const faults = page.getByTestId('faults')
    await faults.waitFor()
    expect(await faults.innerText()).toMatch(/F4.*第4行“支出”写的是“贰仟”,看不懂/)
    expect(await overflow(page)).toBe(0)
    await takePicture(page, 'publish-faults-360')
    expect(await page.getByRole('button', { name: '送监委会审核' }).count()).toBe(0)
  })

  it('the right file shows what it changes and what it masks, and is handed in', async () => {
    const { page } = bookkeeper
    await page.locator('input[type=file]').setInputFiles(join(folder, '8月账.xlsx'))
    await page.getByRole('button', { name: '看看会改什么' }).click()
    await page.getByTestId('preview').waitFor()
    expect(await page.getByTestId('part').innerText()).toMatch(/月度收支明细\s*2026年8月[\s\S]*新增2/)
    expect(await page.getByTestId('masked').innerText()).toContain('138****0001')
    expect(await page.getByTestId('change').first().innerText()).toContain('村东涵洞清淤')
    expect(await overflow(page)).toBe(0)
    await takePicture(page, 'publish-preview-360')
    await page.getByRole('button', { name: '送监委会审核' }).click()
    await page.getByRole('status').filter({ hasText: '等监委会审核' }).waitFor()
    expect(await page.getByRole('button', { name: '审核通过' }).count()).toBe(0)
  })
})

describe('signed by others', () => {
  it('the supervision committee sees nothing but this, and agrees', async () => {
    const { page } = await person(PHONE, '韩守信')
    const card = page.getByTestId('submission').filter({ hasText: '8月账' })
    await card.getByText('等您审核').waitFor()
    expect(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()).toHaveLength(1)
    await takePicture(page, 'publish-queue-360')
    await card.getByRole('link').click()
    await page.getByTestId('change').filter({ hasText: '村东涵洞清淤' }).waitFor()
    expect(await overflow(page)).toBe(0)
    await takePicture(page, 'publish-check-360')
    await page.getByRole('button', { name: '审核通过' }).click()
    await page.getByRole('status').filter({ hasText: '等公布' }).waitFor()
  })

  it('the township’s agency publishes, and a villager is answered and reads it', async () => {
    const { page } = await person(DESK, '邵建')
    await page.getByRole('link', { name: '公开资料' }).click()
    const card = page.getByTestId('submission').filter({ hasText: '8月账' })
    await card.getByText('等您公布').waitFor()
    await takePicture(page, 'publish-queue-1440')
    await card.getByRole('link').click()
    await page.getByRole('button', { name: '公布', exact: true }).waitFor()
    await takePicture(page, 'publish-check-1440')
    await page.getByRole('button', { name: '公布', exact: true }).click()
    await page.getByRole('status').filter({ hasText: '已公布' }).waitFor()
    expect(await overflow(page)).toBe(0)

    const villager = await desk.person()
    people.push(villager)
    await openChat(villager.page, '李家洼')
    const answer = await say(villager.page, '今年8月份花了多少钱')
    expect(await answer.innerText()).toContain('2,345.50元')
    await villager.page.goto('/v/lijiawa/calendar')
    expect(await overflow(villager.page)).toBe(0)
    await takePicture(villager.page, 'calendar-360')
    await villager.page.goto('/v/lijiawa/ledger?period=2026-08')
    const shown = await villager.page.locator('body').innerText()
    expect(shown).toContain('村东涵洞清淤')
    expect(shown).not.toContain('13800000001')
    await villager.page
      .getByRole('link', { name: /核对码 [0-9a-f]{12}/ })
      .first()
      .click()
    await villager.page.getByRole('heading', { name: '李家洼月度收支明细 2026年8月 第1版' }).waitFor()
    expect(await overflow(villager.page)).toBe(0)
    await takePicture(villager.page, 'version-360')
    expect(people.flatMap(({ problems }) => problems)).toEqual([])
  })
})
