/** Erasing: what is decided goes after its years, with its key; what waits for somebody stays for ever. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import { RETENTION_YEARS } from '../../src/cases/retention.ts'
import { CASE_KINDS } from '../../src/cases/schema.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => world.close())

const runJob = async (): Promise<void> => world.cases.jobs!.find(({ name }) => name === 'cases.erase-expired')!.run()
const storedCase = async (id: string) =>
  (await world.services.connection.collection('cases').find({}, { promoteBuffers: true }).toArray()).find(
    ({ _id }) => String(_id) === id,
  )!

describe('retention', () => {
  it('is set for every kind', () => {
    for (const kind of CASE_KINDS) expect(RETENTION_YEARS[kind]).toBeGreaterThan(0)
  })

  it('erases a decided case after its years and no open one, however old', async () => {
    const decided = await world.file('甲', '村口路灯坏了仨月了没人修')
    const open = await world.file('乙', '建议村头装个减速带')
    const clerk = await world.signIn('clerk')
    const path = `/api/console/cases/${decided.id}`
    await clerk.post(`${path}/accept`)
    await clerk.post(`${path}/close`, { outcome: 'solved', text: '路灯已经修好。' })
    const years = RETENTION_YEARS[(await storedCase(decided.id))['kind'] as 'petition']

    world.clock.advance((years * 365 - 30) * 86_400_000)
    await runJob()
    expect((await storedCase(decided.id))['erasedAt']).toBeUndefined()

    world.clock.advance(60 * 86_400_000)
    const sealedBefore = (await storedCase(decided.id))['content']
    await runJob()
    const gone = await storedCase(decided.id)
    expect(gone['erasedAt']).toBeInstanceOf(Date)
    expect(gone['dataKey'].length).toBe(0)
    expect(sealedBefore).not.toEqual(gone['content'])
    expect((await storedCase(open.id))['erasedAt']).toBeUndefined()

    // Every word of it is gone for everybody; that there was one, and when, stays for the figures.
    const later = await world.signIn('clerk')
    const detail = (await later.get<CaseDetail>(path)).body
    expect(detail).toMatchObject({ text: null, facts: [], people: [], abilities: [] })
    expect(detail.timeline.every(({ text }) => text === undefined)).toBe(true)
    const list = await later.get<CaseList>('/api/console/cases')
    expect(list.status).toBe(200)
    expect(list.body.items.find(({ id }) => id === decided.id)?.subject).toBeNull()
    expect((await world.talk('甲', `查 ${decided.code}`)).join('')).toMatch(/没查到/)
    expect(await world.audit.verify()).toBeNull()
  })
})
