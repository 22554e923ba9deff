/** Over many cases: searched in Chinese, counted, taken together, put into figures; always within what the actor may see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import readXlsxFile from 'read-excel-file/node'
import type { CaseAssignees, CaseDetail, CaseList } from '../../src/cases/schema.ts'
import type { BulkDone, CaseCounts, SavedFilters, Statistics } from '../../src/cases/overview/schema.ts'
import type { Progress } from '../../src/cases/progress/schema.ts'
import { GUESSES_FROM_ADDRESS } from '../../src/cases/find-own-case.ts'
import { createReceiptCode } from '../../src/cases/receipt-code.ts'
import { SMALL, hideSmall } from '../../src/cases/overview/suppress-small.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>
let world: World
let clerk: Account
let director: Account
let discipline: Account
let supervisor: Account
let admin: Account
const filed: Record<string, { id: string; code: string }> = {}

beforeAll(async () => {
  world = await buildWorld()
  ;[clerk, director, discipline, supervisor, admin] = await Promise.all([
    world.signIn('clerk'),
    world.signIn('director'),
    world.signIn('discipline'),
    world.signIn('supervisor'),
    world.signIn('admin'),
  ])
  const texts: [string, string][] = [
    ['低保', '我家低保被取消了没人跟我说为啥'],
    ['水渠', '村南头的水渠堵了没人修'],
    ['路灯', '村口路灯坏了仨月了没人修'],
    ['减速带', '建议学校门口装个减速带'],
    ['征地', '征地补偿款到现在没给俺家'],
    ['木料', '俺村张书记把修桥的木料拉回自己家了'],
  ]
  for (const [name, text] of texts) filed[name] = await world.file(`村民${name}`, text)
})
afterAll(async () => world.close())

const search = async (account: Account, q: string): Promise<string[]> =>
  (await account.get<CaseList>(`/api/console/cases?q=${encodeURIComponent(q)}`)).body.items.map(({ id }) => id)

describe('a search', () => {
  it.each([
    ['a word', '路灯', ['路灯']],
    ['a few characters across words', '堵了没', ['水渠']],
    ['several words, in any order', '没人修 村口', ['路灯']],
    ['what stands in several', '没人修', ['路灯', '水渠']],
    ['a word with spaces and punctuation around it', '，减速带 。', ['减速带']],
    ['what nobody wrote', '拖拉机', []],
    ['a single character', '灯', []],
  ])('finds %s', async (_what, q, names) => {
    expect((await search(clerk, q)).toSorted()).toEqual(names.map((name) => filed[name]!.id).toSorted())
  })

  it('finds only what the actor may read', async () => {
    expect(await search(clerk, '木料')).toEqual([])
    expect(await search(discipline, '木料')).toEqual([filed['木料']!.id])
    expect(await search(discipline, '路灯')).toEqual([])
    expect(await search(supervisor, '木料')).toEqual([])
    expect(await search(admin, '路灯')).toEqual([])
  })

  it('finds what was added later', async () => {
    await world.talk('村民路灯', `补充 ${filed['路灯']!.code} 昨天有人骑三轮车摔沟里了`)
    expect(await search(clerk, '三轮车')).toEqual([filed['路灯']!.id])
  })

  it('goes on where the page ended', async () => {
    const first = await clerk.get<CaseList>(`/api/console/cases?limit=1&q=${encodeURIComponent('没人修')}`)
    expect(first.body.items).toHaveLength(1)
    const path = `/api/console/cases?limit=1&q=${encodeURIComponent('没人修')}&cursor=${first.body.next}`
    const second = await clerk.get<CaseList>(path)
    expect([...first.body.items, ...second.body.items].map(({ id }) => id).toSorted()).toEqual(
      [filed['路灯']!.id, filed['水渠']!.id].toSorted(),
    )
    expect(second.body.next).toBeUndefined()
  })

  it('leaves no word in the store, and the same word of a tip and of a petition looks different', async () => {
    const cases = world.services.connection.collection('cases')
    const all = await cases.find().toArray()
    expect(all.every(({ words }) => Array.isArray(words) && (words as unknown[]).every(Number.isInteger))).toBe(true)
    const petition = all.find(({ _id }) => String(_id) === filed['路灯']!.id)!['words'] as number[]
    const tip = await world.file('举报人', '李家洼李贵田书记把村口路灯坏了的钱自己拿了')
    const stored = await cases.findOne({}, { sort: { _id: -1 } })
    expect(String(stored!._id)).toBe(tip.id)
    const shared = (stored!['words'] as number[]).filter((hash) => petition.includes(hash))
    expect(shared.length).toBeLessThan(2)
  })
})

describe('counts by state', () => {
  it('count what the actor may see', async () => {
    const waiting = async (account: Account): Promise<number> =>
      (await account.get<CaseCounts>('/api/console/case-counts')).body.states.find(({ state }) => state === 'filed')!
        .count
    const list = (await clerk.get<CaseList>('/api/console/cases?state=filed')).body
    expect(await waiting(clerk)).toBe(list.items.length)
    expect(await waiting(discipline)).toBe(2)
    expect(await waiting(admin)).toBe(0)
  })
})

describe('the same step on several', () => {
  it('is taken where the procedure has it, and told where not', async () => {
    const { items } = (await clerk.get<CaseList>('/api/console/cases?state=filed')).body
    const [one, two] = items
    const request = {
      action: 'accept',
      cases: [
        { id: one!.id, version: one!.version },
        { id: two!.id, version: two!.version - 1 },
        { id: filed['木料']!.id, version: 1 },
      ],
    }
    const { body } = await clerk.post<BulkDone>('/api/console/case-steps', request)
    expect(body.items.map(({ done }) => done)).toEqual([true, false, false])
    expect(body.items[1]!.problem).toContain('刚才有人动过')
    // As if it did not exist.
    expect(body.items[2]!.problem).toBe('没有找到这件事项。')
    expect((await clerk.get<CaseDetail>(`/api/console/cases/${one!.id}`)).body.state).toBe('accepted')
  })

  it('offers for all of them only who may have each', async () => {
    const items = (await director.get<CaseList>('/api/console/cases?state=open')).body.items
    const ids = items.map(({ id }) => id)
    const each = await Promise.all(
      ids.map(async (id) => (await director.get<CaseAssignees>(`/api/console/cases/${id}/assignees`)).body.items),
    )
    const common = each[0]!.filter(({ accountId }) =>
      each.every((list) => list.some((one) => one.accountId === accountId)),
    )
    const { body } = await director.get<CaseAssignees>(`/api/console/case-assignees?ids=${ids.join(',')}`)
    expect(body.items.map(({ accountId }) => accountId).toSorted()).toEqual(
      common.map(({ accountId }) => accountId).toSorted(),
    )
    expect((await director.get(`/api/console/case-assignees?ids=${filed['木料']!.id}`)).status).toBe(404)
  })
})

describe('kept filters', () => {
  it('belong to the account, and are sealed', async () => {
    const kept = { items: [{ name: '张庄的水', state: 'open', q: '水渠' }] }
    const response = await fetch(`${world.base}/api/console/case-filters`, {
      method: 'PUT',
      headers: { cookie: clerk.cookie, 'content-type': 'application/json' },
      body: JSON.stringify(kept),
    })
    expect(response.status).toBe(200)
    expect((await clerk.get<SavedFilters>('/api/console/case-filters')).body.items).toMatchObject(kept.items)
    expect((await director.get<SavedFilters>('/api/console/case-filters')).body.items).toEqual([])
    const raw = await world.services.connection.collection('case_handlers').find({}, { raw: true }).toArray()
    expect(Buffer.concat(raw as unknown as Buffer[]).includes('水渠')).toBe(false)
  })
})

describe('the page that a receipt opens', () => {
  const open = async (code: string): Promise<{ status: number; body: Progress & { error?: { code: string } } }> => {
    const response = await fetch(`${world.base}/api/public/progress`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    return { status: response.status, body: (await response.json()) as Progress & { error?: { code: string } } }
  }

  it('shows steps, limit and answers, nothing of who handles it and no note', async () => {
    const { id, code } = await world.file('看进度的', '我家医保交了钱系统里查不到')
    await clerk.post(`/api/console/cases/${id}/note`, { text: '找会计要发放表' })
    await clerk.post(`/api/console/cases/${id}/reply`, { text: '正在核对发放表。' })
    const { body } = await open(code)
    expect(body.steps.map(({ state }) => state)).toEqual(['now', 'to-come', 'to-come'])
    expect(body.next).toMatch(/12月\d+日前/)
    expect(body.replies.map(({ text }) => text)).toEqual(['正在核对发放表。'])
    expect(JSON.stringify(body)).not.toMatch(/找会计|周宁|韩梅/)
  })

  it('stays shut after too many wrong codes from one address', async () => {
    for (let tried = 0; tried < GUESSES_FROM_ADDRESS; tried += 1)
      expect((await open(createReceiptCode())).body.error?.code).toBe('code_unknown')
    expect(await open(filed['征地']!.code)).toMatchObject({ status: 429, body: { error: { code: 'code_locked' } } })
    world.clock.advance(3_600_000)
    expect((await open(filed['征地']!.code)).status).toBe(200)
  })
})

describe('figures', () => {
  it('show all of what one handles', async () => {
    const { body } = await clerk.get<Statistics>('/api/console/statistics?year=2026')
    const { total } = (await clerk.get<CaseList>('/api/console/cases?state=all')).body
    expect(body).toMatchObject({ guarded: false, all: { total } })
    expect(body.byKind.reduce((sum, row) => sum + row.total!, 0)).toBe(total)
    expect(body.byKind.map(({ title }) => title)).not.toContain('检举控告')
    expect(body.byMonth).toHaveLength(11)
  })

  it('hide small cells from who sees figures only, and in what is passed on', async () => {
    const { body } = await supervisor.get<Statistics>('/api/console/statistics?year=2026')
    expect(body.guarded).toBe(true)
    for (const row of [...body.byKind, ...body.byPlace, ...body.byMonth])
      expect(row.total === null || row.total === 0 || row.total >= SMALL).toBe(true)
    const file = await fetch(`${world.base}/api/console/statistics.xlsx?year=2026`, {
      headers: { cookie: discipline.cookie },
    })
    expect(file.headers.get('content-type')).toContain('spreadsheetml')
    const [sheet] = await readXlsxFile(Buffer.from(await file.arrayBuffer()))
    // Two tips are too few to be told.
    const text = JSON.stringify(sheet)
    expect(text).toContain('检举控告')
    expect(text).toContain('不公布')
    expect(text).not.toMatch(/[^\d]2[^\d年]/)
  })
})

describe('what is hidden of a table', () => {
  it.each([
    ['nothing small', [5, 9, 0], [false, false, false], false],
    ['one small: another with it', [2, 30, 9, 0], [true, false, true, false], false],
    ['two small that are small together: a third', [1, 2, 40, 9], [true, true, false, true], false],
    ['two small, together large enough', [3, 4, 40], [true, true, false], false],
    ['all of it small: the sum too', [3, 0], [true, false], true],
    ['nothing at all', [0, 0], [false, false], false],
  ])('%s', (_what, counts, hidden, total) => {
    expect(hideSmall(counts)).toEqual({ hidden, total })
  })

  it('can never be worked out from the sum', () => {
    for (let seed = 1; seed < 3000; seed += 1) {
      const counts = Array.from(
        { length: 2 + (seed % 6) },
        (_, index) => (seed * (index + 3) * 7919) % (5 + (seed % 20)),
      )
      const { hidden, total } = hideSmall(counts)
      const concealed = counts.filter((_, index) => hidden[index])
      if (total || concealed.length === 0) continue
      expect(concealed.length, counts.join()).toBeGreaterThan(1)
      expect(
        concealed.reduce((sum, one) => sum + one, 0),
        counts.join(),
      ).toBeGreaterThanOrEqual(SMALL)
    }
  })
})
