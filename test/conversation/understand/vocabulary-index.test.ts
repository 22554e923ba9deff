import { expect, it } from 'vitest'
import { findEntries } from '../../../src/conversation/understand/vocabulary-index.ts'
import type { VocabularyEntry } from '../../../src/conversation/understand/index.ts'

const common: VocabularyEntry[] = [
  { kind: 'village', id: 'sq', name: '石桥', aliases: ['石桥村'] },
  { kind: 'power', id: 'w1', name: '集体鱼塘发包审批' },
  { kind: 'procedure', id: 'd1', name: '农村危房改造申请', aliases: ['危房改造'] },
  { kind: 'procedure', id: 'd2', name: '宅基地申请' },
]
const own: VocabularyEntry[] = [
  { kind: 'project', id: 'p1', name: '石桥涵洞维修工程' },
  { kind: 'project', id: 'p2', name: '文化小广场建设工程', aliases: ['小广场'] },
  { kind: 'asset', id: 'c1', name: '村西鱼塘发包' },
  { kind: 'asset', id: 'c2', name: '石桥' },
  { kind: 'person', id: 'n1', name: '王守立' },
]

it.each([
  '石桥涵洞修到哪了',
  '石桥的呢',
  '鱼塘发包谁批',
  '村西鱼塘包给谁了',
  '危房改造咋申请,小广场谁包的',
  '宅基地申请找王守立吗',
  '集体鱼塘发包审批要几天',
  '没有名字的话',
])('names that all villages share, held apart, are found as if they stood in the village’s own list: %s', (text) => {
  const apart = { villageId: 'v', entries: own, common: { villageId: null, entries: common } }
  const together = { villageId: 'v', entries: [...common, ...own] }
  expect(findEntries(text, apart)).toEqual(findEntries(text, together))
})
