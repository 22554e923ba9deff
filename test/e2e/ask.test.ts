/** A villager on a phone: asks, sees the answer with its source, sends photos, loses the network. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { DESK, overflow, type Person } from './support/browser.ts'
import { answerAfter, answers, openChat, ownMessages, say } from './support/chat-page.ts'
import { startDesk, type Desk } from './support/desk.ts'
import { jpeg } from './support/pictures.ts'

// Two browsers and a whole service on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

let desk: Desk
let villager: Person

beforeAll(async () => {
  desk = await startDesk()
}, 120_000)
afterAll(async () => desk?.stop())
beforeEach(async () => {
  villager = await desk.person()
})
afterEach(async () => {
  const { problems } = villager
  await villager.close()
  expect(problems).toEqual([])
})

describe('asking', () => {
  it('answers with a card whose source opens the record', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    const answer = await say(page, '去年修路花了多少钱')
    expect(await answer.getByTestId('figure').innerText()).toMatch(/[\d,.]+万?元/)
    const source = answer.getByTestId('source').first()
    expect(await source.innerText()).toMatch(/来源.+\d{4}-\d{2}-\d{2} 公布/s)
    await source.click()
    await page.waitForURL(/\/v\/zhangjiazhuang\//)
    expect(await page.locator('h1').innerText()).not.toBe('')
    expect(await page.locator('main').innerText()).toContain('公布')
    expect(await overflow(page)).toBe(0)
  })

  it('remembers the village and what was said', async () => {
    const { page } = villager
    await openChat(page, '石桥')
    await say(page, '村里账上还剩多少钱')
    await page.reload()
    await answerAfter(page, 0)
    expect(await ownMessages(page).first().innerText()).toContain('村里账上还剩多少钱')
    expect(await page.getByTestId('change-village').innerText()).toContain('石桥')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('takes one of the suggestions with one tap', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    await page.getByRole('button', { name: '低保怎么申请' }).click()
    expect(await (await answerAfter(page, 0)).innerText()).toMatch(/低保|最低生活保障/)
  })

  it('begins with the question that a record page hands over', async () => {
    const { page } = villager
    await page.goto(`/chat?village=shiqiao&q=${encodeURIComponent('我对“收支账”有疑问')}`)
    expect(await page.getByRole('textbox').inputValue()).toBe('我对“收支账”有疑问')
    expect(await page.getByTestId('change-village').innerText()).toContain('石桥')
  })

  it.each([320, 360, 768, DESK.width])('fits a screen of %i pixels', async (width) => {
    const { page } = villager
    await page.setViewportSize({ width, height: 700 })
    await openChat(page, '张家庄')
    await say(page, '去年修路花了多少钱')
    expect(await overflow(page)).toBe(0)
    const box = await page.getByRole('button', { name: '发送' }).boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(700)
    expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44)
  })
})

describe('photos', () => {
  it('shows them before sending, sends them, and gets a reply', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    await page.locator('input[type=file]').setInputFiles([
      { name: 'a.jpg', mimeType: 'image/jpeg', buffer: jpeg },
      { name: 'b.jpg', mimeType: 'image/jpeg', buffer: jpeg },
      { name: 'c.jpg', mimeType: 'image/jpeg', buffer: jpeg },
    ])
    await page.getByRole('button', { name: '不要第3张' }).click()
    expect(await page.locator('.previews img').count()).toBe(2)
    await page.getByRole('button', { name: '发送' }).click()
    expect(await (await answerAfter(page, 0)).innerText()).toMatch(/2张照片/)
    expect(await page.locator('article.own img').count()).toBe(2)
    await page.reload()
    await answerAfter(page, 0)
    expect(await ownMessages(page).first().innerText()).toContain('照片2张')
  })

  it('says so when a photo is not a photo, or too large', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    const input = page.locator('input[type=file]')
    await input.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) })
    expect(await page.getByRole('alert').innerText()).toContain('太大')
    await input.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo at all') })
    await page.getByRole('button', { name: '发送' }).click()
    expect(await (await answerAfter(page, 0)).innerText()).toMatch(/打不开|重新拍/)
  })
})

describe('trouble', () => {
  it('keeps what was written without network, over a reload, and sends it once', async () => {
    const { page, context } = villager
    await openChat(page, '张家庄')
    await say(page, '你好')
    await page.route('**/api/public/chat/messages', (route) => route.abort())
    await page.getByRole('textbox').fill('村里账上还剩多少钱')
    await page.keyboard.press('Enter')
    await page.locator('article.own[data-state=waiting]').waitFor()
    await page.reload()
    await page.locator('article.own[data-state=waiting]').waitFor()
    await page.unroute('**/api/public/chat/messages')
    await context.setOffline(true)
    await context.setOffline(false)
    await (await answerAfter(page, 1)).getByTestId('figure').waitFor()
    await page.reload()
    await answerAfter(page, 1)
    expect(await ownMessages(page).filter({ hasText: '账上还剩' }).count()).toBe(1)
    expect(await answers(page).count()).toBe(2)
  })

  it('sends a message again when the answer of the service was lost, and is answered once', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    let lost = 0
    await page.route('**/api/public/chat/messages', async (route) => {
      if (lost > 0) return route.continue()
      lost += 1
      await route.fetch()
      return route.abort()
    })
    await say(page, '村里账上还剩多少钱')
    await page.locator('article.own[data-state=sent]').waitFor()
    await page.reload()
    await answerAfter(page, 0)
    expect([await ownMessages(page).count(), await answers(page).count()]).toEqual([1, 1])
  })

  it('answers also when the first words are written before the page has met the service', async () => {
    const { page } = villager
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/api/public/chat/history', async (route) => {
      await held
      await route.continue()
    })
    await openChat(page, '张家庄')
    await page.getByRole('textbox').fill('村里账上还剩多少钱')
    await page.keyboard.press('Enter')
    await ownMessages(page).first().waitFor()
    release()
    expect(await (await answerAfter(page, 0)).innerText()).toContain('元')
    await page.reload()
    await answerAfter(page, 0)
    expect(await ownMessages(page).count()).toBe(1)
  })

  it('tells that the network is gone', async () => {
    const { page, context } = villager
    await openChat(page, '张家庄')
    await context.setOffline(true)
    await page.getByText('现在没有网').waitFor()
    await context.setOffline(false)
    await page.getByText('现在没有网').waitFor({ state: 'detached' })
  })

  it('cuts what is far too long, and says so', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    await page.getByRole('textbox').fill('长'.repeat(100_000))
    expect(await page.getByRole('alert').innerText()).toContain('太长')
    expect((await page.getByRole('textbox').inputValue()).length).toBe(5000)
  })

  it('does not send nothing', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    await page.getByRole('button', { name: '发送' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('先写')
    expect(await ownMessages(page).count()).toBe(0)
  })

  it('goes on after the service was cut off', async () => {
    const { page } = villager
    await openChat(page, '张家庄')
    await say(page, '你好')
    await desk.restart()
    expect(await (await say(page, '村里账上还剩多少钱')).innerText()).toContain('元')
    expect(await answers(page).count()).toBe(2)
  })
})
