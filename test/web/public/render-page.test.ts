import { describe, expect, it } from 'vitest'
import type { PageData } from '../../../src/publications/schema.ts'
import { renderPage } from '../../../src/web/public/pages/render-page.ts'

const page: PageData = {
  kind: 'ledger',
  path: '/v/zhangjiazhuang/ledger',
  title: '2026年9月收支',
  village: { id: 'zhangjiazhuang', name: '张家庄' },
  crumbs: [{ text: '张家庄', href: '/v/zhangjiazhuang' }],
  publications: [
    {
      title: '9月收支',
      publishedAt: '2026-10-28',
      dueAt: '2026-10-10',
      lateDays: 18,
      version: 2,
      reason: '漏记一笔',
      hash: 'ab'.repeat(32),
    },
    { title: '10月收支', dueAt: '2026-11-10', lateDays: 13, version: 1, hash: '' },
  ],
  sections: [
    {
      kind: 'table',
      heading: '每一笔',
      columns: [
        { title: '日期', align: 'left' },
        { title: '支出', align: 'right' },
      ],
      rows: [{ anchor: 'r-1', cells: [{ text: '2026-09-01' }, { text: '<script>alert(1)</script>' }] }],
      foot: ['合计', '12.00'],
    },
    { kind: 'bars', unit: '元', series: [{ label: '工程', value: 860_000 }] },
    { kind: 'steps', steps: [{ name: '申请', who: '本人' }] },
    { kind: 'progress', percent: 65, budget: 100, paid: 50 },
    { kind: 'text', paragraphs: ['电话0539-6212345'] },
    { kind: 'links', links: [{ text: '8月', href: '?period=2026-08' }] },
    { kind: 'facts', rows: [{ label: '余额', value: '1,000元' }] },
    { kind: 'notice', tone: 'late', text: '10月没有公布' },
  ],
}

describe('a public page', () => {
  it('is one document without scripts, with every section', async () => {
    const { html } = await renderPage(page)
    expect(html.startsWith('<!doctype html>')).toBe(true)
    expect(html).not.toMatch(/<script|<link/)
    for (const text of [
      '张家庄',
      '每一笔',
      '合计',
      '86万元',
      '谁来办：本人',
      '65%',
      'href="tel:05396212345"',
      '?period=2026-08',
      '1,000元',
      '10月没有公布',
    ])
      expect(html).toContain(text)
  })

  it('shows when it was published, how late, what is missing and why it was corrected', async () => {
    const { html } = await renderPage(page)
    for (const text of ['2026-10-28 公布', '逾期公布 18天', '尚未公布', '漏记一笔']) expect(html).toContain(text)
  })

  it('keeps the anchors that sources point to, and column titles for the phone', async () => {
    const { html } = await renderPage(page)
    expect(html).toContain('id="r-1"')
    expect(html).toContain('data-label="支出"')
  })

  it('offers to ask about what it shows, in the right village', async () => {
    const { html } = await renderPage(page)
    expect(html).toContain('对这个数有疑问？问一问')
    expect(html).toMatch(/href="\/chat\?village=zhangjiazhuang&amp;q=[^"]+"/)
  })

  it('has the help in itself', async () => {
    const { html } = await renderPage({
      kind: 'help',
      path: '/help',
      title: '怎么用',
      crumbs: [],
      publications: [],
      sections: [],
    })
    for (const text of ['怎么问', '怎么反映问题', '办理人员', '短信']) expect(html).toContain(text)
  })
})
