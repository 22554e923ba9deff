/** Why a place in a text gives the reporter away, in words for a handler. */
import type { LeakWay } from './types.ts'

export const LEAK_REASONS: Readonly<Record<LeakWay, string>> = {
  name: '出现了反映人的姓名,或者能认出姓名的写法。',
  nickname: '用姓氏加称呼指到了反映人。',
  phone: '出现了电话、证件号、微信号,或者其中几位。',
  relation: '说了反映人的身份、职业、家庭或者住处。',
  quote: '原样引用了反映材料里的话。',
  'rare-fact': '写了只有少数人知道的细节。',
  time: '说了什么时候、从哪里、怎么收到的反映。',
  'only-one-could-know': '写了只有反映人自己才知道、才拿得出的事。',
  'small-cell': '件数太少,别人能猜出是谁(少于5件的不公布)。',
  style: '说了反映人的口音、笔迹或者语气。',
}

/** Wrong in a reply to the villager themself: the telephone may be picked up by others. */
export const OTHERS_DATA = '写了电话或证件号码,短信和微信别人也可能看到。'
