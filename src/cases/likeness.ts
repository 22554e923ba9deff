/** How alike two tellings are: the same words by one person, or the same matter told by several in words of their own. */

/** Pairs that stand in every complaint and say nothing of what it is about. */
const EMPTY_PAIRS = new Set(
  '没人 人管 人修 不管 不修 坏了 了好 好几 几天 个月 有人 我家 俺家 家的 俺村 我村 村里 里的 我们 俺们 们村 反映 映一 一下 问题 情况 麻烦 赶紧 帮忙 看看 来看 解决 一直 都没 没有 了没 的时 时候 找了 了人 管也 也没 没法 怎么 咋办 办啊 什么 知道 希望 能不 不能 是不 不是 就是 现在 这个 那个 已经 多次 好多 直接 提交 书记 主任 村委 干部'.split(
    ' ',
  ),
)

/** What a complaint can be about: the longest found counts. */
const OBJECTS =
  /路灯|路面|水泥路|土路|公路|道路|马路|小路|路|桥|水渠|渠|自来水|停水|水管|机井|水井|井盖|井|垃圾|公厕|厕所|下水道|污水|臭水|排水|变压器|电线|电压|停电|网络|信号|广场|健身|河道|河沟|水库|鱼塘|养殖|猪场|鸡场|大棚|果园|树|山|低保|五保|养老金|医保|补贴|补偿|征地|宅基地|危房|承包|租金|口粮地|救灾|救济|修路款|工程款|学校|校车|公交|卫生室|诊所|噪音|砂石|沙场|扬尘|放炮|塌/gu
/** Where: compass, groups, landmarks. */
const PLACES =
  /(?:村|庄|屯)?[东西南北](?:头|边|面|坡|沟|街)|村口|村头|桥头|路口|[一二三四五六七八九十]+组|[前后]街|学校(?:门口|旁)?|村委(?:会)?(?:门口|旁)|大队部|卫生室(?:门口|旁)?|广场|河边|后山|后坡|老井|水库边/gu

/** Share of pairs of neighbouring characters that two texts have in common, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  if (left.size === 0 || right.size === 0) return a === b ? 1 : 0
  const common = [...left].filter((pair) => right.has(pair)).length
  return common / Math.min(left.size, right.size) >= 0.9
    ? 0.9 * (Math.min(left.size, right.size) / Math.max(left.size, right.size) > 0.4 ? 1 : 0.5)
    : common / (left.size + right.size - common)
}

export function pairsOf(text: string): Set<string> {
  const plain = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2)))
}

/** Pairs that tell what it is about. */
export const tellingPairs = (text: string): Set<string> =>
  new Set([...pairsOf(text)].filter((pair) => !EMPTY_PAIRS.has(pair)))

/** Common share of the smaller set, 0 to 1. */
export function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const smaller = Math.min(left.size, right.size)
  if (smaller === 0) return 0
  let common = 0
  for (const one of left) if (right.has(one)) common += 1
  return common / smaller
}

const found = (pattern: RegExp, text: string): Set<string> =>
  new Set(Array.from(text.matchAll(pattern), ([word]) => word.replace(/^[村庄屯](?=[东西南北])/u, '')))

export const placesOf = (text: string): Set<string> => found(PLACES, text)

/** Of one's own household: two who lost it have two matters, though they say it in the same words. */
const ENTITLEMENTS = /^(?:低保|五保|养老金|医保|补贴|补偿|宅基地|危房|口粮地|救济)$/u
const OWN = /(?:我|俺|咱)(?:们)?(?:家|娘|爹|妈|爸|爷|奶|儿|闺女|老伴|自己|的)/u

const MUCH = 0.45
const SOME = 0.18

/** Do two people tell of the same thing? Same object at the same place; or much the same words. */
export function sameMatter(first: string, second: string): boolean {
  const [a, b] = [first.normalize('NFKC'), second.normalize('NFKC')]
  const share = overlap(tellingPairs(a), tellingPairs(b))
  const [objectsA, objectsB] = [found(OBJECTS, a), found(OBJECTS, b)]
  const [placesA, placesB] = [placesOf(a), placesOf(b)]
  const elsewhere = placesA.size > 0 && placesB.size > 0 && overlap(placesA, placesB) === 0
  if (elsewhere) return false
  const shared = [...objectsA].filter((one) => objectsB.has(one))
  if (OWN.test(a) && OWN.test(b) && shared.length > 0 && shared.every((one) => ENTITLEMENTS.test(one))) return false
  if (share >= MUCH) return true
  if (shared.length === 0) return false
  return overlap(placesA, placesB) > 0 || share >= SOME
}

/** What two tellings name alike, for “12户,同一条路”. */
export function commonPlace(texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts) for (const place of placesOf(text)) counts.set(place, (counts.get(place) ?? 0) + 1)
  const [best] = [...counts].filter(([, count]) => count > 1).toSorted((a, b) => b[1] - a[1])
  return best?.[0] ?? null
}
