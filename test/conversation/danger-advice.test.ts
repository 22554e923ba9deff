/** Danger to life: each kind is told its own first steps and whom to call, in one text message too. */
import { describe, expect, it } from 'vitest'
import { adviceFor } from '../../src/conversation/index.ts'
import { replies } from '../../src/conversation/replies.ts'

const WAYS = { publicUrl: 'http://localhost', dutyPhone: '0539-5550199' }

describe.each<[string, string, RegExp]>([
  ['俺爹触电了', 'electricity', /别用手拉[\s\S]*拉闸[\s\S]*120/],
  ['高压线断了掉在路上冒火花', 'electricity', /8米/],
  ['有人溺水了', 'water', /别.*下水[\s\S]*120/],
  ['孩子掉水塘里了', 'water', /竹竿[\s\S]*按压/],
  ['发大水了 水进屋了', 'water', /高处/],
  ['煤气味好大 我爸叫不醒了', 'gas', /别开灯[\s\S]*开门窗[\s\S]*120/],
  ['俺一家煤气中毒了', 'gas', /开门窗/],
  ['塌方了埋人了', 'collapse', /119[\s\S]*120/],
  ['化粪池里有人晕倒了', 'pit', /千万别下去/],
  ['俺不想活了', 'suicide', /12356/],
  ['她要跳楼', 'suicide', /守着/],
  ['俺喝了农药了', 'poison', /120[\s\S]*药瓶/],
  ['俺男人又打我 打的头出血了', 'violence', /110[\s\S]*人身安全保护令/],
  ['他拿刀要砍人', 'violence', /躲开[\s\S]*110/],
  ['孩子走丢了', 'lost', /110[\s\S]*不用等24小时/],
  ['俺爹找不着了', 'lost', /110/],
  ['俺家着火了', 'fire', /人先出来[\s\S]*119/],
  ['老人晕倒了 喘不上气', 'illness', /120[\s\S]*按压/],
  ['救命', 'illness', /120/],
])('%s', (said, danger, does) => {
  it(`is ${danger}`, () => {
    expect(adviceFor(said).danger).toBe(danger)
    const { text, short } = replies.danger(said, WAYS)
    expect(text).toMatch(does)
    expect(text).toContain(WAYS.dutyPhone)
    expect(short).toContain(WAYS.dutyPhone)
    expect(short).toMatch(/11[09]|120|12356/)
    expect(short!.length).toBeLessThanOrEqual(140)
  })
})
