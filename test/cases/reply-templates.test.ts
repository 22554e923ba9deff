/** Templates of replies as a clerk edits them: in force at once, a fault leaves the last good ones. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTemplates } from '../../src/cases/index.ts'
import type { ReplyTemplates } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'))
  file = join(folder, 'reply-templates.yaml')
  world = await buildWorld(undefined, { templatesFile: file })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const logger = pino({ level: 'silent' })
const template = (name: string, more = '', text = '好'): string =>
  `  - { name: ${name}, step: reply, text: "${text}"${more} }\n`

it('the file that is delivered is taken', async () => {
  const templates = await openTemplates('knowledge/reply-templates.yaml', logger)()
  expect(templates.map(({ step }) => step)).toEqual(expect.arrayContaining(['reply', 'close', 'refuse']))
})

it('are filled for the case, chosen by its kind, and follow an edit without a restart', async () => {
  const clerk = await world.signIn('clerk')
  const { id } = await world.file('wxid_ma', '我要反映,村东头路灯坏了两个多月没人修')
  const list = async (): Promise<ReplyTemplates['items']> =>
    (await clerk.get<ReplyTemplates>(`/api/console/cases/${id}/reply-templates`)).body.items
  expect(await list(), 'no file: none').toEqual([])
  const own = template('一', '', '{收到日期}收到,{单位}{期限}前办{类别},今天{今天}')
  await writeFile(file, `templates:\n${own}${template('调解', ', kinds: [dispute]')}`)
  const [first, ...others] = await list()
  expect(others).toEqual([])
  expect(first!.text).toMatch(/^11月23日.*收到,.+前办.+,今天11月23日/)
  expect(first!.text).not.toMatch(/[{}]|undefined/)
  await writeFile(file, `templates:\n${template('一')}${template('二二')}`)
  expect((await list()).map(({ name }) => name)).toEqual(['一', '二二'])
  for (const wrong of [template('三', '', '{姓名}您好'), '  - nonsense\n', '  : ['])
    await writeFile(file, `templates:\n${wrong}`).then(async () =>
      expect(
        (await list()).map(({ name }) => name),
        wrong,
      ).toEqual(['一', '二二']),
    )
})
