/** The accused's walk: whoever must not see a case finds no difference anywhere, with the case and without it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetail, CaseList } from '../../src/cases/schema.ts'
import { readEvents } from './read-events.ts'
import type { World } from './world.ts'
import { buildWorld } from './world.ts'

type Account = Awaited<ReturnType<World['signIn']>>

const NO_CASE = '0'.repeat(24)
const WRITES: [string, unknown][] = [
  ['assign', { accountId: NO_CASE }],
  ['accept', {}],
  ['refuse', { reason: '无' }],
  ['reply', { text: '您好' }],
  ['note', { text: '备注' }],
  ['extend', { reason: '复杂' }],
  ['close', { outcome: 'solved', text: '办好了' }],
  ['reopen', { reason: '再办' }],
  ['transfer', { unit: 'xf', reason: '转办' }],
]

let world: World
const accounts = new Map<string, Account>()
const everybody = [
  'clerk',
  'handler',
  'director',
  'discipline',
  'discipline-2',
  'county',
  'supervisor',
  'county-supervisor',
  'admin',
  'village',
  'village-2',
  'mayor',
]

beforeAll(async () => {
  world = await buildWorld()
  await Promise.all(everybody.map(async (name) => accounts.set(name, await world.signIn(name))))
  // Something to see, so that “nothing” is not what is compared.
  await world.file('邻居', '建议村头装个减速带')
  await world.file('另一个', '我家低保被取消了没人跟我说为啥')
  await world.file('第三个', '李家洼李贵田书记把果园的租金自己收了')
})
afterAll(async () => world.close())

/** Everything that an account can ask about cases, as one text. `id`, `code` and `fileId` are of the case in question. */
async function walk(account: Account, { id, code }: { id: string; code: string }): Promise<string> {
  const gets = [
    '/api/console/cases',
    '/api/console/cases?state=open',
    '/api/console/cases?scope=mine',
    '/api/console/cases?kind=tip',
    '/api/console/cases?overdue=true',
    '/api/console/cases?villageId=zhangjiazhuang',
    `/api/console/cases?q=${encodeURIComponent('修井')}`,
    `/api/console/cases?q=${code}`,
    '/api/console/open-questions',
    '/api/console/me',
    '/api/console/case-counts',
    '/api/console/case-counts?scope=mine',
    '/api/console/case-filters',
    '/api/console/statistics?year=2026',
    `/api/console/case-assignees?ids=${id}`,
    `/api/console/cases/${id}`,
    `/api/console/cases/${id}/assignees`,
    `/api/console/cases/${id}/files/${NO_CASE}`,
  ]
  const answers: unknown[] = []
  for (const path of gets) answers.push((await account.get(path)) as unknown)
  for (const [verb, body] of WRITES)
    answers.push((await account.post(`/api/console/cases/${id}/${verb}`, body)) as unknown)
  // Each fault has a number of its own.
  return JSON.stringify(answers, null, 1)
}

describe.each([
  {
    about: 'the village’s accountant',
    text: '俺村张会计修井那钱他自己报了两回,票都一样',
    sees: ['discipline', 'discipline-2', 'supervisor', 'county-supervisor'],
  },
  {
    about: 'a deputy mayor',
    text: '高镇长修井拿了施工队的好处',
    sees: ['county', 'county-supervisor'],
  },
  {
    about: 'an officer of the county’s discipline office',
    text: '县纪委曹正修井的事收了人家的烟',
    sees: [],
  },
])('a tip about $about', ({ text, sees }) => {
  it('makes no difference to anybody else', async () => {
    const before = new Map<string, string>()
    const absent = { id: 'f'.repeat(24), code: '358-104-2297' }
    await Promise.all([...accounts].map(async ([name, account]) => before.set(name, await walk(account, absent))))
    const filed = await world.file(`举报人${sees.length}`, text)
    for (const [name, account] of accounts) {
      const after = await walk(account, filed)
      if (sees.includes(name)) {
        expect(after, name).toContain(filed.id)
        continue
      }
      const plain = after.replaceAll(filed.id, absent.id).replaceAll(filed.code, absent.code)
      // A code that is not a code is a search by words; both find nothing.
      expect(plain, name).toBe(before.get(name))
      expect((await account.get(`/api/console/cases/${filed.id}`)).status, name).toBe(404)
    }
  }, 90_000)
})

describe('who sees a case', () => {
  it('is given it by no assignment when it concerns them', async () => {
    const { id } = await world.file('低保户', '高镇长把我家低保取消了')
    const clerk = accounts.get('clerk')!
    const stored = await world.services.connection.collection('cases').findOne({}, { sort: { _id: -1 } })
    expect(stored?.['mayNotSee']).toEqual(expect.arrayContaining(['t2', 'z2', 'acct-zjz']))
    const seen = await clerk.get<CaseDetail>(`/api/console/cases/${id}`)
    const mayor = (await world.accounts.list()).find(({ username }) => username === 'mayor')!
    if (seen.status === 200)
      expect((await clerk.post(`/api/console/cases/${id}/assign`, { accountId: mayor.accountId })).status).toBe(400)
    expect((await accounts.get('mayor')!.get(`/api/console/cases/${id}`)).status).toBe(404)
  })

  it('reads figures only as a supervisor', async () => {
    const { body } = await accounts.get('supervisor')!.get<CaseList>('/api/console/cases?kind=tip')
    expect(body.items.length).toBeGreaterThan(0)
    for (const item of body.items) {
      expect(item.subject).toBeNull()
      const detail = (await accounts.get('supervisor')!.get<CaseDetail>(`/api/console/cases/${item.id}`)).body
      expect(detail).toMatchObject({ text: null, facts: [], files: [], people: [], abilities: [] })
      expect(detail.routing.reasons).toEqual([])
      expect(detail.timeline.every((entry) => entry.text === undefined)).toBe(true)
    }
    const search = await accounts.get('supervisor')!.get<CaseList>(`/api/console/cases?q=${encodeURIComponent('租金')}`)
    expect(search.body.items).toEqual([])
  })
})

describe('the live stream', () => {
  it('tells each account of its cases and of nothing else', async () => {
    const clerk = await readEvents(world.base, accounts.get('clerk')!.cookie)
    const officer = await readEvents(world.base, accounts.get('discipline')!.cookie)
    const tip = await world.file('举报人甲', '俺村张书记把修桥的木料拉回自己家了')
    const petition = await world.file('村民乙', '村口路灯坏了仨月了没人修')
    await clerk.until((event) => event.includes(petition.id))
    await officer.until((event) => event.includes(tip.id))
    expect(clerk.seen.join()).not.toContain(tip.id)
    expect(officer.seen.join()).not.toContain(petition.id)
    await Promise.all([clerk.close(), officer.close()])
  })

  it('is for accounts only', async () => {
    expect((await fetch(`${world.base}/api/console/stream`)).status).toBe(401)
  })
})
