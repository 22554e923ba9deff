/** Which Chromium the browser tests drive: CHROMIUM_PATH, the PATH, Playwright's, Debian's package, Playwright's download. */
import { existsSync } from 'node:fs'
import { canUseApt, installWithApt } from './apt.mjs'
import { findOnPath, run } from './commands.mjs'
import { SetupFault, plainFault } from './fault.mjs'
import { root } from './paths.mjs'
import { step } from './progress.mjs'

const HOW_TO =
  'Install it (Debian: apt install chromium fonts-noto-cjk; otherwise: npx playwright-core install chromium), or set CHROMIUM_PATH.'

/**
 * @param {{ download?: boolean }} [options] download: false looks at this machine only
 * @returns {Promise<{ path: string, from: string }>}
 * @throws {SetupFault} saying what to install when there is none
 */
export async function findChromium(options = {}) {
  const asked = process.env.CHROMIUM_PATH
  if (asked) {
    if (!existsSync(asked)) throw new SetupFault(`CHROMIUM_PATH=${asked} does not exist.`)
    return { path: asked, from: 'CHROMIUM_PATH' }
  }
  const onPath = () => findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
  const found = onPath()
  if (found) return { path: found, from: 'the PATH' }
  const kept = await keptByPlaywright()
  if (kept) return { path: kept, from: "Playwright's cache" }
  if (options.download === false) throw new SetupFault(`No Chromium for the browser tests. ${HOW_TO}`)
  /** @type {string[]} */
  const refused = []
  /** @type {[string, () => Promise<string | null>][]} */
  const choices = [["Playwright's download", downloadedByPlaywright]]
  if (canUseApt())
    choices.unshift(["Debian's package", () => installWithApt('chromium', 'fonts-noto-cjk').then(onPath)])
  for (const [from, find] of choices) {
    try {
      const path = await find()
      if (path) return { path, from }
    } catch (thrown) {
      refused.push(`    tried ${from}: ${plainFault(thrown)}`)
    }
  }
  throw new SetupFault(`No Chromium for the browser tests. ${HOW_TO}`, refused.join('\n'))
}

async function keptByPlaywright() {
  const { chromium } = await import('playwright-core')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : null
}

/** Asks first, for three seconds at most, whether the host of the downloads answers. */
async function downloadedByPlaywright() {
  const host = 'https://cdn.playwright.dev'
  const answered = await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(3000) }).catch(() => null)
  if (!answered) throw new SetupFault(`${host} does not answer`)
  await step('downloading Chromium', () =>
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], {
      cwd: root,
      timeoutMs: 300_000,
    }),
  )
  return keptByPlaywright()
}
