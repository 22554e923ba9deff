/** Record pages in a browser without JavaScript: an old phone, a strict browser, a printer. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DESK, PHONE, overflow, type Person } from './support/browser.ts'
import { startDesk, type Desk } from './support/desk.ts'

// Two browsers and a whole service on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

let desk: Desk
let reader: Person

const paths = [
  '/v/',
  '/v/zhangjiazhuang',
  '/v/zhangjiazhuang/ledger',
  '/v/lijiawa',
  '/v/zhangjiazhuang/projects',
  '/v/zhangjiazhuang/contracts',
  '/v/zhangjiazhuang/assets',
  '/v/zhangjiazhuang/subsidies',
  '/v/zhangjiazhuang/resolutions',
  '/v/zhangjiazhuang/people',
  '/v/zhangjiazhuang/party',
  '/v/zhangjiazhuang/conference',
  '/powers',
  '/negative-list',
  '/policies',
  '/help',
]

beforeAll(async () => {
  desk = await startDesk()
  reader = await desk.person({ javaScriptEnabled: false })
}, 120_000)
afterAll(async () => {
  await reader?.close()
  await desk?.stop()
})

describe('without JavaScript', () => {
  it.each(paths)('%s is readable on a phone and a desk', async (path) => {
    const { page } = reader
    const response = await page.goto(path)
    expect(response?.status()).toBe(200)
    expect(await page.locator('h1').innerText()).not.toBe('')
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(40)
    expect(await page.locator('script').count()).toBe(0)
    for (const viewport of [{ width: 320, height: 600 }, PHONE, DESK]) {
      await page.setViewportSize(viewport)
      const { scroll, client } = {
        scroll: await page.locator('html').evaluate('(e) => e.scrollWidth'),
        client: await page.locator('html').evaluate('(e) => e.clientWidth'),
      }
      expect(scroll).toBe(client)
    }
  })

  it('leads from the villages to a month of the ledger, with its date of publication', async () => {
    const { page } = reader
    await page.setViewportSize(PHONE)
    await page.goto('/v/')
    await page.locator('main').getByRole('link', { name: '张家庄' }).first().click()
    await page.locator('footer').getByRole('link', { name: '收支账' }).click()
    expect(page.url()).toMatch(/\/v\/zhangjiazhuang\/ledger/)
    expect(await page.locator('main').innerText()).toMatch(/\d{4}-\d{2}-\d{2} 公布/)
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(5)
  })

  it('shows what is late as late', async () => {
    const { page } = reader
    await page.goto('/v/lijiawa')
    expect(await page.locator('main').innerText()).toMatch(/逾期|尚未公布|没有公布/)
  })

  it('answers an unknown page in words', async () => {
    const { page } = reader
    const response = await page.goto('/v/zhangjiazhuang/projects/nothing-here')
    expect(response?.status()).toBe(404)
    expect(await page.locator('body').innerText()).toMatch(/没有找到/)
  })
})

describe('every link of the pages', () => {
  it('leads somewhere', async () => {
    const seen = new Map<string, number>()
    const waiting = ['/v/']
    for (let path = waiting.shift(); path !== undefined && seen.size < 400; path = waiting.shift()) {
      if (seen.has(path)) continue
      const response = await fetch(new URL(path, desk.url))
      seen.set(path, response.status)
      const html = await response.text()
      for (const [, href] of html.matchAll(/href="(\/[^"#]*)/g)) {
        const link = href!.replaceAll('&amp;', '&')
        if (!/^\/(chat|console|api|assets)/.test(link)) waiting.push(link)
      }
    }
    expect([...seen].filter(([, status]) => status !== 200)).toEqual([])
    expect(seen.size).toBeGreaterThan(40)
  })
})

it('is not wider than the screen with the widest table', async () => {
  const person = await desk.person({ viewport: PHONE })
  await person.page.goto('/v/zhangjiazhuang/ledger')
  expect(await overflow(person.page)).toBe(0)
  await person.close()
})
