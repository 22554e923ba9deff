import { describe, expect, it } from 'vitest'
import { commonPlace, sameMatter } from '../../src/cases/likeness.ts'

describe('the same matter, told by two', () => {
  it.each([
    ['村东头的路坑坑洼洼没人修,下雨全是泥', '俺村东头那条路烂得不行,一下雨就没法走'],
    ['三组的机井坏了,地浇不上', '我们三组浇不上地,那口机井都坏了俩月了'],
    ['村西头养猪场臭水往沟里排', '西头养殖场的臭水流了一沟,熏得睡不着'],
    ['村里自来水老停,一停就是半天', '自来水三天两头停水,做饭都没水'],
    ['修路款让书记揣兜里了', '听说修路款给揣自己兜里了,书记干的'],
  ])('%s / %s', (a, b) => {
    expect(sameMatter(a, b)).toBe(true)
    expect(sameMatter(b, a)).toBe(true)
  })
})

describe('different matters, though the words are alike', () => {
  it.each([
    ['村东头的路灯坏了没人修', '村西头的路灯坏了没人修'],
    ['村东头的路坑坑洼洼没人修', '村口路灯坏了没人修'],
    ['三组的机井坏了,地浇不上', '二组的机井坏了,地浇不上'],
    ['我家低保被取消了没人跟我说为啥', '俺家低保也给取消了,没人跟俺说'],
    ['俺和邻居因为地界吵起来了', '村里的健身器材坏了'],
    ['建议村头装个减速带', '建议给老人办个食堂'],
  ])('%s / %s', (a, b) => {
    expect(sameMatter(a, b)).toBe(false)
  })
})

it('says where it is when several say it', () => {
  expect(commonPlace(['村东头的路烂了', '俺们东头那条路不能走', '路烂了'])).toBe('东头')
  expect(commonPlace(['村东头的路烂了', '路烂了'])).toBeNull()
})
