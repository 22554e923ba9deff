/** Deadlines that act by themselves, on a clock that the test moves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList, ChannelCode, EnteredCase } from '../../src/cases/schema.ts'
import { readEvents } from './read-events.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld('2026-11-23T10:00:00+08:00')
})
afterAll(async () => world.close())

const sweep = async (): Promise<void> => world.run('cases.sweep-deadlines')
const events = (detail: CaseDetail): string[] => detail.timeline.map(({ event }) => event)
const read = async (username: string, id: string) =>
  (await world.signIn(username)).get<CaseDetail>(`/api/console/cases/${id}`)

describe('a limit that comes near and passes', () => {
  let id: string

  it('reminds who handles it, on the console and on their own phone, once', async () => {
    const handler = await world.signIn('handler')
    const { code } = (await handler.post<ChannelCode>('/api/console/reminders/code')).body
    expect((await world.talk('韩梅的手机', code)).join('')).toContain('到期提醒发到这儿')
    ;({ id } = await world.file('老孙', '我家低保被取消了没人跟我说为啥'))
    expect((await handler.get<CaseDetail>(`/api/console/cases/${id}`)).body.mine).toBe(true)
    await sweep()
    expect(world.heard('韩梅的手机')).toEqual([])

    world.clock.set('2026-12-05T09:00:00+08:00')
    const live = await readEvents(world.base, (await world.signIn('handler')).cookie)
    await sweep()
    await sweep()
    await live.until((event) => event.includes(id) && event.includes('reminded'))
    await live.close()
    expect(world.heard('韩梅的手机')).toEqual([expect.stringMatching(/快到期了.*12月8日/)])
    expect(world.heard('老孙')).toEqual([])
    const { body } = await read('director', id)
    expect(events(body).filter((event) => event === 'reminded')).toHaveLength(1)
    expect(body.next).toMatchObject({ state: 'soon', due: '2026-12-08' })
  })

  it('is on time until midnight, and goes up by itself afterwards, once, whoever sweeps', async () => {
    await world.addAccount('county-desk', '县信访局', ['clerk', 'handler', 'director'], 'xf')
    world.clock.set('2026-12-08T23:59:59+08:00')
    await sweep()
    expect((await read('county-desk', id)).status).toBe(404)
    world.clock.set('2026-12-09T00:00:01+08:00')
    await Promise.all([sweep(), sweep(), sweep()])
    const { body } = await read('county-desk', id)
    expect(events(body).filter((event) => event === 'escalated')).toHaveLength(1)
    expect(body.escalated).toBe(true)
    expect(body.unitName).toBe('柳泉镇民政办')
    expect(body.abilities.map(({ action }) => action)).toEqual(['note', 'press'])
    // The head of the township sees both.
    expect(events((await read('director', id)).body)).toEqual(expect.arrayContaining(['reminded', 'escalated']))
    expect(world.heard('韩梅的手机').at(-1)).toContain('超期了')
  })

  it('is pressed from above; the handler reads it, the villager does not', async () => {
    const county = await world.signIn('county-desk')
    expect((await county.post(`/api/console/cases/${id}/press`, { text: '请三日内办结。' })).status).toBe(200)
    expect((await county.post(`/api/console/cases/${id}/accept`)).status).toBe(403)
    expect((await read('handler', id)).body.timeline.at(-1)).toMatchObject({ event: 'pressed', text: '请三日内办结。' })
    expect(world.heard('老孙')).toEqual([])
  })

  it('is not undone or done again by a clock that goes back and forth', async () => {
    const before = events((await read('director', id)).body)
    for (const at of ['2026-11-01T00:00:00+08:00', '2026-12-05T12:00:00+08:00', '2026-12-10T00:00:00+08:00']) {
      world.clock.set(at)
      await sweep()
    }
    expect(events((await read('director', id)).body)).toEqual(before)
  })

  it('keeps those out who must not see it, above as well', async () => {
    const concerned = await world.file('老孙的邻居', '高镇长把我家低保取消了')
    await world.addAccount('county-cousin', '县信访局 亲戚', ['clerk', 'director'], 'xf', ['t2'])
    world.clock.advance(40 * 86_400_000)
    await sweep()
    expect((await read('county-cousin', concerned.id)).status).toBe(404)
  })
})

describe('the work list', () => {
  it('is by deadline, near to far, page by page, each case once', async () => {
    const clerk = await world.signIn('clerk')
    for (const text of ['建议村头装个减速带', '俺和邻居因为地界吵起来了,给调解调解', '申请公开去年修路的账'])
      await world.file(`排队${text}`, text)
    const all: CaseList['items'] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const path: string = `/api/console/cases?state=open&limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ''}`
      const { body }: { body: CaseList } = await clerk.get<CaseList>(path)
      all.push(...body.items)
      next = body.next
    }
    const dues = all.map((item) => item.next?.due ?? '9999')
    expect(dues).toEqual(dues.toSorted())
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.length).toBe((await clerk.get<CaseList>('/api/console/cases?state=open')).body.total)
    expect((await clerk.get('/api/console/cases?cursor=nonsense')).status).toBe(400)
  })
})

describe('who it is given to', () => {
  const assigneeOf = async (id: string): Promise<string | undefined> =>
    (await read('director', id)).body.assignee?.displayName

  it('is whoever has the fewest, and never somebody who is away', async () => {
    await world.addAccount('handler-2', '民政办 孙立', ['handler'], 'mz')
    const first = await world.file('甲户', '我家低保被取消了没人跟我说为啥')
    expect(await assigneeOf(first.id)).toBe('民政办 孙立')
    const away = await world.signIn('handler-2')
    const planned = await away.post('/api/console/absences', { from: '2026-01-01', until: '2027-12-31' })
    expect(planned.body).toMatchObject({ items: [{ displayName: '民政办 孙立', mine: true }] })
    const second = await world.file('乙户', '俺家五保金停发了')
    expect(await assigneeOf(second.id)).toBe('民政办 韩梅')
    const { body } = await (
      await world.signIn('clerk')
    ).get<{ items: { displayName: string }[] }>(`/api/console/cases/${second.id}/assignees`)
    expect(body.items.map(({ displayName }) => displayName)).not.toContain('民政办 孙立')
    // What lay unread with who is away goes to the other.
    await sweep()
    expect(await assigneeOf(first.id)).toBe('民政办 韩梅')
    const path = (await world.accounts.list()).find(({ username }) => username === 'handler-2')!.accountId
    const call = await fetch(`${world.base}/api/console/absences/${path}`, {
      method: 'DELETE',
      headers: { cookie: away.cookie },
    })
    expect(call.status).toBe(200)
  })

  it('loses it after a day without opening it', async () => {
    const { id } = await world.file('丙户', '俺娘的高龄津贴断了仨月')
    const had = await assigneeOf(id)
    expect(had).toBeDefined()
    world.clock.advance(23 * 3_600_000)
    await sweep()
    expect(await assigneeOf(id)).toBe(had)
    world.clock.advance(2 * 3_600_000)
    await sweep()
    const { body } = await read('director', id)
    expect(body.assignee?.displayName).not.toBe(had)
    expect(events(body)).toContain('returned')
  })

  it('keeps it once opened', async () => {
    const { id } = await world.file('丁户', '我家医保报销不了,残疾补贴也停了,低保没给办')
    const had = (await read('director', id)).body.assignee!
    const username = (await world.accounts.list()).find(({ accountId }) => accountId === had.accountId)!.username
    expect((await read(username, id)).status).toBe(200)
    world.clock.advance(30 * 3_600_000)
    await sweep()
    expect(await assigneeOf(id)).toBe(had.displayName)
  })
})

describe('somebody in need', () => {
  it('has to be reached within two hours', async () => {
    world.clock.set('2027-03-01T21:30:00+08:00')
    const clerk = await world.signIn('clerk')
    const entered = await clerk.post<EnteredCase>('/api/console/cases', {
      source: 'phone',
      kind: 'help',
      villageId: 'zhangjiazhuang',
      text: '老人一个人在家摔了,动不了',
      urgent: true,
    })
    const id = entered.body.caseId!
    const { body } = await clerk.get<CaseDetail>(`/api/console/cases/${id}`)
    expect(body.next).toMatchObject({ due: '2027-03-01', dueAt: '2027-03-01T15:30:00.000Z' })
    // First on the list: nothing else is due tonight.
    world.clock.set('2027-03-01T23:29:00+08:00')
    await sweep()
    expect(events((await read('director', id)).body)).not.toContain('escalated')
    world.clock.set('2027-03-01T23:31:00+08:00')
    await sweep()
    expect(events((await read('director', id)).body)).toContain('escalated')
  })
})
