import { describe, expect, it } from 'vitest'
import { toChinesePunctuation } from '../../src/channels/punctuation.ts'

describe('signs in what villagers read', () => {
  it.each([
    ['共支出444,748.48元,7笔', '共支出444,748.48元\uFF0C7笔'],
    ['网格员有2人:王建军(一组)', '网格员有2人\uFF1A王建军\uFF08一组\uFF09'],
    ['周一至周五 8:30-11:30,下午休息', '周一至周五 8:30-11:30\uFF0C下午休息'],
    ['电话0539-5550102,周一在', '电话0539-5550102\uFF0C周一在'],
    ['看网页:http://localhost:3000/v/a?b=1,2 ,或者问', '看网页\uFF1Ahttp://localhost:3000/v/a?b=1,2 \uFF0C或者问'],
    ['低保(2026Q3)已发', '低保\uFF082026Q3\uFF09已发'],
    ['1. 张家庄 2. 石桥', '1. 张家庄 2. 石桥'],
  ])('%s', (written, read) => {
    expect(toChinesePunctuation(written)).toBe(read)
  })
})
