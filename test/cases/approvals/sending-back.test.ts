/** A closing that the check has held, between two people: who waits for whom, sending back with a reason, letting it out. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApprovalCount, ApprovalList, ApprovalView } from '../../../src/cases/approvals/schema.ts'
import type { CaseDetail } from '../../../src/cases/schema.ts'
import type { World } from '../world.ts'
import { buildWorld } from '../world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
const accounts = new Map<string, Account>()
const as = (name: string): Account => accounts.get(name)!
let id: string
const text = '已经修好,还有问题打 139-0000-1111 找老王。'

beforeAll(async () => {
  world = await buildWorld()
  for (const name of ['discipline', 'discipline-2', 'clerk', 'village', 'admin'])
    accounts.set(name, await world.signIn(name))
  ;({ id } = await world.file('wxid_li', '俺村张书记把修桥的木料拉回自己家了'))
  expect((await as('discipline').post(`/api/console/cases/${id}/accept`)).status).toBe(200)
})
afterAll(async () => world.close())

const list = async (name: string): Promise<ApprovalView[]> =>
  (await as(name).get<ApprovalList>(`/api/console/approvals?caseId=${id}`)).body.items
const count = async (name: string): Promise<ApprovalCount> =>
  (await as(name).get<ApprovalCount>('/api/console/approval-count')).body
const detail = async (): Promise<CaseDetail> =>
  (await as('discipline').get<CaseDetail>(`/api/console/cases/${id}`)).body

async function ask(): Promise<string> {
  const { outcomes } = await detail()
  const asked = await as('discipline').post<{ id: string }>(`/api/console/cases/${id}/send-requests`, {
    action: 'close',
    text,
    outcome: outcomes[0]!.code,
    reason: '群众要求留办事电话',
  })
  expect(asked.status).toBe(200)
  return asked.body.id
}

it('a closing with a telephone number is held', async () => {
  const { outcomes } = await detail()
  const held = await as('discipline').post<{ error: { code: string } }>(`/api/console/cases/${id}/close`, {
    text,
    outcome: outcomes[0]!.code,
  })
  expect(held.body.error.code).toBe('leak_found')
  expect((await detail()).state).toBe('accepted')
})

it('who asks sees for whom it waits; the second person finds it; nobody else learns of it', async () => {
  await ask()
  const [mine] = await list('discipline')
  expect(mine).toMatchObject({ state: 'open', mine: true, may: [], waitsFor: ['镇纪委 方磊'] })
  expect(await count('discipline')).toEqual({ waiting: 0, decided: 0 })
  expect(await count('discipline-2')).toEqual({ waiting: 1, decided: 0 })
  for (const name of ['clerk', 'village', 'admin']) {
    expect(await list(name), name).toEqual([])
    expect(await count(name), name).toEqual({ waiting: 0, decided: 0 })
  }
})

it('it is sent back only with a reason, which the first is told', async () => {
  const [open] = await list('discipline-2')
  const decide = `/api/console/approvals/${open!.id}/decide`
  expect((await as('discipline-2').post(decide, { approve: false })).status).toBe(400)
  expect((await as('discipline-2').post(decide, { approve: false, reason: '写单位电话,别写个人的' })).status).toBe(200)
  expect(await count('discipline')).toEqual({ waiting: 0, decided: 1 })
  expect((await list('discipline'))[0]).toMatchObject({ state: 'refused', refusal: '写单位电话,别写个人的' })
  expect(await count('discipline'), 'told once').toEqual({ waiting: 0, decided: 0 })
  expect((await detail()).state).toBe('accepted')
})

it('approved, the case is closed in the name of who asked', async () => {
  const approval = await ask()
  expect((await as('discipline-2').post(`/api/console/approvals/${approval}/decide`, { approve: true })).status).toBe(
    200,
  )
  const { state, timeline } = await detail()
  expect(state).toBe('closed')
  expect(timeline.at(-1)).toMatchObject({ event: 'closed', byName: '镇纪委 丁洁' })
})

it('what can no longer be done is not approved', async () => {
  const asked = await as('discipline').post<{ id: string }>(`/api/console/cases/${id}/send-requests`, {
    action: 'reply',
    text,
    reason: '群众要求留办事电话',
  })
  await world.services.connection.collection('cases').updateOne({}, { $set: { state: 'withdrawn' } })
  const decided = await as('discipline-2').post(`/api/console/approvals/${asked.body.id}/decide`, { approve: true })
  expect(decided.status).toBe(409)
  expect((await list('discipline-2'))[0]!.state).toBe('open')
})
