/** The same matter from several, repeats by one, cases entered at the desk, and what is asked after a tip has closed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList, EnteredCase } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
let clerk: Account
beforeAll(async () => {
  world = await buildWorld('2025-04-07T09:00:00+08:00')
  clerk = await world.signIn('clerk')
})
afterAll(async () => world.close())

const at = (id: string, verb = ''): string => `/api/console/cases/${id}${verb && `/${verb}`}`
const enter = async (account: Account, body: object) =>
  account.post<EnteredCase>('/api/console/cases', {
    source: 'phone',
    kind: 'petition',
    villageId: 'zhangjiazhuang',
    ...body,
  })

describe('the same road, told by several', () => {
  const tellings = [
    ['东头一家', '村东头的路坑坑洼洼没人修,下雨全是泥'],
    ['东头二家', '俺村东头那条路烂得不行,一下雨就没法走'],
    ['东头三家', '东头的路一下雨就成泥坑,车都陷进去了'],
  ] as const
  const filed: { id: string; code: string }[] = []

  it('is linked, not merged: each has a receipt, and they are shown together', async () => {
    for (const [who, text] of tellings) filed.push(await world.file(who, text))
    expect(new Set(filed.map(({ code }) => code)).size).toBe(3)
    const { body } = await clerk.get<CaseDetail>(at(filed[2]!.id))
    expect(body.cluster).toMatchObject({ size: 3, households: 3, place: '东头' })
    expect(body.cluster!.cases.map(({ id }) => id).toSorted()).toEqual([filed[0]!.id, filed[1]!.id].toSorted())
    const list = (await clerk.get<CaseList>('/api/console/cases')).body.items
    for (const { id } of filed) expect(list.find((item) => item.id === id)?.alike).toBe(3)
    // One has them all.
    expect(new Set(list.filter(({ alike }) => alike === 3).map(({ assignee }) => assignee?.accountId)).size).toBe(1)
  })

  it('keeps each conversation to itself', async () => {
    await clerk.post(at(filed[0]!.id, 'reply'), { text: '您家门口那段先垫石子。' })
    expect(world.heard('东头一家').at(-1)).toContain('垫石子')
    expect(world.heard('东头二家').join('')).not.toContain('垫石子')
    expect((await world.talk('东头二家', '我那事咋样了')).join('')).not.toContain('垫石子')
  })

  it('is closed as one, told to each', async () => {
    for (const { id } of filed) await clerk.post(at(id, 'accept'))
    await clerk.post(at(filed[0]!.id, 'close'), { outcome: 'solved', text: '东头路面已硬化。', linked: true })
    for (const [index, [who]] of tellings.entries()) {
      expect((await clerk.get<CaseDetail>(at(filed[index]!.id))).body.state).toBe('closed')
      expect(world.heard(who).at(-1)).toContain('东头路面已硬化')
    }
  })

  it('of a tip is never told to who files it', async () => {
    await world.file('举报一', '俺村张书记把修路款揣自己兜里了')
    const said = await world.talk('举报二', '张书记把修路款都揣兜里了,直接提交')
    expect(said.join('')).not.toMatch(/还有\d+人/)
  })

  it('joins the open case of who tells it twice', async () => {
    const first = await world.file('说两遍的', '三组的机井坏了,地浇不上')
    expect((await world.talk('说两遍的', '三组机井坏了,地浇不上水,直接提交')).join('')).toContain('之前反映过')
    const { body } = await clerk.get<CaseDetail>(at(first.id))
    expect(body.timeline.map(({ event }) => event)).toContain('supplemented')
  })
})

describe('a case that came by phone, letter or visit', () => {
  it('is entered with the same receipt, its reporter sealed', async () => {
    const { status, body } = await enter(clerk, {
      text: '我是四组刘桂花,自来水三天两头停,电话13900001111',
      name: '刘桂花',
      phone: '13900001111',
    })
    expect(status).toBe(200)
    expect(body.code).toMatch(/^\d{10}$/)
    const detail = (await clerk.get<CaseDetail>(at(body.caseId!))).body
    expect(detail.text).not.toMatch(/刘桂花|13900001111/)
    expect(detail).toMatchObject({ source: { code: 'phone', reach: true }, reporter: '实名群众(身份已密封)' })
    // Asked about from any telephone, by the code.
    const code = `${body.code.slice(0, 3)}-${body.code.slice(3, 6)}-${body.code.slice(6)}`
    for (const form of ['chat', 'sms'] as const)
      expect((await world.talk(`刘桂花的${form}`, `查 ${code}`, { form })).join('')).toContain('待受理')
    const again = await enter(clerk, { text: '自来水又停了一天', phone: '139 0000 1111' })
    expect(again.body).toMatchObject({ joined: true, caseId: body.caseId })
  })

  it('goes where tips go when it accuses an official, and is no longer seen by who entered it', async () => {
    const { body } = await enter(clerk, { source: 'letter', text: '张会计修井那钱自己报了两回,票都一样' })
    expect(body).toMatchObject({ unitName: '柳泉镇纪委', caseId: null })
    expect(body.code).toMatch(/^\d{10}$/)
    const officer = await world.signIn('discipline')
    expect((await officer.get<CaseList>('/api/console/cases?q=' + body.code)).body.items).toHaveLength(1)
  })

  it('may come from many, with five who speak for them', async () => {
    const names = ['张三丰', '李四光', '王五行', '赵六合', '钱七巧']
    const joint = { source: 'visit', text: '西头养猪场臭水往沟里排', people: 23 }
    expect((await enter(clerk, { ...joint, representatives: [...names, '孙八仙'] })).status).toBe(400)
    const { body } = await enter(clerk, { ...joint, representatives: names })
    const raw = await clerk.get<CaseDetail>(at(body.caseId!))
    expect(raw.body.joint).toEqual({ people: 23, representatives: 5 })
    expect(JSON.stringify(raw.body)).not.toMatch(/张三丰|钱七巧/)
  })

  it('is entered by those whose work it is only', async () => {
    for (const name of ['admin', 'supervisor'])
      expect((await enter(await world.signIn(name), { text: '路灯坏了' })).status, name).toBe(403)
    expect((await enter(clerk, { text: '路灯坏了', villageId: 'nowhere' })).status).toBe(400)
    expect((await enter(clerk, { text: '路灯坏了', at: '2030-01-01T00:00:00+08:00' })).status).toBe(400)
  })
})

describe('what belongs to a court or another authority', () => {
  it.each([
    ['欠工资的', '包工头欠我三万块工资一年了不给', /仲裁|12333/],
    ['离婚的', '俺两口子过不下去想离婚,孩子的抚养费谈不拢', /法院/],
    ['被骗的', '我让人诈骗了两万块钱', /110/],
    ['借钱的', '他借我五万块钱三年不还', /法院/],
  ])('%s is told where to go, and is filed all the same', async (who, text, where) => {
    const said = (await world.talk(who, `${text},直接提交`)).join('\n')
    expect(said).toMatch(/\d{3}-\d{3}-\d{4}/)
    expect(said).toMatch(where)
  })
})

describe('after a named tip has closed', () => {
  let id: string
  const officers = ['discipline', 'discipline-2']
  const ask = async (date: string): Promise<void> => {
    world.clock.set(`${date}T09:30:00+08:00`)
    await world.run('cases.ask-follow-ups')
  }

  it('is asked at 30, 90 and 180 days whether anybody retaliates', async () => {
    world.clock.set('2025-05-06T09:00:00+08:00')
    await world.talk('实名的', '俺村张会计修井那钱他自己报了两回,票都一样,去年的事,有票据照片')
    await world.talk('实名的', '2')
    const said = (await world.talk('实名的', '周铁山 13700000000')).join('')
    const [stored] = await world.services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
    id = String(stored!._id)
    if (!stored!['named']) throw new Error(`not named: ${said}`)
    const officer = await world.signIn('discipline')
    await officer.post(at(id, 'accept'))
    await officer.post(at(id, 'close'), { outcome: 'substantiated', text: '已退款处理。' })
    await world.talk('实名的', '1')
    await ask('2025-06-04')
    expect(world.heard('实名的').at(-1)).not.toContain('难为')
    await ask('2025-06-05')
    await ask('2025-06-05')
    expect(world.heard('实名的').filter((text) => text.includes('难为'))).toEqual([expect.stringContaining('30天')])
    expect((await world.talk('实名的', '1')).join('')).toContain('那就好')
  })

  it('makes of a yes an urgent case above the unit, kept from it', async () => {
    await ask('2025-08-04')
    expect(world.heard('实名的').at(-1)).toContain('90天')
    const said = (await world.talk('实名的', '2')).join('')
    expect(said).toMatch(/沂清县纪委监委[^]*\d{3}-\d{3}-\d{4}/)
    const county = await world.signIn('county')
    const { items } = (await county.get<CaseList>('/api/console/cases')).body
    expect(items[0]).toMatchObject({ urgent: true, unitName: '沂清县纪委监委', mine: true })
    expect((await county.get<CaseDetail>(at(items[0]!.id))).body.text).toContain('打击报复')
    for (const name of officers) {
      const officer = await world.signIn(name)
      expect((await officer.get(at(items[0]!.id))).status, name).toBe(404)
    }
  })

  it('is not asked of who gave no name', async () => {
    const { id: anonymous } = await world.file('匿名的', '俺村张书记把救灾的面粉拉自己家了')
    const officer = await world.signIn('discipline')
    await officer.post(at(anonymous, 'accept'))
    await officer.post(at(anonymous, 'close'), { outcome: 'unsubstantiated', text: '查了没有。' })
    await ask('2026-03-01')
    expect(world.heard('匿名的').join('')).not.toContain('难为')
    // Days that passed while nobody ran are one question.
    expect(world.heard('实名的').filter((text) => text.includes('180天'))).toHaveLength(1)
  })
})

describe('the holder of a receipt', () => {
  // Filed on one channel, followed on all three by people the service does not know.
  const channels = ['chat', 'sms', 'web'] as const
  it.each(channels)('by %s asks, adds, urges, withdraws, rates and disputes, with the code alone', async (form) => {
    world.clock.advance(86_400_000)
    clerk = await world.signIn('clerk')
    const first = await world.file(`原主${form}`, `村南头第${channels.indexOf(form) + 1}块健身器材坏了`)
    const other = async (text: string): Promise<string> =>
      (await world.talk(`持码人${form}`, `${text} ${first.code}`, { form })).join('')
    expect(await other('查')).toContain('待受理')
    expect(await other('补充 又掉了一块 ')).toContain('加进去了')
    expect(await other('催一下')).toContain('替您催了')
    expect(await other('催一下')).toContain('今天已经')
    await clerk.post(at(first.id, 'accept'))
    await clerk.post(at(first.id, 'close'), { outcome: 'explained', text: '厂家来看过了。' })
    expect(await other('查')).toContain('厂家来看过了')
    expect(await other('没解决')).toContain('还没解决')
    expect(await other('我不服')).toContain('再看一遍')
    const { body } = await clerk.get<CaseDetail>(at(first.id))
    expect(body.rating).toMatchObject({ score: 3 })
    expect(body.timeline.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['supplemented', 'urged', 'rated', 'review-asked']),
    )
    const second = await world.file(`原主${form}`, `${['东', '西', '南'][channels.indexOf(form)]}街的公厕没人打扫`)
    expect((await world.talk(`持码人${form}`, `撤回 ${second.code}`, { form })).join('')).toContain('撤了')
    expect((await clerk.get<CaseDetail>(at(second.id))).body.state).toBe('withdrawn')
  })
})
