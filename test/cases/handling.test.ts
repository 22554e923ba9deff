/** From filed to rated over the console's API: what the handler does, what the villager hears. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
let clerk: Awaited<ReturnType<World['signIn']>>
let handler: Awaited<ReturnType<World['signIn']>>
let director: Awaited<ReturnType<World['signIn']>>
beforeAll(async () => {
  world = await buildWorld()
  ;[clerk, handler, director] = await Promise.all([
    world.signIn('clerk'),
    world.signIn('handler'),
    world.signIn('director'),
  ])
})
afterAll(async () => world.close())

const heard = (who: string): string[] =>
  world.said.filter(({ contactId }) => contactId === world.contactId(who)).map(({ text }) => text)

describe('a petition', () => {
  let id: string
  let code: string
  const path = (verb = ''): string => `/api/console/cases/${id}${verb && `/${verb}`}`

  it('is on the list of the desk, in the villager’s words, with the reasons for where it went', async () => {
    ;({ id, code } = await world.file('王秀英', '我家低保被取消了没人跟我说为啥,我叫王秀英,我的电话13800138000'))
    const { body } = await clerk.get<CaseList>('/api/console/cases?state=open')
    expect(body.items[0]).toMatchObject({
      id,
      kind: 'petition',
      stateTitle: '待受理',
      reporter: '匿名群众',
      mine: false,
    })
    const detail = (await clerk.get<CaseDetail>(path())).body
    expect(detail.text).toContain('低保被取消')
    expect(detail.text).not.toMatch(/王秀英|13800138000/)
    expect(detail.routing.reasons.join('')).toContain('低保')
    expect(detail.unitName).toBe('柳泉镇民政办')
    expect(detail.deadlines).toMatchObject([{ id: 'notice', due: '2026-12-08', state: 'open' }])
    expect(detail.abilities.map(({ label }) => label)).toContain('分派')
  })

  it('is assigned to somebody eligible only', async () => {
    const { body } = await clerk.get<{ items: { accountId: string; displayName: string }[] }>(path('assignees'))
    const names = body.items.map(({ displayName }) => displayName)
    expect(names).toContain('民政办 韩梅')
    expect(names).not.toContain('镇监督岗')
    expect(names).not.toContain('系统管理')
    const officers = (await world.accounts.list()).find(({ username }) => username === 'discipline')!
    expect((await clerk.post(path('assign'), { accountId: officers.accountId })).status).toBe(400)
    expect((await handler.post(path('assign'), { accountId: body.items[0]!.accountId })).status).toBe(403)
    const chosen = body.items.find(({ displayName }) => displayName === '民政办 韩梅')!
    expect((await clerk.post<CaseDetail>(path('assign'), { accountId: chosen.accountId })).body.assignee).toEqual({
      accountId: chosen.accountId,
      displayName: '民政办 韩梅',
    })
    expect((await handler.get<CaseList>('/api/console/cases?scope=mine')).body.items.map((one) => one.id)).toEqual([id])
  })

  it('is accepted: the villager is told until when, and the next limit runs', async () => {
    const { body } = await handler.post<CaseDetail>(path('accept'), {})
    // The holidays of 2027 are not published: the day is told, and said to be provisional.
    expect(body.deadlines).toMatchObject([
      { id: 'notice', state: 'done' },
      { id: 'handle', due: '2027-01-22', provisional: true },
    ])
    expect(heard('王秀英').at(-1)).toMatch(/受理了/)
  })

  it('cannot be accepted twice, nor changed on a version that is no longer the newest', async () => {
    expect((await handler.post(path('accept'), {})).status).toBe(403)
    const { version } = (await handler.get<CaseDetail>(path())).body
    expect((await handler.post(path('note'), { text: '已入户', version })).status).toBe(200)
    const stale = await handler.post<{ message?: string; error?: { message?: string } }>(path('reply'), {
      text: '您好',
      version,
    })
    expect(stale.status).toBe(409)
    expect(JSON.stringify(stale.body)).toContain('刚才有人动过')
  })

  it('of two at the same moment one wins', async () => {
    const { version } = (await handler.get<CaseDetail>(path())).body
    const answers = await Promise.all(['甲', '乙'].map(async (text) => handler.post(path('note'), { text, version })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('is answered over the villager’s own channel; notes are not', async () => {
    await handler.post(path('reply'), { text: '正在核对您家的收入,周五前给您回话。' })
    expect(heard('王秀英').at(-1)).toContain('正在核对您家的收入')
    expect(heard('王秀英').join('')).not.toContain('已入户')
    expect((await world.talk('王秀英', `查 ${code}`)).join('')).toContain('正在核对您家的收入')
  })

  it('takes what the villager adds from another channel, by the code', async () => {
    expect((await world.talk('另一部手机', `补充 ${code} 俺还有个残疾证`)).join('')).toContain('加进去了')
    const { timeline } = (await handler.get<CaseDetail>(path())).body
    expect(timeline.at(-1)).toMatchObject({ event: 'supplemented', by: 'reporter', text: '俺还有个残疾证' })
  })

  it('is extended by the director only, once', async () => {
    expect((await handler.post(path('extend'), { reason: '要跨县核查' })).status).toBe(403)
    const extended = await director.post<CaseDetail>(path('extend'), { reason: '要跨县核查' })
    expect(extended.body.deadlines.find(({ id: term }) => term === 'handle')).toMatchObject({ due: '2027-02-22' })
    expect(heard('王秀英').at(-1)).toMatch(/最晚2027年2月22日.*跨县核查/)
    expect((await director.post(path('extend'), { reason: '再延一次' })).status).toBe(409)
  })

  it('is closed with an outcome, and one digit rates it', async () => {
    expect((await handler.post(path('close'), { outcome: 'no-such', text: '…' })).status).toBe(400)
    const { body } = await handler.post<CaseDetail>(path('close'), {
      outcome: 'solved',
      text: '低保已恢复,十二月补发。',
    })
    expect(body).toMatchObject({ state: 'closed', outcome: { title: '已解决' }, rating: { score: null } })
    expect(heard('王秀英').at(-1)).toMatch(/已解决[^]*十二月补发[^]*1 解决了 2 一般 3 没解决/)
    expect((await world.talk('王秀英', '1')).join('')).toContain('解决了就好')
    expect((await handler.get<CaseDetail>(path())).body.rating).toMatchObject({ score: 1, label: '解决了' })
    // A digit later rates nothing any more.
    expect((await world.talk('王秀英', '3')).join('')).not.toContain('还没解决')
    expect((await handler.get<CaseDetail>(path())).body.rating).toMatchObject({ score: 1 })
  })

  it('is looked at again when the villager is not content', async () => {
    expect((await world.talk('王秀英', '我不服')).join('')).toContain('再看一遍')
    const { body } = await director.get<CaseDetail>(path())
    expect(body.stateTitle).toBe('复查中')
    expect(body.deadlines.find(({ id: term }) => term === 'review')).toMatchObject({ due: '2026-12-23' })
  })

  it('records who did and who read what', async () => {
    const events = await world.services.connection.collection('audit').find({ subject: id }).sort({ _id: 1 }).toArray()
    const names = events.map(({ event }) => event as string)
    for (const event of [
      'case.filed',
      'case.read',
      'case.assigned',
      'case.accepted',
      'case.replied',
      'case.closed',
      'case.rated',
    ])
      expect(names).toContain(event)
    expect(await world.audit.verify()).toBeNull()
  })
})

describe('a rating that is asked while something else is being told', () => {
  it('takes the digit for the question that was asked for it', async () => {
    const { id } = await world.file('李大爷', '村南头的水渠堵了没人修')
    await clerk.post(`/api/console/cases/${id}/accept`)
    await clerk.post(`/api/console/cases/${id}/close`, { outcome: 'solved', text: '清淤了。' })
    expect((await world.talk('李大爷', '俺村张书记把救灾款自己分了')).join('')).toContain('啥时候')
    const answer = (await world.talk('李大爷', '3')).join('\n')
    expect(answer).toContain('还没解决')
    expect(answer).toContain('啥时候')
    expect((await clerk.get<CaseDetail>(`/api/console/cases/${id}`)).body.rating).toMatchObject({ score: 3 })
  })
})

describe('wrong codes', () => {
  it('are limited for who tries them, not for others', async () => {
    const { code } = await world.file('有码的人', '村北头的桥栏杆断了没人修')
    const wrong = wrongCodes(6, code)
    for (const [index, one] of wrong.entries()) {
      const answer = (await world.talk('猜码的人', `查 ${one}`)).join('')
      expect(answer).toMatch(index < 5 ? /没查到/ : /先停一小时/)
    }
    expect((await world.talk('猜码的人', `查 ${code}`)).join('')).toContain('先停一小时')
    expect((await world.talk('有码的人', `查 ${code}`)).join('')).toContain('待受理')
    world.clock.advance(3_700_000)
    expect((await world.talk('猜码的人', `查 ${code}`)).join('')).toContain('待受理')
  })
})

describe('wrong codes from one address', () => {
  it('are limited however often the browser forgets who it is, and for nobody else', async () => {
    const { code } = await world.file('有码的邻居', '村西头的井盖丢了没人管')
    const wrong = wrongCodes(31, code)
    for (const [index, one] of wrong.entries()) {
      const answer = (await world.talk(`新面孔${index}`, `查 ${one}`, { form: 'web', origin: 'address-1' })).join('')
      expect(answer).toMatch(index < 30 ? /没查到/ : /先停一小时/)
    }
    expect((await world.talk('有码的邻居', `查 ${code}`, { form: 'web', origin: 'address-2' })).join('')).toContain(
      '待',
    )
    expect((await world.talk('有码的邻居', `查 ${code}`, { form: 'sms' })).join('')).toContain('待')
  })
})

/** Codes with a right check digit that are not this one. */
function wrongCodes(count: number, code: string): string[] {
  const table = [
    '0317598642',
    '7092154863',
    '4206871359',
    '1750983426',
    '6123045978',
    '3674209581',
    '5869720134',
    '8945362017',
    '9438617205',
    '2581436790',
  ]
  const plain = code.replaceAll('-', '')
  return Array.from({ length: count }, (_, index) => {
    const body = String((Number(plain.slice(0, 9)) + 17 * (index + 1)) % 1_000_000_000).padStart(9, '1')
    const check = [...body].reduce((interim, digit) => Number(table[interim]![Number(digit)]), 0)
    return `${body.slice(0, 3)}-${body.slice(3, 6)}-${body.slice(6)}${check}`
  })
}
