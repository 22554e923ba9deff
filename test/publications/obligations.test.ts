/** When something was due, whether it came in time, and who is told: computed, shown to villagers, and said once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import { fixedClock } from '../../src/infrastructure/clock.ts'
import { inTransaction } from '../../src/infrastructure/mongo.ts'
import type { AccountActor } from '../../src/people/index.ts'
import { listObligations, onTimeOf } from '../../src/publications/obligations/list-obligations.ts'
import type { History, Obligation } from '../../src/publications/obligations/list-obligations.ts'
import { remindObligations } from '../../src/publications/obligations/remind.ts'
import { periodBounds } from '../../src/publications/periods.ts'
import { createStore } from '../../src/publications/store.ts'
import { loadSample, readCsv } from './sample.ts'

const published = (
  item: string,
  kinds: History['kinds'],
  period: string,
  publishedAt: string,
  dueAt = '',
): History => ({
  item,
  class: 'finance',
  kinds,
  period,
  ...periodBounds(period),
  dueAt,
  publishedAt,
  state: publishedAt ? 'published' : 'draft',
})
const ledger = (period: string, at: string, due = ''): History => published('月度收支明细', ['ledger'], period, at, due)
const brief = (all: readonly Obligation[]): string[] =>
  all.map(({ period, dueAt, state, lateDays }) => `${period} ${dueAt} ${state} ${lateDays}`)

describe('the calendar', () => {
  test('a month is due on the 10th of the next; what nobody announced is late all the same', () => {
    expect(
      brief(listObligations([ledger('2026-01', '2026-02-10'), ledger('2026-02', '2026-03-12')], '2026-05-05')),
    ).toEqual([
      '2026-05 2026-06-10 coming 0',
      '2026-04 2026-05-10 soon 0',
      '2026-03 2026-04-10 overdue 25',
      '2026-02 2026-03-10 late 2',
      '2026-01 2026-02-10 in-time 0',
    ])
  })

  test.each<[string, string]>([
    ['2026-04-10', 'soon'],
    ['2026-04-11', 'overdue'],
  ])('on %s it is %s', (today, state) =>
    expect(
      listObligations([ledger('2026-02', '2026-03-01')], today).find(({ period }) => period === '2026-03'),
    ).toMatchObject({ state }),
  )

  test('a quarter’s publication covers its months; a date that was announced goes before the rule', () => {
    const all = listObligations([ledger('2026Q1', '2026-04-02', '2026-04-20')], '2026-04-03')
    expect(brief(all).slice(1)).toEqual([
      '2026-03 2026-04-10 in-time 0',
      '2026-02 2026-03-10 late 23',
      '2026-01 2026-02-10 late 51',
    ])
    expect(brief(listObligations([ledger('2026-01', '2026-02-15', '2026-02-20')], '2026-02-25'))).toContain(
      '2026-01 2026-02-20 in-time 0',
    )
  })

  test('over the end of the year, and a correction does not make late what was in time', () => {
    const all = listObligations(
      [ledger('2025-12', '2026-01-09'), { ...ledger('2025-12', '2026-03-01'), state: 'published' }],
      '2026-01-12',
    )
    expect(brief(all)).toContain('2025-12 2026-01-10 in-time 0')
  })

  test('an event carries its own date', () => {
    const batch = (at: string): History =>
      published('最低生活保障发放', ['batch', 'list-row'], 'DB-1', at, '2026-03-12')
    expect(brief(listObligations([batch('')], '2026-03-20'))).toEqual(['DB-1 2026-03-12 overdue 8'])
    expect(brief(listObligations([batch('2026-03-12')], '2026-03-20'))).toEqual(['DB-1 2026-03-12 in-time 0'])
  })

  test('a village that has never published of it owes nothing by rule', () =>
    expect(listObligations([ledger('2026-03', '')], '2026-12-01').map(({ state }) => state)).toEqual([]))

  test('the rate counts a year back, and what has not come counts against it', () => {
    const all = listObligations(
      ['2025-01', '2025-12', '2026-01', '2026-02'].map((month, index) =>
        ledger(month, ['2025-03-30', '2026-01-10', '2026-02-10', '2026-03-30'][index]!),
      ),
      '2026-04-05',
    )
    // Due after 2025-04-05: nine months of 2025 without a publication, then in time, in time, late.
    expect(onTimeOf(all, '2026-04-05')).toMatchObject({ inTime: 2, late: 1, overdue: 9, percent: 16 })
    expect(onTimeOf([], '2026-04-05').percent).toBeNull()
  })
})

describe('the sample villages', () => {
  let here: PublicationsHere
  beforeAll(async () => {
    here = await loadSample()
  })
  afterAll(async () => here.close())

  test('a month that stands unpublished in the file is late by its own date', async () => {
    const rows = await readCsv('lijiawa/publications.csv')
    const missing = rows.filter((row) => row['事项'] === '月度收支明细' && row['公布日期'] === '')
    expect(missing.length).toBeGreaterThan(0)
    const all = listObligations(await createStore(here).history('lijiawa'), '2026-11-23')
    for (const row of missing) {
      const found = all.find(({ kinds, period }) => kinds.includes('ledger') && period === row['期间'])
      const due = row['应公布日期']!
      expect(found).toMatchObject({
        dueAt: due,
        state: due < '2026-11-23' ? 'overdue' : expect.stringMatching(/soon|coming/),
      })
    }
  })

  test('who publishes in time has the better rate, and villagers see both', async () => {
    const rate = async (id: string): Promise<number> =>
      onTimeOf(listObligations(await createStore(here).history(id), '2026-11-23'), '2026-11-23').percent!
    const [good, bad] = [await rate('zhangjiazhuang'), await rate('lijiawa')]
    expect(good).toBeGreaterThan(bad + 30)
    const page = (await here.publications.page('/v/lijiawa/calendar'))!
    expect(page.lead).toMatch(/近一年应公布\d+项,按时\d+%,迟了\d+项/)
    expect(JSON.stringify(page.sections)).toMatch(/月度收支明细.*没公布,已迟\d+天/)
    expect(JSON.stringify(await here.publications.page('/v/lijiawa'))).toContain('/v/lijiawa/calendar')
  })

  test('who answers for it is told before and after, each once', async () => {
    const clock = fixedClock('2026-12-01T09:00:00+08:00')
    const account = { accountId: 'a1', roles: ['village-committee'], villages: ['shiqiao'] } as unknown as AccountActor
    const said: string[] = []
    const deps = {
      services: {
        connection: here.connection,
        clock,
        transaction: async <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(here.connection, work),
      },
      store: createStore(here),
      villages: async () => [
        { id: 'shiqiao', name: '石桥' },
        { id: 'lijiawa', name: '李家洼' },
      ],
      accounts: async () => [account],
      tellAccount: async (_session: unknown, accountId: string, text: string) => {
        said.push(`${accountId} ${text}`)
        return true
      },
    }
    await remindObligations(deps)
    said.length = 0
    clock.set('2026-12-08T09:00:00+08:00')
    await remindObligations(deps)
    await remindObligations(deps)
    const november = (): string[] => said.filter((text) => text.includes('月度收支明细(2026年11月)'))
    expect(november()).toEqual([
      expect.stringMatching(/^a1 提醒:石桥要公开的\n[\s\S]*月度收支明细\(2026年11月\)应在2026年12月10日前公布/),
    ])
    clock.set('2026-12-11T09:00:00+08:00')
    await remindObligations(deps)
    expect(november()).toHaveLength(2)
    expect(november()[1]).toContain('已经迟了1天')
    clock.set('2026-12-13T09:00:00+08:00')
    await remindObligations(deps)
    expect(november()).toHaveLength(2)
    expect(said.join()).not.toContain('李家洼')
  })
})
