/** Every source opens, no draft is shown anywhere, and no query scans a collection. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import { startTalk } from '../../scripts/support/talk.ts'
import { loadUnderstander } from '../../src/conversation/index.ts'
import { PageData } from '../../src/publications/schema.ts'
import { QUESTIONS } from './questions.ts'
import { TODAY, loadSample, readLines } from './sample.ts'

let here: PublicationsHere
let understander: Awaited<ReturnType<typeof loadUnderstander>>

beforeAll(async () => {
  here = await loadSample()
  understander = await loadUnderstander('intents')
})
afterAll(async () => {
  understander.close()
  await here.close()
})

const FIXED = ['/v/', '/powers', '/negative-list', '/responsibilities', '/policies', '/help']
const OF_VILLAGE = [
  '',
  '/ledger',
  '/ledger?period=2025',
  '/ledger?period=2026-05',
  '/ledger?period=2025&item=修路',
  '/projects',
  '/contracts',
  '/assets',
  '/subsidies',
  '/resolutions',
  '/people',
  '/party',
  '/conference',
]

/** All pages that can be reached by links from the village list. */
async function crawl(): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const queue = [
    ...FIXED,
    ...['zhangjiazhuang', 'shiqiao', 'lijiawa'].flatMap((id) => OF_VILLAGE.map((path) => `/v/${id}${path}`)),
  ]
  while (queue.length > 0) {
    const path = queue.pop()!
    if (pages.has(path)) continue
    const page = await here.publications.page(path)
    expect(page, path).not.toBeNull()
    expect(() => PageData.parse(page), path).not.toThrow()
    const text = JSON.stringify(page)
    pages.set(path, text)
    for (const [, href] of text.matchAll(/"href":"(\/[^"#]*)/g)) if (!pages.has(href!)) queue.push(href!)
  }
  return pages
}

describe('pages', () => {
  test(`the source of each of ${QUESTIONS.length} answers opens and shows the record`, async () => {
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(60)
    let opened = 0
    const faults: string[] = []
    for (const [village, text] of QUESTIONS) {
      const talk = await startTalk(here, village, { now: TODAY, understander })
      const { replies } = await talk.say(text)
      for (const reply of replies) {
        if ([...(reply.short ?? '')].length > 140) faults.push(`${text}: ${reply.short}`)
        for (const source of reply.card?.sources ?? []) {
          const page = await here.publications.page(source.url)
          if (!page) faults.push(`${text}: ${source.url} does not open`)
          const anchor = decodeURIComponent(source.url.split('#')[1] ?? '')
          if (anchor && !JSON.stringify(page).includes(`"${anchor}"`))
            faults.push(`${text}: ${source.url} has no such row`)
          if (!source.hash || !source.version || !source.publishedAt)
            faults.push(`${text}: ${source.url} has no version or hash`)
          opened += 1
        }
      }
    }
    expect(faults).toEqual([])
    expect(opened).toBeGreaterThan(60)
  }, 60_000)

  test('the address of a figure shows the lines behind it', async () => {
    const talk = await startTalk(here, 'zhangjiazhuang', { now: TODAY, understander })
    const source = (await talk.say('去年修路花了多少钱')).replies[0]!.card!.sources![0]!
    const page = (await here.publications.page(source.url))!
    const rows = page.sections.flatMap((section) =>
      section.kind === 'table' ? section.rows.flatMap(({ anchor }) => anchor ?? []) : [],
    )
    expect(source.recordIds.length).toBeGreaterThan(0)
    for (const id of source.recordIds) expect(rows).toContain(`r-${id}`)
  })

  test('nothing of an unpublished month is on any page, in the vocabulary or in an answer', async () => {
    const lines = await readLines('lijiawa')
    const shown = new Set(lines.filter(({ date }) => date < '2026-08').flatMap(({ summary }) => summary))
    const drafts = lines.filter(({ date, summary }) => date >= '2026-08' && !shown.has(summary))
    expect(drafts.length).toBeGreaterThan(5)
    const pages = await crawl()
    expect(pages.size).toBeGreaterThan(150)
    const ofVillage = [...pages].filter(([path]) => path.startsWith('/v/lijiawa')).map(([, text]) => text)
    const vocabulary = JSON.stringify(await here.publications.vocabulary('lijiawa'))
    for (const { summary } of drafts) {
      expect(vocabulary).not.toContain(summary)
      for (const text of ofVillage) expect(text).not.toContain(summary)
    }
    for (const text of ofVillage) expect(text).not.toMatch(/"r-l-2026-(08|09|10)/)
    const talk = await startTalk(here, 'lijiawa', { now: TODAY, understander })
    for (const text of [
      '8月份的账',
      '10月支出明细',
      '今年8月到10月都支了啥',
      '最近三个月花了多少钱',
      '今年支出最大的几笔',
      '今年的支出明细',
    ]) {
      const { replies, outcomes } = await talk.say(text)
      const said = JSON.stringify(replies)
      for (const { summary, expense } of drafts) if (expense > 0) expect(said).not.toContain(summary)
      for (const id of outcomes.flatMap(({ outcome }) => outcome.trace?.recordIds ?? []))
        expect(id).not.toMatch(/^l-2026-(08|09|10)/)
    }
  }, 60_000)

  test.each([
    '/v/nowhere',
    '/v/zhangjiazhuang/projects/none',
    '/v/zhangjiazhuang/secrets',
    '/powers/P99',
    '/policies/none',
    '/v/zhangjiazhuang/a/b/c',
    '/constructor',
    '/v/zhangjiazhuang/__proto__',
    '/v/%E0%A4%A',
  ])('%s is no page', async (path) => {
    expect(await here.publications.page(path)).toBeNull()
  })

  test('what is late is shown as late', async () => {
    expect(JSON.stringify(await here.publications.page('/v/lijiawa/ledger'))).toContain('"tone":"late"')
    expect(JSON.stringify(await here.publications.page('/v/shiqiao/ledger'))).not.toContain('"tone":"late"')
  })

  test('every query of answers and pages uses an index', async () => {
    const { db } = here.connection
    await db!.command({ profile: 2 })
    // An import empties what was kept from earlier tests.
    await here.publications.importVillage('shiqiao', 'knowledge/villages/shiqiao')
    for (const [village, text] of QUESTIONS) {
      const talk = await startTalk(here, village, { now: TODAY, understander })
      await talk.say(text)
    }
    await crawl()
    await db!.command({ profile: 0 })
    const plans = await db!
      .collection('system.profile')
      .find({ ns: { $regex: /\.(records|publications)$/ }, op: { $in: ['query', 'command', 'update', 'remove'] } })
      .project<{ planSummary?: string; command: unknown }>({ planSummary: 1, command: 1 })
      .toArray()
    const read = plans.filter(({ planSummary }) => planSummary !== undefined)
    expect(read.length).toBeGreaterThan(100)
    expect(
      read
        .filter(({ planSummary }) => planSummary!.includes('COLLSCAN'))
        .map(({ command }) => JSON.stringify(command).slice(0, 300)),
    ).toEqual([])
  }, 120_000)
})
