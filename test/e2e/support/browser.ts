/** Chromium for the tests: one browser a file, a fresh context for every person. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** No background traffic: the browser talks to the service of the test and to nobody else. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1440, height: 900 }

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })
}

export interface Person {
  page: Page
  context: BrowserContext
  /** Errors that the page threw or logged; a test that ends with any has found a fault. */
  problems: string[]
  close(): Promise<void>
}

export interface PersonOptions {
  viewport?: { width: number; height: number }
  javaScriptEnabled?: boolean
  deviceScaleFactor?: number
}

/** Opens a page as one person on one device. */
export async function newPerson(browser: Browser, baseURL: string, options: PersonOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: PHONE,
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // A refused request is told as an error by the browser; what the page makes of it is what tests look at.
    if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      problems.push(message.text())
  })
  return { page, context, problems, close: async () => context.close() }
}

/** How many pixels the page is wider than the screen; 0 when nothing runs off the side. */
export async function overflow(page: Page): Promise<number> {
  return (await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) as number
}
