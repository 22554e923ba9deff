import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadUnderstander } from '../../../src/conversation/understand/index.ts'
import type { Refusal } from '../../../src/conversation/understand/index.ts'

const context = { now: new Date('2026-11-23T14:00:00Z'), vocabulary: { villageId: null, entries: [] } }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intents-'))
  await cp('intents', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('an edit takes effect without a restart, a broken file is refused with its line, and the last good set stays in force', async () => {
  const refused: Refusal[] = []
  let changed = 0
  const understander = await loadUnderstander(folder, {
    watch: true,
    debounceMs: 20,
    onRefused: (errors) => refused.push(...errors),
    onChanged: () => changed++,
  })
  const file = join(folder, 'ask.education.yaml')
  const good = await readFile(file, 'utf8')
  const before = understander.version

  const word = '村晚彩排节目单'
  await writeFile(
    file,
    `${good}${['在哪领', '几点', '给我看看', '有没有', '啥样', '谁发'].map((end) => `  - ${word}${end}\n`).join('')}`,
  )
  await expect.poll(() => changed, { timeout: 20_000 }).toBe(2)
  expect(understander.version).not.toBe(before)
  expect(understander.understand(`${word}出了没`, context).intents[0]!.code).toBe('ask.education')

  const inForce = understander.version
  await writeFile(file, good.replace('\nexamples:\n', '\nexmples:\n'))
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ file: 'ask.education.yaml', reason: expect.stringContaining('ex') })
  expect(understander.version).toBe(inForce)
  expect(understander.understand(`${word}出了没`, context).intents[0]!.code).toBe('ask.education')
  understander.close()
}, 60_000)

test.each<[string, (text: string) => string, number, RegExp]>([
  ['a tab instead of spaces', (text) => text.replace('  - ', '\t- '), 5, /YAML/u],
  ['an example that is not text', (text) => text.replace(/ {2}- .*\n/u, '  - {a: 1}\n'), 5, /例句/u],
  ['an unknown slot', (text) => text.replace('slots: [', 'slots: [colour, '), 3, /slots/u],
  ['no title', (text) => text.replace(/^title: .*\n/u, ''), 1, /title/u],
])(
  '%s is refused in line %#',
  async (_, edit, line, reason) => {
    const refused: Refusal[] = []
    const file = join(folder, 'ask.finance.yaml')
    await writeFile(file, edit(await readFile(file, 'utf8')))
    const understander = await loadUnderstander(folder, { onRefused: (errors) => refused.push(...errors) })
    expect(refused).toEqual([
      { file: 'ask.finance.yaml', line: expect.any(Number), reason: expect.stringMatching(reason) },
    ])
    expect(Math.abs(refused[0]!.line - line)).toBeLessThanOrEqual(1)
    expect(understander.understand('你好', context).intents[0]!.code).toBe('talk.greeting')
    understander.close()
  },
  30_000,
)

test('trained weights are kept and taken up again', async () => {
  const cacheDir = join(folder, 'cache')
  const first = await loadUnderstander(folder, { cacheDir })
  const start = performance.now()
  const second = await loadUnderstander(folder, { cacheDir })
  expect(performance.now() - start).toBeLessThan(1500)
  expect(second.understand('去年修路花了多少钱', context)).toEqual(first.understand('去年修路花了多少钱', context))
}, 30_000)

test('a folder without intent files is an error', async () => {
  await expect(loadUnderstander(join(folder, '..', 'nothing-here'))).rejects.toThrow()
})
