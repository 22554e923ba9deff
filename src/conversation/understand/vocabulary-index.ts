/** Finds the village's own names in a message: full names, what people call them, and parts that belong to one entry only. */
import { LRUCache } from 'lru-cache'
import { cutWords } from './features.ts'
import { TextMatcher } from './text-matcher.ts'
import type { FoundText } from './text-matcher.ts'
import type { Vocabulary, VocabularyEntry } from './types.ts'

export interface FoundEntry {
  entry: VocabularyEntry
  start: number
  end: number
  /** Named by a part only (小广场 for 张家庄村文化小广场工程). */
  partial: boolean
}

/** Words that many names end or begin with; what is left names the thing. */
const generic =
  /(?:建设|改造|提升|修缮|维修|新建|扩建|整治|采购|安装|配套|硬化)?(?:工程|项目|合同|承包合同|租赁合同|协议|承包|出租|租赁|发放|事项|办理|申请|审批|登记)$/u
const tooCommon = new Set(
  '工程 项目 合同 建设 改造 村里 村民 申请 办理 登记 补贴 补助 管理 使用 资金 收入 支出 集体 公开 土地 方案 发放 审批 服务 人员 委员 主任 书记 会计 会议 村委 村委会 村级 年度 资产 资源 设备 维修 采购 安装 验收 承包 出租 租赁 农村 农业 农户 村庄 生活 社会 事项 材料 证明 公示 标准 政策 变更 调整'.split(
    ' ',
  ),
)

interface Cue {
  entry: VocabularyEntry
  partial: boolean
}

interface NameIndex {
  matcher: TextMatcher<Cue>
  /** Who has a name of this part in it. */
  parts: ReadonlyMap<string, ReadonlySet<VocabularyEntry>>
  /** Parts that name something in the common vocabulary, and something else in this one: they name nothing. */
  ambiguous: ReadonlySet<string>
}

const built = new WeakMap<Vocabulary, NameIndex>()

/** Entries named in a normalised text, in order. The index is built once for each vocabulary object. */
export function findEntries(text: string, vocabulary: Vocabulary): FoundEntry[] {
  const common = vocabulary.common && indexOf(vocabulary.common)
  const own = indexOf(vocabulary)
  const tells = (part: string, { partial }: Cue): boolean => !partial || !own.ambiguous.has(part)
  const found: FoundEntry[] = []
  for (let start = 0; start < text.length;) {
    const ours = own.matcher.longestAt(text, start)
    const theirs = common?.matcher.longestAt(text, start, tells) ?? null
    const best = better(ours, theirs)
    if (best) found.push({ entry: best.value.entry, partial: best.value.partial, start, end: best.end })
    start = best ? best.end : start + 1
  }
  return found
}

/** The longer; of two as long the whole name, then the village's name, then what is this village's own. */
function better(ours: FoundText<Cue> | null, theirs: FoundText<Cue> | null): FoundText<Cue> | null {
  if (!ours || !theirs) return ours ?? theirs
  if (ours.end !== theirs.end) return ours.end > theirs.end ? ours : theirs
  if (ours.value.partial !== theirs.value.partial) return ours.value.partial ? theirs : ours
  return theirs.value.entry.kind === 'village' ? theirs : ours
}

function indexOf(vocabulary: Vocabulary): NameIndex {
  let index = built.get(vocabulary)
  if (!index)
    built.set(vocabulary, (index = buildIndex(vocabulary.entries, vocabulary.common && indexOf(vocabulary.common))))
  return index
}

function buildIndex(entries: VocabularyEntry[], common: NameIndex | undefined): NameIndex {
  const whole = new Map<string, Cue>()
  const parts = new Map<string, Set<VocabularyEntry>>()
  for (const entry of entries) {
    for (const name of [entry.name, ...(entry.aliases ?? [])]) {
      const plain = name.trim().normalize('NFKC').replace(/帐/gu, '账')
      if (plain.length >= 2 && !whole.has(plain)) whole.set(plain, { entry, partial: false })
      if (entry.kind === 'person' || entry.kind === 'role') continue
      // Names of procedures and powers are made of ordinary words: only a longer part tells which.
      const shortest = entry.kind === 'procedure' || entry.kind === 'power' ? 3 : 2
      for (const part of partsOf(plain)) {
        if (part.length < shortest) continue
        const owners = parts.get(part) ?? new Set<VocabularyEntry>()
        owners.add(entry)
        parts.set(part, owners)
      }
    }
  }
  const ambiguous = new Set<string>()
  for (const [part, owners] of parts) {
    const others = common?.parts.get(part)
    if (!distinct(others ? new Set([...owners, ...others]) : owners)) {
      if (others) ambiguous.add(part)
    } else if (!whole.has(part)) whole.set(part, { entry: [...owners][0]!, partial: true })
  }
  return { matcher: new TextMatcher(whole), parts, ambiguous }
}

/** A part belongs to one thing; the same thing may stand there twice (the project and its contract). */
function distinct(owners: ReadonlySet<VocabularyEntry>): boolean {
  if (owners.size === 1) return true
  return new Set([...owners].map((entry) => entry.name)).size === 1
}

/** The names of villages, powers and procedures are the same in every village's vocabulary. */
const knownParts = new LRUCache<string, readonly string[]>({ max: 20_000 })

function partsOf(name: string): readonly string[] {
  let parts = knownParts.get(name)
  if (!parts) knownParts.set(name, (parts = cutParts(name)))
  return parts
}

function cutParts(name: string): string[] {
  const parts = new Set<string>()
  const core = name.replace(generic, '').replace(/\(.*?\)|[《》“”"]/gu, '')
  if (core.length >= 2 && core !== name) parts.add(core)
  const words = cutWords(core).filter((word) => !/^\d/u.test(word))
  for (let from = 0; from < words.length; from++) {
    let joined = ''
    for (let to = from; to < Math.min(words.length, from + 4); to++) {
      joined += words[to]
      if (joined.length >= 2 && joined.length < name.length && !tooCommon.has(joined)) parts.add(joined)
    }
  }
  return [...parts].filter((part) => !tooCommon.has(part))
}
