/** What the procedures offer beyond accepting and closing: pauses, extensions, reviews, agreements, dispositions, recusal, corrections. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

let world: World
let clerk: Account
let handler: Account
let director: Account
let county: Account
const signInAll = async (): Promise<void> => {
  ;[clerk, handler, director, county] = (await Promise.all(
    ['clerk', 'handler', 'director', 'county-desk'].map(async (name) => world.signIn(name)),
  )) as [Account, Account, Account, Account]
}
beforeAll(async () => {
  world = await buildWorld('2025-03-03T10:00:00+08:00')
  await world.addAccount('county-desk', '县信访局', ['handler', 'director'], 'xf')
  await world.addAccount('discipline-head', '镇纪委书记', ['discipline-officer', 'director'], 'zj')
  await signInAll()
})
afterAll(async () => world.close())

const at = (id: string, verb = ''): string => `/api/console/cases/${id}${verb && `/${verb}`}`
const dueOf = (detail: CaseDetail, term: string): string | null | undefined =>
  detail.deadlines.find(({ id }) => id === term)?.due
const last = (who: string): string => world.heard(who).at(-1) ?? ''

describe('a pause', () => {
  let id: string
  it('is for listed reasons only, and stops the limit', async () => {
    ;({ id } = await world.file('补材料的', '我家低保被取消了没人跟我说为啥'))
    await handler.post(at(id, 'accept'))
    const { body } = await handler.get<CaseDetail>(at(id))
    expect(dueOf(body, 'handle')).toBe('2025-05-06')
    expect(body.pauses.map(({ code }) => code)).toEqual(['papers', 'appraisal'])
    expect((await handler.post(at(id, 'pause'), { code: 'busy' })).status).toBe(400)
    world.clock.set('2025-03-13T10:00:00+08:00')
    await signInAll()
    const paused = await handler.post<CaseDetail>(at(id, 'pause'), { code: 'papers', text: '请补户口本照片' })
    expect(paused.body).toMatchObject({ state: 'paused', next: { due: null, state: 'paused' } })
    expect(last('补材料的')).toMatch(/先停一停.*户口本/)
    expect((await handler.post(at(id, 'close'), { outcome: 'solved', text: '好了' })).status).toBe(403)
  })

  it('ends when the villager brings what was missing; the days between do not count', async () => {
    world.clock.set('2025-03-23T09:00:00+08:00')
    await signInAll()
    await world.talk('补材料的', '补充 户口本照片发来了')
    const { body } = await handler.get<CaseDetail>(at(id))
    expect(body.state).toBe('accepted')
    // 60 days from the 3rd of March are the 2nd of May, ten more the 12th.
    expect(dueOf(body, 'handle')).toBe('2025-05-12')
    expect(body.timeline.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['paused', 'supplemented', 'resumed']),
    )
  })
})

describe('a longer limit', () => {
  it('is asked for by who handles it and approved by the head, with the reason told', async () => {
    const { id } = await world.file('延期的', '我家医保报销不了')
    await clerk.post(at(id, 'accept'))
    const before = (await clerk.get<CaseDetail>(at(id))).body
    expect(before.abilities.map(({ action }) => action)).toContain('ask-extension')
    expect((await director.post(at(id, 'decline-extension'), { reason: '不用' })).status).toBe(403)
    expect((await clerk.post(at(id, 'ask-extension'), { reason: '等鉴定机构排期' })).status).toBe(200)
    const asked = (await director.get<CaseDetail>(at(id))).body
    expect(asked.extensionAsked).not.toBeNull()
    const extended = await director.post<CaseDetail>(at(id, 'extend'), { reason: '等鉴定机构排期' })
    expect(dueOf(extended.body, 'handle')! > dueOf(before, 'handle')!).toBe(true)
    expect(extended.body.extensionAsked).toBeNull()
    expect(last('延期的')).toContain('等鉴定机构排期')
  })
})

describe('passing a case around', () => {
  it('wins no time', async () => {
    const { id } = await world.file('转办的', '俺家五保金停发了')
    const first = (await clerk.get<CaseDetail>(at(id))).body
    world.clock.advance(5 * 86_400_000)
    await signInAll()
    const moved = await clerk.post<CaseDetail>(at(id, 'transfer'), { unit: 'zf', reason: '镇里统一办' })
    expect(moved.body.unit).toBe('zf')
    expect(dueOf(moved.body, 'notice')).toBe(dueOf(first, 'notice'))
  })
})

describe('not content', () => {
  let id: string
  it('goes to the level above, to somebody else, with a limit of its own; then once more, then it is final', async () => {
    ;({ id } = await world.file('不服的', '我家宅基地批了五年不给办证'))
    await clerk.post(at(id, 'accept'))
    await clerk.post(at(id, 'close'), { outcome: 'explained', text: '四至没量清,不能办。' })
    expect(last('不服的')).toMatch(/不服的,.*前回“我不服”.*沂清县信访局复查/)
    expect((await world.talk('不服的', '我不服,四至早就量过了')).join('')).toMatch(/沂清县信访局复查/)
    expect((await clerk.get(at(id))).status).toBe(404)
    const { body } = await county.get<CaseDetail>(at(id))
    expect(body).toMatchObject({ stateTitle: '复查中', reviewRound: 1, unitName: '沂清县信访局' })
    expect(body.next?.basis).toBe('《信访工作条例》第35条')
    await county.post(at(id, 'close'), { outcome: 'explained', text: '维持原处理意见。' })
    expect(last('不服的')).toContain('复核')
    expect((await world.talk('不服的', '我还是不服')).join('')).toContain('复核')
    const again = (await county.get<CaseDetail>(at(id))).body
    expect(again).toMatchObject({ stateTitle: '复核中', reviewRound: 2 })
    expect(again.next?.basis).toBe('《信访工作条例》第36条')
    expect(again.pauses.map(({ code }) => code)).toContain('hearing')
    await county.post(at(id, 'close'), { outcome: 'explained', text: '维持。' })
    expect(last('不服的')).toContain('不再受理')
    expect((await world.talk('不服的', '我不服')).join('')).toContain('不再受理')
  })

  it('is too late after 30 days, and is told so', async () => {
    const late = await world.file('晚了的', '我家医保报销不了')
    await clerk.post(at(late.id, 'accept'))
    await clerk.post(at(late.id, 'close'), { outcome: 'explained', text: '超出目录,不能报。' })
    world.clock.advance(45 * 86_400_000)
    await signInAll()
    expect((await world.talk('晚了的', `我不服 ${late.code}`)).join('')).toContain('已经过了')
    expect((await clerk.get<CaseDetail>(at(late.id))).body.state).toBe('closed')
  })
})

describe('a dispute', () => {
  it('ends with an agreement that is written down, and the villager hears until when a court can confirm it', async () => {
    const { id } = await world.file('调解的', '俺和邻居因为地界吵起来了,给调解调解')
    await clerk.post(at(id, 'accept'))
    expect((await clerk.post(at(id, 'close'), { outcome: 'agreed', text: '说好了。' })).status).toBe(400)
    const closed = await clerk.post<CaseDetail>(at(id, 'close'), {
      outcome: 'agreed',
      text: '双方说好了。',
      agreement: '以老槐树为界,各退半尺,月底前移墙。',
    })
    expect(closed.body.timeline.at(-1)?.text).toContain('以老槐树为界')
    expect(last('调解的')).toMatch(/以老槐树为界[^]*司法确认/)
    // Not kept: mediated again.
    expect((await world.talk('调解的', '我不服,墙没移')).join('')).toContain('重新办')
    expect((await clerk.get<CaseDetail>(at(id))).body).toMatchObject({ state: 'accepted', next: { id: 'again' } })
  })
})

describe('a tip', () => {
  it('gets a disposition within the month, and an objection is recorded', async () => {
    const officer = await world.signIn('discipline')
    const { id } = await world.file('举报的', '俺村张书记把修桥的木料拉回自己家了')
    const filed = (await officer.get<CaseDetail>(at(id))).body
    const [, month, day] = dueOf(filed, 'disposition')!.split('-').map(Number)
    const today = new Date(world.clock.now().getTime() + 8 * 3_600_000)
    expect(month).toBe(((today.getUTCMonth() + 1) % 12) + 1)
    expect(day).toBeGreaterThanOrEqual(today.getUTCDate())
    await officer.post(at(id, 'accept'))
    const { body } = await officer.get<CaseDetail>(at(id))
    expect(body.dispositions.map(({ title }) => title)).toEqual(['谈话函询', '初步核实', '暂存待查', '予以了结'])
    const disposed = await officer.post<CaseDetail>(at(id, 'dispose'), { code: 'verify' })
    expect(disposed.body.deadlines.find(({ id: term }) => term === 'disposition')?.state).toBe('done')
    await officer.post(at(id, 'close'), { outcome: 'unsubstantiated', text: '查了,木料在村仓库。' })
    expect((await world.talk('举报的', '我不服')).join('')).toContain('有新证据')
    expect((await officer.get<CaseDetail>(at(id))).body.timeline.at(-1)).toMatchObject({ event: 'disputed' })
  })

  it('is called empty by the head only', async () => {
    const [officer, head] = [await world.signIn('discipline'), await world.signIn('discipline-head')]
    const { id } = await world.file('没内容的', '俺村张书记收了人家的烟')
    expect((await officer.get<CaseDetail>(at(id))).body.refusals.map(({ code }) => code)).not.toContain('empty')
    expect((await officer.post(at(id, 'refuse'), { code: 'empty', reason: '没有时间地点' })).status).toBe(403)
    const refused = await head.post<CaseDetail>(at(id, 'refuse'), { code: 'empty', reason: '没有时间地点' })
    expect(refused.body).toMatchObject({ state: 'refused', outcome: { title: '没有实质内容' } })
  })

  it('is left by an officer who asks to stay away, for another; and goes up when nobody is left', async () => {
    const { id } = await world.file('要回避的', '俺村张会计把低保名额给他家亲戚了')
    const officers = ['discipline', 'discipline-2', 'discipline-head']
    for (const name of officers) {
      const officer = await world.signIn(name)
      const left = await officer.post<{ gone: true }>(at(id, 'recuse'), { reason: '和他家沾亲' })
      expect(left.body, name).toEqual({ gone: true })
      expect((await officer.get(at(id))).status, name).toBe(404)
      expect((await officer.get<CaseList>('/api/console/cases')).body.items.map((one) => one.id)).not.toContain(id)
    }
    const above = await world.signIn('county')
    const { body } = await above.get<CaseDetail>(at(id))
    expect(body.unitName).toBe('沂清县纪委监委')
    expect(body.mine).toBe(true)
  })

  it('is kept from whoever is named in what is added later, and goes as high as they stand', async () => {
    const officer = await world.signIn('discipline')
    const { id } = await world.file('补名字的', '俺村张书记修井那钱自己报了两回')
    expect((await officer.get(at(id))).status).toBe(200)
    await world.talk('补名字的', '补充 镇纪委丁洁书记也收了他的好处')
    expect((await officer.get(at(id))).status).toBe(404)
    expect((await (await world.signIn('discipline-2')).get(at(id))).status).toBe(404)
    expect((await (await world.signIn('county')).get<CaseDetail>(at(id))).body.routing.levelTitle).toBe('县纪委监委')
  })

  it('is taken from the handler whom the reporter asks to stay out', async () => {
    const { id } = await world.file('点名回避的', '俺村张书记卖了集体的树')
    await world.talk('点名回避的', '补充 要求方磊回避,他俩是同学')
    expect((await (await world.signIn('discipline-2')).get(at(id))).status).toBe(404)
    expect((await (await world.signIn('discipline')).get(at(id))).status).toBe(200)
  })
})

describe('a wrong routing', () => {
  it('is put right with one click, and later texts like it go there at once', async () => {
    const text = '后坡那片老柿子树的苗款一直没发到俺手里'
    const { id } = await world.file('分错的', text)
    const before = (await clerk.get<CaseDetail>(at(id))).body
    expect(before.departments.map(({ code }) => code)).toContain('civil-affairs')
    expect(before.unitName).not.toBe('柳泉镇民政办')
    const corrected = await clerk.post<CaseDetail>(at(id, 'reroute'), { code: 'civil-affairs' })
    expect(corrected.body.unitName).toBe('柳泉镇民政办')
    expect(corrected.body.timeline.map(({ event }) => event)).toContain('rerouted')
    const like = await world.file('分对的', '老柿子树的苗款到现在没发到俺手里,后坡那片')
    const learned = (await clerk.get<CaseDetail>(at(like.id))).body
    expect(learned.unitName).toBe('柳泉镇民政办')
    expect(learned.routing.reasons.join('')).toContain('已纠正')
    const lessons = await world.services.connection.collection('case_lessons').find().toArray()
    expect(JSON.stringify(lessons)).not.toMatch(/柿子|苗款/)
  })

  it('never lets those concerned answer it themselves', async () => {
    const { id } = await world.file('不能往下的', '村里把我家的口粮地收回去了')
    expect((await clerk.post(at(id, 'reroute'), { code: 'village' })).status).toBe(400)
  })
})
