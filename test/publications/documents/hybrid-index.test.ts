import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmbeddings } from '../../../src/infrastructure/embeddings.ts'
import { buildHybridIndex } from '../../../src/publications/documents/hybrid-index.ts'
import type { HybridIndex, Passage } from '../../../src/publications/documents/hybrid-index.ts'
import { buildLexicalIndex } from '../../../src/publications/documents/lexical-index.ts'
import { startFakeEmbeddings } from '../../support/fake-embeddings.ts'
import type { FakeEmbeddings } from '../../support/fake-embeddings.ts'

const TEXTS = [
  '宅基地面积每户不超过二百平方米',
  '低保按月打到一卡通',
  '秸秆不准露天焚烧违者罚款',
  '居民医保住院报销七成',
  '高龄津贴八十岁起发放',
  '危房改造D级翻建补助三万元',
  '自来水每立方两块二',
  '结婚登记男二十二女二十周岁',
  '土地承包期内不收回',
  '户口迁移到派出所窗口',
]
const passages = TEXTS.map((text): Passage => ({ text, fields: [[text, 2]] }))

describe('search by words and meaning', () => {
  let endpoint: FakeEmbeddings
  let index: HybridIndex
  beforeEach(async () => {
    endpoint = await startFakeEmbeddings()
    index = buildHybridIndex(passages, createEmbeddings({ url: endpoint.url, model: 'm', timeoutMs: 300 }))
  })
  afterEach(() => endpoint.stop())
  const asked = (): string[] =>
    endpoint.requests.filter(({ input }) => input.length === 1).flatMap(({ input }) => input)

  it('asks the endpoint only where words are unsure', async () => {
    expect(await index.prepare()).toBe(true)
    const [sure] = await index.search('秸秆不准露天焚烧违者罚款', 3)
    expect(sure).toMatchObject({ at: 2, nearness: null })
    expect(asked()).toEqual([])
    const [unsure] = await index.search('麦茬子点了违不违法', 3)
    expect(unsure?.nearness).not.toBeNull()
    expect(asked()).toEqual(['麦茬子点了违不违法'])
  })

  it('is not unsure because two passages of one document fit', async () => {
    const twice = [...passages, { text: `${TEXTS[2]} 秋天也一样`, fields: [[`${TEXTS[2]} 秋天也一样`, 2]] } as Passage]
    const embeddings = createEmbeddings({ url: endpoint.url, model: 'm', timeoutMs: 300 })
    const strangers = buildHybridIndex(twice, embeddings)
    const one = buildHybridIndex(
      twice.map((passage, at) => ({ ...passage, of: at === 10 ? '2' : String(at) })),
      embeddings,
    )
    await Promise.all([strangers.prepare(), one.prepare()])
    expect((await strangers.search(TEXTS[2]!, 1))[0]?.nearness).not.toBeNull()
    expect((await one.search(TEXTS[2]!, 1))[0]?.nearness).toBeNull()
  })

  it('finds by meaning what shares no word', async () => {
    // To this endpoint, what has the same characters modulo 64 is alike: 岁 and its likes, found nowhere in the words.
    const stranger = [...TEXTS[7]!].map((character) => String.fromCodePoint(character.codePointAt(0)! + 64)).join('')
    await index.prepare()
    expect(index.byWords(stranger, 1)).toEqual([])
    expect((await index.search(stranger, 1))[0]).toMatchObject({ at: 7, lexical: 0 })
  })

  it.each(['failing', 'silent'] as const)('answers by words while the endpoint is %s', async (as) => {
    await index.prepare()
    endpoint.behave(as)
    for (let times = 0; times < 5; times++)
      expect(await index.search('医保报多少', 3)).toEqual(index.byWords('医保报多少', 3))
  })

  it('answers by words until the vectors are there, and gets them meanwhile', async () => {
    expect((await index.search('住院能报几成', 1))[0]?.nearness).toBeNull()
    await index.prepare()
    expect((await index.search('住院能报几成', 1))[0]?.nearness).not.toBeNull()
  })

  it('does without an endpoint', async () => {
    const plain = buildHybridIndex(passages, null)
    expect(await plain.prepare()).toBe(false)
    expect((await plain.search('住院能报几成', 1))[0]).toMatchObject({ at: 3, nearness: null })
  })
})

describe('search by words among very many passages', () => {
  it('finds the same as when every passage is looked at', () => {
    const names = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
    const many = Array.from({ length: 30_000 }, (_, at) => {
      const [a, b, c] = [names[at % 16]!, names[(at >> 4) % 16]!, names[(at >> 8) % 16]!]
      return `村里的${a}${b}在${at}号${c}巷办了手续`
    })
    const wanted = '村里的孙周办了手续 12345号'
    const index = buildLexicalIndex(many.map((text) => [[text, 1]]))
    const [best] = index.search(wanted, 5)
    expect(many[best!.at]).toContain('12345号')
    // Asked again, it gives the same: nothing is left over from the question before.
    expect(index.search(wanted, 5)).toEqual(index.search(wanted, 5))
  })
})
