/** From a bookkeeper's workbook to the villager's answer, over HTTP, with everything running. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  ImportChoices,
  SubmissionDetail,
  SubmissionList,
  SubmissionPreview,
} from '../../src/publications/submissions/schema.ts'
import { makeWorkbook, toRows } from '../publications/import/make-zip.ts'
import type { Caller, WholeWorld } from './world.ts'
import { buildWhole } from './world.ts'

let world: WholeWorld
let bookkeeper: Caller
let checker: Caller
let agency: Caller

const BOOK = makeWorkbook({
  name: '10月',
  rows: toRows([
    ['张家庄村2026年10月收支明细'],
    ['日期', '凭证号', '科目', '摘要', '收入', '支出', '收款方'],
    ['10月8日', '记-01', '工程支出/道路', '村北路铺碎石', null, 8640.5, '某建材店13800000001'],
    ['10月20日', '记-02', '租赁收入', '大棚租金', '1.2万', null, null],
    ['合计', null, null, null, 12000, 8640.5, null],
  ]),
})

beforeAll(async () => {
  world = await buildWhole()
  ;[bookkeeper, checker, agency] = (await Promise.all(['village', 'checker', 'accounts'].map(world.signIn))) as [
    Caller,
    Caller,
    Caller,
  ]
})
afterAll(async () => world.close())

async function upload<T>(
  who: Caller,
  path: string,
  fields: Record<string, string>,
  bytes = BOOK,
): Promise<{ status: number; body: T }> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ villageId: 'zhangjiazhuang', kind: 'ledger', ...fields }))
    form.set(name, value)
  form.set('file', new Blob([new Uint8Array(bytes)]), '10月账.xlsx')
  const response = await fetch(`${world.base}${path}`, { method: 'POST', headers: { cookie: who.cookie }, body: form })
  return { status: response.status, body: (await response.json()) as T }
}

const get = async <T>(who: Caller, path: string): Promise<T> => JSON.parse((await who.call('GET', path)).text) as T

describe('a month’s accounts', () => {
  it('are previewed, handed in, checked, published, and answered from within moments', async () => {
    const choices = await get<ImportChoices>(bookkeeper, '/api/console/submission-kinds')
    expect(choices.villages).toEqual([{ id: 'zhangjiazhuang', name: '张家庄' }])
    expect((await get<ImportChoices>(agency, '/api/console/submission-kinds')).villages).toHaveLength(2)

    const preview = await upload<SubmissionPreview>(bookkeeper, '/api/console/submissions/preview', {})
    expect(preview.status).toBe(200)
    expect(preview.body).toMatchObject({
      errors: [],
      masked: [{ what: '手机号', shown: '138****0001', row: 3, heading: '收款方' }],
      parts: [{ item: '月度收支明细', periodLabel: '2026年10月', counts: { added: 2, changed: 0, removed: 0 } }],
    })
    expect((await get<SubmissionList>(checker, '/api/console/submissions')).items).toEqual([])

    const handed = await upload<SubmissionDetail>(bookkeeper, '/api/console/submissions', {})
    expect(handed.body.abilities).toEqual(['withdraw'])
    const id = handed.body.id
    const villager = await world.villager()
    expect(await villager.say('今年修路花了多少钱')).not.toContain('8,640')

    const seen = await get<SubmissionDetail>(checker, `/api/console/submissions/${id}`)
    expect(seen.abilities).toEqual(['check', 'return'])
    expect(JSON.stringify(seen)).not.toContain('13800000001')
    const checked = await checker.call('POST', `/api/console/submissions/${id}/check`, { revision: seen.revision })
    expect(checked.status).toBe(200)
    const queue = await get<SubmissionList>(agency, '/api/console/submissions?state=checked')
    expect(queue.items.map((item) => [item.id, item.abilities])).toEqual([[id, ['return', 'publish']]])
    const published = await agency.call('POST', `/api/console/submissions/${id}/publish`, {
      revision: queue.items[0]!.revision,
    })
    expect(published.status).toBe(200)

    expect(await villager.say('今年修路花了多少钱')).toContain('8,640.50元')
    const page = await world.nobody.call('GET', '/api/public/pages?path=/v/zhangjiazhuang/ledger?period=2026-10')
    expect(page.text).toContain('村北路铺碎石')
    expect(page.text).toContain('138****0001')

    // Whoever wants to can compute the hash that the page shows.
    const facts = (JSON.parse(page.text) as { publications: { hash: string; versionHref: string }[] }).publications
    const data = await world.nobody.call('GET', `/api/public/publications/${facts[0]!.versionHref.split('/').at(-1)}`)
    expect(createHash('sha256').update(data.text).digest('hex')).toBe(facts[0]!.hash)

    // The chain of who signed what.
    const entries = await world.services.connection
      .collection('audit')
      .find({ subject: id as never })
      .sort({ _id: 1 })
      .toArray()
    expect(entries.map(({ event }) => String(event))).toEqual([
      'publication.submitted',
      'publication.checked',
      'publication.published',
    ])
  })

  it('of another village are not theirs to hand in, to see, or to sign', async () => {
    const other = await world.signIn('village-2')
    expect((await upload(other, '/api/console/submissions/preview', {})).status).toBe(403)
    const { body } = await upload<SubmissionDetail>(agency, '/api/console/submissions', { villageId: 'lijiawa' })
    expect((await bookkeeper.call('GET', `/api/console/submissions/${body.id}`)).status).toBe(404)
    expect((await checker.call('POST', `/api/console/submissions/${body.id}/check`, { revision: 1 })).status).toBe(404)
    expect(
      (await get<SubmissionList>(bookkeeper, '/api/console/submissions')).items.map(({ villageId }) => villageId),
    ).not.toContain('lijiawa')
  })

  it('with a fault are refused whole, with every cell; a file that is no table with its reason', async () => {
    const bad = makeWorkbook({
      rows: toRows([
        ['日期', '凭证号', '科目', '摘要', '收入', '支出'],
        ['2026-10-08', '1', '办公费', '纸', null, '叁千'],
      ]),
    })
    const preview = await upload<SubmissionPreview>(bookkeeper, '/api/console/submissions/preview', {}, bad)
    expect(preview.body.errors).toMatchObject([{ row: 2, cell: 'F2', heading: '支出', written: '叁千' }])
    expect((await upload(bookkeeper, '/api/console/submissions', {}, bad)).status).toBe(400)
    const picture = await upload<{ error: { details: string[] } }>(
      bookkeeper,
      '/api/console/submissions/preview',
      {},
      Buffer.from('89504e470d0a1a0a', 'hex'),
    )
    expect(picture.body.error.details).toEqual([expect.stringContaining('是图片')])
  })
})
