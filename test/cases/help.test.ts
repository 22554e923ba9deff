/** Asking others in: to assist or to co-handle, under the same policy as everything else, told on the timeline, ended again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseHelpers } from '../../src/cases/help/schema.ts'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import { auditEntries } from '../../src/infrastructure/audit-log.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
const accounts = new Map<string, Account>()
const as = (name: string): Account => accounts.get(name)!
const ids = new Map<string, string>()
let id: string
const DUE = '2026-11-27'

beforeAll(async () => {
  world = await buildWorld()
  for (const name of [
    'clerk',
    'handler',
    'director',
    'discipline',
    'discipline-2',
    'county',
    'village',
    'village-2',
    'mayor',
    'admin',
    'supervisor',
  ])
    accounts.set(name, await world.signIn(name))
  accounts.set('water', await world.addAccount('water', '水利站 万里', ['handler'], 'zf'))
  for (const { username, accountId } of await world.accounts.list()) ids.set(username, accountId)
  // About the accountant of the village, a cousin of the deputy mayor's.
  ;({ id } = await world.file('wxid_qian', '我要反映张家庄张立国办低保不给俺家办,材料交了半年了'))
  expect((await as('clerk').post(`/api/console/cases/${id}/assign`, { accountId: ids.get('handler') })).status).toBe(
    200,
  )
  expect((await as('handler').post(`/api/console/cases/${id}/accept`)).status).toBe(200)
})
afterAll(async () => world.close())

const path = (step: string): string => `/api/console/cases/${id}/${step}`
const ask = async (by: string, whom: string, mode = 'assist', due = DUE) =>
  as(by).post<CaseDetail & { error: { code: string } }>(path('ask-help'), {
    accountId: ids.get(whom) ?? whom,
    mode,
    due,
    text: '请核对井的用水记录',
  })
const read = async (name: string) => as(name).get<CaseDetail>(`/api/console/cases/${id}`)
const abilities = async (name: string): Promise<string[]> =>
  (await read(name)).body.abilities.map(({ action }) => action)
const mine = async (name: string): Promise<CaseList> =>
  (await as(name).get<CaseList>('/api/console/cases?scope=mine')).body

it('who must not know of the case is not offered, and asking them fails as if there were no such account', async () => {
  const { items } = (await as('handler').get<CaseHelpers>(path('helpers'))).body
  const offered = items.map(({ accountId }) => accountId)
  expect(offered).toContain(ids.get('water'))
  for (const name of ['mayor', 'village', 'village-2', 'admin', 'supervisor', 'discipline', 'handler'])
    expect(offered, name).not.toContain(ids.get(name))
  const unknown = await ask('handler', 'f'.repeat(24))
  expect(unknown.status).toBe(400)
  for (const name of ['mayor', 'village', 'admin', 'supervisor', 'discipline'])
    for (const mode of ['assist', 'co-handle'])
      expect((await ask('handler', name, mode)).body, name).toEqual(unknown.body)
  expect((await read('mayor')).status).toBe(404)
})

it('who does not handle it asks nobody', async () => {
  expect((await read('water')).status).toBe(404)
  expect((await ask('water', 'water')).status).toBe(404)
  expect((await ask('handler', 'water', 'assist', '2026-11-22')).body.error.code).toBe('help_due_past')
})

describe('who assists', () => {
  it('finds it on the own list with the own day, sees it, notes, and takes no other step', async () => {
    const asked = await ask('handler', 'water')
    expect(asked.body.helpers).toMatchObject([{ displayName: '水利站 万里', mode: 'assist', due: DUE, late: false }])
    const [item] = (await mine('water')).items
    expect(item).toMatchObject({ id, help: { title: '协助', due: DUE, late: false }, mine: false })
    const found = await as('water').get<CaseList>(`/api/console/cases?scope=mine&q=${encodeURIComponent('低保')}`)
    expect(found.body.items.map((one) => one.id)).toEqual([id])
    expect(await abilities('water')).toEqual(['note'])
    expect((await as('water').post(path('note'), { text: '用水记录核对过了,没有问题。' })).status).toBe(200)
    const { outcomes } = (await read('handler')).body
    const closing = { outcome: outcomes[0]!.code, text: '办好了' }
    expect((await as('water').post(path('close'), closing)).status).toBe(403)
    expect((await as('water').post(path('reply'), { text: '办好了' })).status).toBe(403)
    expect((await as('water').post(path('identity-requests'), { reason: '想知道是谁' })).status).toBe(403)
  })

  it('stands on the timeline and on the audit log, and is not told to the villager', async () => {
    const { timeline } = (await read('handler')).body
    expect(timeline.find(({ event }) => event === 'help-asked')).toMatchObject({
      title: expect.stringContaining('水利站 万里') as string,
      text: expect.stringContaining('用水记录') as string,
      internal: true,
    })
    expect(timeline.at(-1)).toMatchObject({ event: 'noted', byName: '水利站 万里' })
    expect(
      await auditEntries(world.services.connection).countDocuments({ subject: id, event: 'case.help-asked' }),
    ).toBe(1)
    expect(world.heard('wxid_qian').join('')).not.toMatch(/协助|用水记录/)
  })

  it('is late after the day', async () => {
    world.clock.advance(5 * 86_400_000)
    for (const name of ['clerk', 'handler', 'water']) accounts.set(name, await world.signIn(name))
    expect((await mine('water')).items[0]!.help).toMatchObject({ late: true })
  })

  it('sees it no more when the help has ended', async () => {
    expect((await as('handler').post(path('end-help'), { accountId: ids.get('water') })).status).toBe(200)
    expect((await read('water')).status).toBe(404)
    expect((await mine('water')).items).toEqual([])
    expect((await as('handler').post(path('end-help'), { accountId: ids.get('water') })).status).toBe(400)
  })
})

describe('who handles it too', () => {
  it('takes steps, but passes it on to nobody and asks nobody in', async () => {
    await ask('handler', 'water', 'co-handle', '2026-12-04')
    const may = await abilities('water')
    expect(may).toEqual(expect.arrayContaining(['reply', 'note', 'close']))
    for (const action of ['assign', 'transfer', 'ask-help', 'end-help', 'recuse', 'reroute'])
      expect(may).not.toContain(action)
    expect((await as('water').post(path('reply'), { text: '正在核对材料。' })).status).toBe(200)
    expect(world.heard('wxid_qian').join('')).toContain('正在核对材料')
  })

  it('ends by itself when the case moves on', async () => {
    const { departments } = (await read('clerk')).body
    const other = departments.find(({ title }) => title.includes('水'))!
    expect((await as('clerk').post(path('reroute'), { code: other.code })).status).toBe(200)
    const stored = await world.services.connection.collection('cases').findOne({})
    expect(stored!.helpers).toEqual([])
  })
})

it('with a tip nobody outside of discipline offices helps', async () => {
  const { id: tip } = await world.file('wxid_sun', '俺村张书记把修桥的木料拉回自己家了')
  const pair = ['discipline', 'discipline-2'] as const
  for (const name of [...pair, 'clerk', 'director']) accounts.set(name, await world.signIn(name))
  // Of two officers with as much to do either may have been given it: the other is the only one who can be asked.
  const offers = await Promise.all(
    pair.map(async (name) => (await as(name).get<CaseHelpers>(`/api/console/cases/${tip}/helpers`)).body.items ?? []),
  )
  const owner = pair[offers.findIndex((items) => items.length > 0)]!
  expect(offers.flat().map(({ accountId }) => accountId)).toEqual([
    ids.get(owner === 'discipline' ? 'discipline-2' : 'discipline'),
  ])
  const asked = await as(owner).post(`/api/console/cases/${tip}/ask-help`, {
    accountId: ids.get('director'),
    mode: 'assist',
    due: '2026-12-04',
    text: '请核对',
  })
  expect(asked.status).toBe(400)
  expect((await as('director').get(`/api/console/cases/${tip}`)).status).toBe(404)
})
