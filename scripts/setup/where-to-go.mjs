/** What is printed when everything runs: where to go, and who may sign in. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** Password of all demo accounts (knowledge/demo-accounts.yaml). */
const DEMO_PASSWORD = 'cunwu2026'

/** @param {string} url @returns {Promise<string[]>} lines */
export async function whereToGo(url) {
  const accounts = await demoAccounts()
  return [
    '',
    `  Villager's chat   ${url}/chat`,
    `  Public pages      ${url}/v/`,
    `  Handler's console ${url}/console`,
    ...accounts.map(
      ({ username, displayName, unit }) =>
        `                      ${username.padEnd(14)} ${DEMO_PASSWORD}   ${[displayName, unit].filter(Boolean).join(',')}`,
    ),
    '  In the terminal   npm run ask -- --village 张家庄 "去年修路花了多少钱"',
    '',
  ]
}

/** @returns {Promise<{ username: string, displayName?: string, unit?: string }[]>} */
async function demoAccounts() {
  const file = join(root, 'knowledge/demo-accounts.yaml')
  if (!existsSync(file)) return []
  const { parse } = await import('yaml')
  const content = parse(await readFile(file, 'utf8'))
  const list = Array.isArray(content) ? content : content?.accounts
  return Array.isArray(list) ? list.filter((account) => typeof account?.username === 'string') : []
}
