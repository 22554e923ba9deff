import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
    expect(counts).toEqual({ open: 2, answered: 0, dismissed: 0 })
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
