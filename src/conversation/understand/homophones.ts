/** Words written by ear: 低宝 for 低保, 路登 for 路灯. Input methods and voice-to-text take the sound and miss the sign. */
import nodejieba from 'nodejieba'
import { pinyin } from 'pinyin-pro'

/** What villagers write to us about, two signs and more. Only words of this field are put right: other slips change no meaning here. */
const COMMON =
  '低保 低保户 五保 特困 救助 补贴 补助 津贴 高龄 残疾证 残疾 粮补 地补 公益岗 养老金 养老保险 合作医疗 医保 新农合 慢病 大病 报销 宅基地 危房 户口 户口本 身份证 结婚证 准生证 证明 公章 盖章 ' +
  '路灯 垃圾 垃圾桶 保洁员 保洁 厕所 公厕 旱厕 下水道 排水沟 自来水 水管 水表 水费 电费 电表 变压器 机井 水渠 鱼塘 水库 大棚 果园 荒山 林地 林权 机动地 承包地 承包费 承包 合同 租金 门面房 厂房 仓库 广场 健身器材 幸福院 ' +
  '食堂 卫生室 村医 学校 幼儿园 养老院 光伏 监控 摄像头 水泥路 柏油路 硬化 工程 工程队 招标 投标 中标 验收 竣工 监理 预算 决算 质保金 修路 修桥 涵洞 围墙 绿化 秸秆 麦茬 麦子 玉米 大豆 花生 大蒜 ' +
  '账目 账上 余额 银行 利息 收入 支出 开支 招待费 误工 误工费 报酬 工资 分红 公布 公开 公示 公开栏 明细 发票 收据 凭证 贷款 欠款 ' +
  '书记 支书 主任 会计 报账员 监委会 网格员 村委会 两委 党员 党费 入党 积极分子 预备党员 支部 党课 代表 代表会 村民会议 换届 选举 投票 决议 发布会 道德讲堂 警示教育 村规民约 一事一议 ' +
  '举报 投诉 反映 信访 复查 复核 催办 撤销 补充 证据 匿名 实名 查询码 满意 不满意 澄清 诬告 正名 调解 纠纷 邻居 赔偿 打架 征地 拆迁 补偿 补偿款 青苗 地界 确权'

/** z and zh, c and ch, s and sh are one here, and tones are not typed. */
function soundOf(character: string): string {
  let sound = sounds.get(character)
  if (sound === undefined) {
    sound = pinyin(character, { toneType: 'none', v: true }).replace(/^([zcs])h/, '$1')
    sounds.set(character, sound)
  }
  return sound
}
const sounds = new Map<string, string>()

/** Puts words right that sound like one of a list and are none themselves. */
export interface Ear {
  /** @returns the text, of the same length */
  correct(text: string): string
}

/**
 * @param words two signs and more; of several with one sound the first counts
 * @param strict leaves what is a word of the language (食糖) as it stands
 */
export function createEar(words: readonly string[], strict = true): Ear {
  const bySound = new Map<string, string>()
  const known = new Set(words)
  for (const word of words) {
    const sound = [...word].map(soundOf).join(' ')
    if (!bySound.has(sound)) bySound.set(sound, word)
  }
  const lengths = [...new Set(words.map((word) => word.length))].sort((a, b) => b - a)
  const shortest = lengths.at(-1) ?? 2
  return {
    correct(text) {
      if (bySound.size === 0 || text.length < shortest) return text
      const heard = Array.from(text, (character) => (HAN.test(character) ? soundOf(character) : ''))
      if (heard.length !== text.length) return text
      let out = text
      let whole: [start: number, end: number][] | null = null
      for (let at = 0; at < text.length; at++) {
        for (const length of lengths) {
          if (at + length > text.length) continue
          const word = bySound.get(heard.slice(at, at + length).join(' '))
          const written = text.slice(at, at + length)
          if (word === undefined || word === written || known.has(written)) continue
          // A long word is typed with one slip or two, not with none of its signs right.
          if (![...word].some((sign, index) => sign === written[index])) continue
          if (SMALL.test(written) || (strict && isWord(written))) continue
          // 公示名单 holds no 实名: half of another word is not misspelt.
          whole ??= wordsIn(text)
          if (whole.some(([start, end]) => start < at + length && at < end && (start < at || end > at + length)))
            continue
          out = `${out.slice(0, at)}${word}${out.slice(at + length)}`
          at += length - 1
          break
        }
      }
      return out
    },
  }
}

/** Signs that are words by themselves: 谁管 is no 水管. */
const SMALL = /[的了不是在我俺你他谁这那一几和有没要也就都给把被只很还]/u

const isWord = (text: string): boolean => nodejieba.cutAll(text).includes(text)

/** Where words of the language stand in a text, those of one sign left out. */
function wordsIn(text: string): [number, number][] {
  const found: [number, number][] = []
  let at = 0
  for (const word of nodejieba.cut(text)) {
    if (word.length > 1 && isWord(word)) found.push([at, at + word.length])
    at += word.length
  }
  return found
}

const HAN = /^\p{Script=Han}$/u

const common = createEar(COMMON.split(' '))

/** The words of this field, in a normalised text. */
export const correctByEar = (text: string): string => common.correct(text)
