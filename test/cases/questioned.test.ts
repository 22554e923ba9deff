/** “这账不对吧”: a figure is asked for, doubted, and filed; the handler finds the answer and its records with the case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicationsHere } from '../../scripts/support/publications-here.ts'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import { buildWhole } from '../app/world.ts'
import type { WholeWorld } from '../app/world.ts'
import { readLines, written } from '../publications/sample.ts'
import { dumpMongo } from '../support/dump-stores.ts'

const VILLAGE = 'zhangjiazhuang'
const ASKED = '去年修路花了多少钱'

let world: WholeWorld
let here: PublicationsHere
beforeAll(async () => {
  world = await buildWhole()
  here = await createPublicationsHere(world.mongoUri, null)
  await here.publications.importTownship('knowledge')
  await here.publications.importVillage(VILLAGE, `knowledge/villages/${VILLAGE}`)
}, 120_000)
afterAll(async () => {
  await here?.close()
  await world?.close()
})

/** The newest case as this account sees it. */
async function newest(username: string): Promise<{ detail: CaseDetail; status: number }> {
  const { call } = await world.signIn(username)
  const [stored] = await world.services.connection.collection('cases').find().sort({ _id: -1 }).limit(1).toArray()
  const { status, text } = await call('GET', `/api/console/cases/${String(stored?._id)}`)
  return { status, detail: (status === 200 ? JSON.parse(text) : {}) as CaseDetail }
}

describe('a figure that was answered is doubted', () => {
  it('carries question, answer and the published lines to whoever checks it, which is not the village', async () => {
    const lines = (await readLines(VILLAGE)).filter(
      ({ date, category }) => date.startsWith('2025') && /道路/.test(category),
    )
    const figure = written(lines.reduce((sum, { expense }) => sum + expense, 0))
    const person = await world.villager()
    expect(await person.say(ASKED)).toContain(figure)
    const asked = await person.say('这账不对吧')
    expect(asked).toContain(figure)
    expect(asked).toMatch(/哪儿不对/)
    // What is known is not asked: neither which account, nor where, nor when.
    const summary = await person.say('我咋记得是三万')
    expect(summary).toMatch(/三万/)
    expect(summary).toMatch(/回 1 匿名提交/)
    expect(await person.say('1')).toMatch(/\d{3}-\d{3}-\d{4}/)

    const { detail } = await newest('clerk')
    expect(detail.kind).toBe('petition')
    expect(detail.text).toMatch(/这账不对吧[\s\S]*三万/)
    expect(detail.questioned?.question).toBe(ASKED)
    expect(detail.questioned?.answer).toContain(figure)
    expect(detail.questioned?.lines.map(({ date, amount, title }) => ({ date, amount, title }))).toEqual(
      lines
        .toSorted((a, b) => (a.date < b.date ? -1 : 1))
        .map(({ date, expense, category, summary: title }) => ({
          date,
          amount: written(expense),
          title: `${category} ${title}`,
        })),
    )
    for (const { version, hash, publishedAt } of detail.questioned?.publications ?? []) {
      expect(version).toBeGreaterThan(0)
      expect(hash).toMatch(/^[0-9a-f]{64}$/)
      expect(publishedAt).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
    expect(detail.questioned?.publications.length).toBeGreaterThan(0)
    // The link opens the public page that holds the line.
    const [line] = detail.questioned?.lines ?? []
    const page = await here.publications.page(new URL(line!.url, 'http://x').pathname, {
      period: line!.date.slice(0, 7),
    })
    expect(JSON.stringify(page)).toContain(line!.recordId)
    expect(detail.routing.reasons.join('')).toMatch(/不自己核自己/)
    expect(detail.routing.reasons.join('')).not.toMatch(/由村里办理/)
    expect((await newest('village')).status).toBe(404)
  })

  it('does not take two doubted figures for the same matter', async () => {
    const person = await world.villager()
    const cases = async (): Promise<number> => world.services.connection.collection('cases').countDocuments()
    const before = await cases()
    for (const question of ['去年修路花了多少钱', '去年招待费花了多少钱', '鱼塘包给谁了多少钱一年']) {
      for (const text of [question, '数不对吧', '不知道', '匿名']) await person.say(text)
    }
    const filed = (await cases()) - before
    // The second is doubted too: that there is nothing in the books.
    expect(filed).toBe(3)
    // The same figure once more joins the case that is open.
    await person.say('去年修路花了多少钱')
    await person.say('这数有问题')
    await person.say('不知道')
    expect(await person.say('匿名')).toMatch(/一起|加|同一/)
    expect((await cases()) - before).toBe(filed)
  })

  it('goes to the discipline office with the lines when an official is accused, sealed like the rest', async () => {
    const person = await world.villager()
    await person.say(ASKED)
    await person.say('这账不对,张立国把修路钱揣自己兜里了,直接提交')
    const { detail } = await newest('discipline')
    expect(detail.kind).toBe('tip')
    expect(detail.questioned?.lines.length).toBeGreaterThan(0)
    expect((await newest('clerk')).status).toBe(404)
    expect((await newest('village')).status).toBe(404)
    const { call } = await world.signIn('clerk')
    const { items } = JSON.parse((await call('GET', '/api/console/cases')).text) as CaseList
    expect(items.some(({ id }) => id === detail.id)).toBe(false)
    const dump = await dumpMongo(world.services.connection)
    expect(dump).not.toContain('揣自己兜里')
  })

  it('takes “不对” for a doubt only after an answer, and a correction never', async () => {
    const person = await world.villager()
    expect(await person.say('不对')).not.toMatch(/哪儿不对/)
    await person.say(ASKED)
    expect(await person.say('那前年呢')).not.toMatch(/哪儿不对/)
    expect(await person.say('为啥这么多')).not.toMatch(/哪儿不对/)
    await person.say(ASKED)
    expect(await person.say('不对吧')).toMatch(/哪儿不对/)
    expect(await person.say('算了')).toMatch(/没有交上去/)
  })

  it('asks which account is meant when nothing was answered', async () => {
    const person = await world.villager()
    expect(await person.say('账不对')).toMatch(/哪笔账/)
  })
})
