/** Opening an identity and sending past the leak check: two people, a reason, on the audit log, seen by who supervises. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalList, IdentityView } from '../../../src/cases/approvals/schema.ts'
import type { CaseDetail } from '../../../src/cases/schema.ts'
import { auditEntries } from '../../../src/infrastructure/audit-log.ts'
import type { World } from '../world.ts'
import { buildWorld } from '../world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
const accounts = new Map<string, Account>()
const as = (name: string): Account => accounts.get(name)!
const names = ['discipline', 'discipline-2', 'county', 'supervisor', 'clerk', 'director', 'admin', 'village', 'handler']

beforeAll(async () => {
  world = await buildWorld()
  await Promise.all(names.map(async (name) => accounts.set(name, await world.signIn(name))))
})
afterAll(async () => world.close())

const events = async (subject: string): Promise<string[]> =>
  (await auditEntries(world.services.connection).find({ subject }).sort({ _id: 1 }).toArray()).map(({ event }) => event)

/** A named tip about the village's secretary. */
async function namedTip(who: string, name: string): Promise<{ id: string; code: string }> {
  await world.talk(who, '俺村张书记修井那钱他自己报了两回,票都一样')
  await world.talk(who, '去年秋天')
  await world.talk(who, '有收条')
  await world.talk(who, '2')
  const code = /\d{3}-\d{3}-\d{4}/.exec((await world.talk(who, name)).join(''))![0]
  const [stored] = await world.services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
  return { id: String(stored!._id), code }
}

describe('an identity', () => {
  let id: string
  let approval: string
  const reason = '要当面核对票据原件'
  const list = async (name: string) => (await as(name).get<ApprovalList>('/api/console/approvals')).body.items

  it('is asked for with a reason, by a role that may', async () => {
    ;({ id } = await namedTip('wxid_wang', '王秀英 13800138000'))
    const path = `/api/console/cases/${id}/identity-requests`
    expect((await as('discipline').post(path, {})).status).toBe(400)
    for (const name of ['clerk', 'director', 'admin', 'village', 'handler', 'county'])
      expect((await as(name).post(path, { reason })).status, name).toBe(404)
    expect((await as('supervisor').post(path, { reason })).status).toBe(403)
    const asked = await as('discipline').post<{ id: string }>(path, { reason })
    expect(asked.status).toBe(200)
    approval = asked.body.id
  })

  it('is opened by nobody before a second person has agreed, and not by the second person', async () => {
    const open = `/api/console/approvals/${approval}/open`
    const decide = `/api/console/approvals/${approval}/decide`
    expect((await as('discipline').post(open)).status).toBe(409)
    expect((await as('discipline').post(decide, { approve: true })).status).toBe(403)
    expect((await as('supervisor').post(decide, { approve: true })).status).toBe(403)
    for (const name of ['clerk', 'director', 'admin', 'village'])
      expect((await as(name).post(decide, { approve: true })).status, name).toBe(404)
    expect((await as('discipline-2').post(decide, { approve: true })).status).toBe(200)
    expect((await as('discipline-2').post(open)).status).toBe(403)
    expect((await as('discipline-2').post(decide, { approve: false })).status).toBe(409)
    const opened = await as('discipline').post<IdentityView>(open)
    expect(opened.body.name).toBe('王秀英 13800138000')
  })

  it('leaves its trace, which the supervisor sees without the identity', async () => {
    expect(await events(id)).toEqual(
      expect.arrayContaining(['identity.requested', 'identity.approved', 'identity.opened']),
    )
    const seen = (await list('supervisor')).find((item) => item.id === approval)!
    expect(seen).toMatchObject({ state: 'approved', opened: 1, reason, may: [] })
    expect(seen.requestedBy).toContain('丁洁')
    expect(seen.decidedBy).toContain('方磊')
    expect(JSON.stringify(seen)).not.toMatch(/王秀英|13800138000/)
    for (const name of ['clerk', 'director', 'admin', 'village', 'county']) expect(await list(name), name).toEqual([])
  })

  it('closes by itself after a day', async () => {
    world.clock.advance(25 * 3_600_000)
    accounts.set('discipline', await world.signIn('discipline'))
    expect((await as('discipline').post(`/api/console/approvals/${approval}/open`)).status).toBe(409)
  })

  it('of who stayed anonymous needs a city’s discipline office: nobody here can approve', async () => {
    for (const name of ['discipline', 'discipline-2']) accounts.set(name, await world.signIn(name))
    const { id: anonymous } = await world.file('wxid_zhao', '俺村张书记把修桥的木料拉回自己家了')
    const asked = await as('discipline').post<{ id: string }>(`/api/console/cases/${anonymous}/identity-requests`, {
      reason,
    })
    const decided = await as('discipline-2').post(`/api/console/approvals/${asked.body.id}/decide`, { approve: true })
    expect(decided.status).toBe(403)
  })
})

describe('a reply that gives somebody away', () => {
  let id: string
  const text = '王秀英您好,修井的票据正在核对。'
  const replies = (): string[] => world.said.map((one) => one.text).filter((said) => said.includes('票据正在核对'))

  it('is held, with why, and nothing is sent', async () => {
    accounts.set('discipline', await world.signIn('discipline'))
    accounts.set('discipline-2', await world.signIn('discipline-2'))
    ;({ id } = await namedTip('wxid_wang2', '王秀英 13800138001'))
    const path = `/api/console/cases/${id}`
    const held = await as('discipline').post<{
      error: { code: string; details: { way: string; excerpt: string; why: string }[] }
    }>(`${path}/reply`, { text })
    expect(held.status).toBe(409)
    expect(held.body.error.code).toBe('leak_found')
    expect(held.body.error.details[0]).toMatchObject({ way: 'name', why: expect.stringMatching(/姓名/) })
    // Where the name stands is not shown: the check is no way to find out who it was.
    expect(JSON.stringify(held.body)).not.toContain('王秀英')
    expect(replies()).toEqual([])
    expect((await as('discipline').get<CaseDetail>(path)).body.timeline.map(({ event }) => event)).not.toContain(
      'replied',
    )
  })

  it('with somebody’s telephone number says where', async () => {
    const held = await as('discipline').post<{ error: { details: { excerpt: string }[] } }>(
      `/api/console/cases/${id}/reply`,
      {
        text: '请打 139-0000-1111 问张会计。',
      },
    )
    expect(held.body.error.details[0]!.excerpt).toContain('139')
  })

  it('goes out when a second person agrees, and the audit log says so', async () => {
    const asked = await as('discipline').post<{ id: string }>(`/api/console/cases/${id}/send-requests`, {
      action: 'reply',
      text,
      reason: '本人要求在答复里写明姓名',
    })
    expect(asked.status).toBe(200)
    expect(
      (await as('discipline').post(`/api/console/approvals/${asked.body.id}/decide`, { approve: true })).status,
    ).toBe(403)
    expect(replies()).toEqual([])
    expect(
      (await as('discipline-2').post(`/api/console/approvals/${asked.body.id}/decide`, { approve: true })).status,
    ).toBe(200)
    expect(replies()).toHaveLength(1)
    expect(await events(id)).toEqual(
      expect.arrayContaining(['leak.held', 'message.requested', 'message.approved', 'case.replied']),
    )
    const entry = await auditEntries(world.services.connection).findOne({ subject: id, event: 'case.replied' })
    expect(entry!.detail).toMatchObject({ pastLeakCheck: asked.body.id })
  })

  it('cannot be used to find out who it was by trying names', async () => {
    const path = `/api/console/cases/${id}/reply`
    const tries = []
    for (let index = 0; index < 5; index += 1)
      tries.push((await as('discipline').post(path, { text: `王秀英,第${index}回` })).status)
    expect(tries).toContain(429)
  })

  it('which says nothing of anybody is sent as it is', async () => {
    const sent = await as('discipline').post(`/api/console/cases/${id}/reply`, {
      text: '您反映的修井款正在查,下周答复您。',
    })
    expect(sent.status).toBe(200)
  })

  it('to the group is checked against all that is known', async () => {
    const check = async (words: string) =>
      (
        await as('discipline').post<{ leaks: { way: string }[] }>(`/api/console/cases/${id}/leak-check`, {
          text: words,
          audience: 'group',
          kind: 'clearance',
        })
      ).body.leaks.map(({ way }) => way)
    expect(await check('修井的票他报了两回,票都一样,这是有人说的。')).not.toEqual([])
    expect(await check('经核查,修井支出手续齐全。')).toEqual([])
  })
})

it('the audit log of all this holds', async () => {
  expect(await world.audit.verify()).toBeNull()
})
