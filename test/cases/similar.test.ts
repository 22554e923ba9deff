/** How the like of it ended before: found by its words, shown to whom may read it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseDetail, SimilarCases } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
const accounts = new Map<string, Account>()
const as = (name: string): Account => accounts.get(name)!

beforeAll(async () => {
  world = await buildWorld()
  for (const name of ['clerk', 'director', 'village', 'discipline', 'county', 'mayor', 'admin'])
    accounts.set(name, await world.signIn(name))
})
afterAll(async () => world.close())

const similar = async (name: string, id: string): Promise<{ status: number; body: SimilarCases }> =>
  as(name).get<SimilarCases>(`/api/console/cases/${id}/similar`)

async function closed(by: string, who: string, text: string, result: string): Promise<string> {
  const { id } = await world.file(who, text)
  const path = `/api/console/cases/${id}`
  expect((await as(by).post(`${path}/accept`)).status).toBe(200)
  const { outcomes } = (await as(by).get<CaseDetail>(path)).body
  expect((await as(by).post(`${path}/close`, { outcome: outcomes[0]!.code, text: result })).status).toBe(200)
  return id
}

it('lists closed ones with their outcome, the like of it only', async () => {
  const lamp = await closed('clerk', 'wxid_a', '我要反映,村东头路灯坏了两个多月没人修', '供电所换了灯泡。')
  await closed('clerk', 'wxid_b', '我要反映,水渠淤了浇不上地', '挖机清了渠。')
  await world.file('wxid_c', '我要反映,村西头路灯也坏了')
  const { id } = await world.file('wxid_d', '我要反映,北街路灯坏了,晚上摸黑')
  const { items } = (await similar('clerk', id)).body
  expect(items.map((item) => item.id)).toEqual([lamp])
  expect(items[0]).toMatchObject({
    outcome: '供电所换了灯泡。',
    subject: expect.stringContaining('路灯坏了') as string,
  })
})

it('shows none that the actor may not read', async () => {
  const first = await closed('discipline', 'wxid_e', '俺村张书记把修桥的木料拉回自己家了', '木料已经退回。')
  const { id } = await world.file('wxid_f', '俺村张书记把修桥的石料也拉回自己家了')
  expect((await similar('discipline', id)).body.items.map((item) => item.id)).toEqual([first])
  for (const name of ['clerk', 'director', 'village', 'county', 'admin'])
    expect((await similar(name, id)).status, name).toBe(404)
  // Somebody was taken off the earlier one: it is not shown beside the later one.
  await world.services.connection
    .collection('cases')
    .updateOne({ state: 'closed', kind: 'tip' }, { $addToSet: { mayNotSee: 't3' } as never })
  expect((await similar('discipline', id)).body.items).toEqual([])
})
