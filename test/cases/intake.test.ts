/** Transcripts: what the villager says, and what must be in the answer. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { StoredAttachment } from '../../src/conversation/index.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

interface Line {
  /** What the villager writes; `{code}` is the last receipt code that was given in the dialogue. */
  say: string
  photos?: number
  /** Time that passes before it. */
  after?: { hours?: number; days?: number }
  /** Patterns that the answer holds, and that it does not. */
  has?: string[]
  not?: string[]
}
interface Dialogue {
  name: string
  form?: 'sms' | 'chat'
  lines: Line[]
  /** How many cases there are afterwards, and of which kind and state. */
  cases: { kind: string; state: string; named?: boolean }[]
}

const dialogues = parse(readFileSync(new URL('fixtures/intake.yaml', import.meta.url), 'utf8')) as Dialogue[]

let world: World
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => world.close())

const photo = async (): Promise<StoredAttachment> => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const { id, mediaType, size } = await world.services.files.save(png)
  return { fileId: id, kind: 'image', mediaType, size }
}

it('what was reported before the village was known is what is taken down', async () => {
  const nowhere = { villageId: null }
  const asked = await world.talk('not bound', '村西头的井盖丢了一个月没人管', nowhere)
  expect(asked.join('\n')).toMatch(/哪个村/)
  // The village is told, not what was said: the dialogue goes on from the report.
  await world.talk('not bound', '没有', nowhere)
  const summary = await world.talk('not bound', '张家庄', nowhere)
  const more = /井盖/.test(summary.join('\n')) ? summary : await world.talk('not bound', '没有', nowhere)
  expect(more.join('\n')).toMatch(/井盖丢了/)
  expect(more.join('\n')).not.toMatch(/“张家庄”/)
})

describe.each(dialogues)('$name', ({ name, form, lines, cases }) => {
  it('goes as written', async () => {
    let code = ''
    world.clock.set('2026-11-23T10:00:00+08:00')
    for (const { say, photos, after, has = [], not = [] } of lines) {
      world.clock.advance(((after?.days ?? 0) * 24 + (after?.hours ?? 0)) * 3_600_000 + 20_000)
      const attachments = await Promise.all(Array.from({ length: photos ?? 0 }, photo))
      const said = say.replaceAll('{code}', code)
      const answers = await world.talk(name, said, { attachments, ...(form && { form }) })
      const answer = answers.join('\n')
      code = /\d{3}-\d{3}-\d{4}/.exec(answer)?.[0] ?? code
      for (const pattern of has) expect(answer, `to “${said}”`).toMatch(new RegExp(pattern))
      for (const pattern of not) expect(answer, `to “${said}”`).not.toMatch(new RegExp(pattern))
      if (form === 'sms') for (const text of answers) expect(text.length).toBeLessThanOrEqual(140)
      // Nobody is asked for more than one thing at a time, and never left without an answer.
      expect(answers.length).toBeGreaterThan(0)
    }
    const contactKey = world.services.vault.fingerprint('case-reporter', world.contactId(name))
    const reporters = await world.services.connection
      .collection('case_reporters')
      .find({ contactKey })
      .sort({ _id: 1 })
      .toArray()
    const stored = await world.services.connection
      .collection('cases')
      .find({ _id: { $in: reporters.map(({ _id }) => _id) } })
      .sort({ _id: 1 })
      .toArray()
    expect(stored).toHaveLength(cases.length)
    expect(stored).toMatchObject(cases)
  })
})
