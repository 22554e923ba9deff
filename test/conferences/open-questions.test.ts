import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OpenQuestionList } from '../../src/conferences/schema.ts'
import { maskNumbers } from '../../src/conferences/mask-numbers.ts'
import type { World } from '../cases/world.ts'
import { buildWorld } from '../cases/world.ts'

let world: World
let clerk: Awaited<ReturnType<World['signIn']>>
beforeAll(async () => {
  world = await buildWorld()
  clerk = await world.signIn('clerk')
})
afterAll(async () => world.close())

const ask = async (who: string, question: string, villageId: string | null = 'zhangjiazhuang'): Promise<void> =>
  world.services.transaction(async (session) =>
    world.conferences.record(session, {
      villageId,
      contactId: world.contactId(who),
      question,
      reason: 'not-published',
      intent: 'ask.finance',
      at: world.clock.now(),
    }),
  )
const list = async (state = 'open'): Promise<OpenQuestionList> =>
  (await clerk.get<OpenQuestionList>(`/api/console/open-questions?state=${state}`)).body

describe('open questions', () => {
  it('count the same words once, whoever asks, a village at a time', async () => {
    await ask('甲', '十月份的账为啥没公布?')
    await ask('乙', '十月份的账为啥没公布')
    await ask('乙', '十月份的账,为啥没公布??')
    await ask('丙', '十月份的账为啥没公布', 'lijiawa')
    const { items, counts } = await list()
    expect(items.map(({ villageName, count }) => `${villageName} ${count}`).toSorted()).toEqual([
      '张家庄 3',
      '李家洼 1',
    ])
    expect(counts).toEqual({ open: 2, conference: 0, answered: 0, dismissed: 0 })
    expect(items[0]).toMatchObject({ reasonTitle: '没有公布', due: '2026-11-26', overdue: false })
  })

  it('hold nobody’s numbers and nobody’s contact', async () => {
    await ask('丁', '我电话13800138000,身份证370123199001011234,低保咋没了')
    const { items } = await list()
    expect(items[0]?.question).toMatch(/〔电话〕.*〔证件号〕/)
    const raw = JSON.stringify([
      await world.services.connection.collection('open_questions').find().toArray(),
      await world.services.connection.collection('open_question_askers').find().toArray(),
    ])
    expect(raw).not.toMatch(/13800138000|370123199001011234/)
    expect(raw).not.toContain(world.contactId('丁'))
  })

  it('are answered to everybody who asked, once, and nobody is kept afterwards', async () => {
    const question = (await list()).items.find(({ count }) => count === 3)!
    const path = `/api/console/open-questions/${question.id}`
    expect((await clerk.post(`${path}/answer`, { text: '十月的账本周五公布。' })).status).toBe(200)
    const told = world.said.filter(({ text }) => text.includes('本周五公布'))
    expect(told.map(({ contactId }) => contactId).toSorted()).toEqual(
      [world.contactId('甲'), world.contactId('乙')].toSorted(),
    )
    expect((await clerk.post(`${path}/answer`, { text: '再答一次' })).status).toBe(409)
    expect((await list('answered')).items[0]).toMatchObject({
      id: question.id,
      answer: { text: '十月的账本周五公布。' },
    })
    // Asked again afterwards, it is a new question.
    await ask('甲', '十月份的账为啥没公布')
    expect((await list()).items.find(({ villageId }) => villageId === 'zhangjiazhuang')).toMatchObject({ count: 1 })
  })

  it('are set aside with a reason', async () => {
    const [question] = (await list()).items
    expect(
      (await clerk.post(`/api/console/open-questions/${question!.id}/dismiss`, { reason: '与村务无关' })).status,
    ).toBe(200)
    expect((await list('dismissed')).items[0]).toMatchObject({ dismissal: { text: '与村务无关' } })
  })

  it('are seen by a village’s committee for its own village, and by the administrator not at all', async () => {
    await ask('戊', '鱼塘租金收了没有', 'lijiawa')
    const village = await world.signIn('village')
    const seen = (await village.get<OpenQuestionList>('/api/console/open-questions')).body.items
    expect(seen.every(({ villageId }) => villageId === 'zhangjiazhuang')).toBe(true)
    const admin = await world.signIn('admin')
    expect((await admin.get('/api/console/open-questions')).status).toBe(403)
  })

  it('are put by villagers to the next conference', async () => {
    expect((await world.talk('己', '下次发布会我想问问集体分红啥时候发')).join('')).toContain('转给下一次村情发布会')
    expect((await list()).items[0]).toMatchObject({ reasonTitle: '提给发布会' })
    expect((await list()).items[0]?.question).toContain('集体分红')
  })
})

describe('questions that ask the same', () => {
  const village = 'shiqiao'
  const open = async (): Promise<OpenQuestionList['items']> =>
    (await clerk.get<OpenQuestionList>(`/api/console/open-questions?villageId=${village}`)).body.items

  it('are one on the console, each asker waits for the one answer, and the next who asks has it at once', async () => {
    await ask('庚', '集体分红今年啥时候发给俺们', village)
    await ask('辛', '今年集体分红啥时候发呀', village)
    await ask('壬', '去年集体分红啥时候发的', village)
    await world.conferences.group()
    const items = await open()
    expect(items.map(({ question, count }) => `${question} ${count}`).toSorted()).toEqual(
      ['集体分红今年啥时候发给俺们 2', '去年集体分红啥时候发的 1'].toSorted(),
    )
    const shared = items.find(({ count }) => count === 2)!
    expect(shared.wordings).toEqual(['今年集体分红啥时候发呀'])
    world.said.length = 0
    await clerk.post(`/api/console/open-questions/${shared.id}/answer`, { text: '腊月二十以前发到户。' })
    expect(world.said.map(({ contactId }) => contactId).toSorted()).toEqual(
      [world.contactId('庚'), world.contactId('辛')].toSorted(),
    )
    const told = await world.conferences.known('集体分红今年啥时候能发', village)
    expect(told?.text).toMatch(/腊月二十以前发到户。\n\(.+,2026年\d+月\d+日答复\)/)
    expect(await world.conferences.known('集体分红去年发了多少', village)).toBeNull()
    expect(await world.conferences.known('集体分红今年啥时候能发', 'lijiawa')).toBeNull()
  })

  it('are joined by a handler where words do not show it, within one village', async () => {
    await ask('癸', '卫生室几点开门', village)
    await ask('子', '找村医得赶啥时候去', village)
    await ask('丑', '卫生室几点开门', 'lijiawa')
    await world.conferences.group()
    const [late, early] = (await open()).filter(({ question }) => /卫生室|村医/.test(question))
    const path = `/api/console/open-questions/${late!.id}/merge`
    expect((await clerk.post(path, { into: early!.id })).status).toBe(200)
    expect((await open()).find(({ id }) => id === early!.id)).toMatchObject({ count: 2 })
    const elsewhere = (await list()).items.find(
      ({ villageId, question }) => villageId === 'lijiawa' && /卫生室/.test(question),
    )!
    expect((await clerk.post(`/api/console/open-questions/${elsewhere.id}/merge`, { into: early!.id })).status).toBe(
      409,
    )
  })

  it('go to the next conference with a click, and who asked is told', async () => {
    await ask('寅', '水库承包到期以后咋办', village)
    const question = (await open()).find((one) => one.question.includes('水库'))!
    world.said.length = 0
    expect((await clerk.post(`/api/console/open-questions/${question.id}/conference`)).status).toBe(200)
    expect(world.said.map(({ text }) => text).join()).toMatch(/水库.*下次村情发布会/)
    expect((await list('conference')).items.map(({ id }) => id)).toContain(question.id)
    expect(
      (await clerk.post(`/api/console/open-questions/${question.id}/answer`, { text: '到期公开再包。' })).status,
    ).toBe(200)
  })
})

describe('a misunderstood message', () => {
  it('is understood from the next message on, and what is like it soon after', async () => {
    const odd = '那个花名册搁哪瞅'
    const before = world.understander.understand(odd, {
      now: world.clock.now(),
      vocabulary: { villageId: null, entries: [] },
    })
    expect(before.intents[0]?.code).not.toBe('ask.subsidy')
    await ask('卯', odd)
    const question = (await list()).items.find((one) => one.question === odd)!
    const path = `/api/console/open-questions/${question.id}/intent`
    expect((await clerk.post(path, { intent: 'ask.nothing' })).status).toBe(400)
    expect((await clerk.post(path, { intent: 'ask.subsidy' })).status).toBe(200)
    const understand = (text: string): string =>
      world.understander.understand(text, { now: world.clock.now(), vocabulary: { villageId: null, entries: [] } })
        .intents[0]!.code
    expect(understand('那个花名册,搁哪瞅?')).toBe('ask.subsidy')
    await vi.waitFor(() => expect(understand('那花名册搁哪儿瞅瞅')).toBe('ask.subsidy'), {
      timeout: 30_000,
      interval: 200,
    })
    const village = await world.signIn('village')
    expect((await village.post(path, { intent: 'ask.subsidy' })).status).toBe(403)
  })
})

describe('numbers of people', () => {
  it.each([
    ['打13800138000找我', '打〔电话〕找我'],
    ['+86 138 0013 8000', '〔电话〕'],
    ['0539-1234567', '〔电话〕'],
    ['查358-104-2297', '查〔查询码〕'],
    ['卡号6222021234567890123', '卡号〔卡号〕'],
    ['修路花了86400元', '修路花了86400元'],
    ['2026年11月23日', '2026年11月23日'],
  ])('%s → %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })
})

describe('an answer that missed the point', () => {
  it('is asked of somebody, once, and the villager is told so', async () => {
    const said = await world.talk('辰', '下次发布会我想问问集体分红啥时候发')
    expect(said.join('')).toContain('转给下一次')
    // Nothing was answered from records here: there is nothing to rate.
    expect((await world.talk('辰', '答非所问')).join('')).not.toContain('对不住')
  })
})
