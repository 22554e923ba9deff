import { loadUnderstander } from '../../src/conversation/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import readXlsx from 'read-excel-file/node'
import { startTalk } from '../../scripts/support/talk.ts'
import { TODAY, loadSample, readCsv, readLines, readSheet, written } from './sample.ts'
import type { Line } from './sample.ts'

let here: PublicationsHere
let understander: Awaited<ReturnType<typeof loadUnderstander>>
const lines: Record<string, Line[]> = {}

beforeAll(async () => {
  here = await loadSample()
  understander = await loadUnderstander('intents')
  for (const village of ['zhangjiazhuang', 'shiqiao', 'lijiawa']) lines[village] = await readLines(village)
})
afterAll(async () => {
  understander.close()
  await here.close()
})

/** Everything that was said to these texts, one conversation. */
async function ask(
  village: string,
  ...texts: string[]
): Promise<{ said: string; short: string; all: string[]; unanswered: number; sources: number }> {
  const talk = await startTalk(here, village, { now: TODAY, understander })
  const all: string[] = []
  let last = { short: '', unanswered: 0, sources: 0 }
  for (const text of texts) {
    const { replies, unanswered } = await talk.say(text)
    all.push(replies.map((reply) => reply.text).join('\n'))
    last = {
      short: replies.map(({ short }) => short ?? '').join(''),
      unanswered: unanswered.length,
      sources: replies.flatMap(({ card }) => card?.sources ?? []).length,
    }
  }
  talk.close()
  return { said: all.at(-1)!, all, ...last }
}

const sum = (village: string, side: 'income' | 'expense', of: (line: Line) => boolean): number =>
  lines[village]!.filter(of).reduce((total, line) => total + line[side], 0)
const inYear =
  (year: string) =>
  (line: Line): boolean =>
    line.date.startsWith(year)
const road = (line: Line): boolean => /道路/.test(line.category)

describe('figures are those of the files', () => {
  test.each<[string, string[], () => number | string]>([
    [
      'zhangjiazhuang',
      ['去年修路花了多少钱'],
      () => sum('zhangjiazhuang', 'expense', (line) => inYear('2025')(line) && road(line)),
    ],
    ['shiqiao', ['去年修路花了多少钱'], () => sum('shiqiao', 'expense', (line) => inYear('2025')(line) && road(line))],
    [
      'zhangjiazhuang',
      ['石桥去年修路花了多少钱', '张家庄的呢'],
      () => sum('zhangjiazhuang', 'expense', (line) => inYear('2025')(line) && road(line)),
    ],
    [
      'zhangjiazhuang',
      ['今年修路花了多少钱', '那去年呢'],
      () => sum('zhangjiazhuang', 'expense', (line) => inYear('2025')(line) && road(line)),
    ],
    ['zhangjiazhuang', ['上个月都支了啥'], () => sum('zhangjiazhuang', 'expense', inYear('2026-10'))],
    [
      'zhangjiazhuang',
      ['今年上半年收入多少'],
      () => sum('zhangjiazhuang', 'income', (line) => line.date >= '2026-01' && line.date < '2026-07'),
    ],
    [
      'shiqiao',
      ['去年办公费花了多少'],
      () => sum('shiqiao', 'expense', (line) => inYear('2025')(line) && line.category === '管理费用/办公费'),
    ],
    [
      'zhangjiazhuang',
      ['去年保洁员工资花了多少'],
      () => sum('zhangjiazhuang', 'expense', (line) => inYear('2025')(line) && /保洁员.*工资/.test(line.summary)),
    ],
    [
      'zhangjiazhuang',
      ['去年电费花了多少'],
      () =>
        sum('zhangjiazhuang', 'expense', (line) => inYear('2025')(line) && /电费/.test(line.category + line.summary)),
    ],
    [
      'lijiawa',
      ['今年路灯维修花了多少钱'],
      () =>
        sum(
          'lijiawa',
          'expense',
          (line) => line.date >= '2026' && line.date < '2026-08' && line.category === '公益支出/路灯维修',
        ),
    ],
    ['zhangjiazhuang', ['村里账上还剩多少钱'], () => lines.zhangjiazhuang!.at(-1)!.balance],
    ['lijiawa', ['村里账上还剩多少钱'], () => lines.lijiawa!.filter(({ date }) => date < '2026-08').at(-1)!.balance],
    [
      'zhangjiazhuang',
      ['去年第三季度支出多少'],
      () => sum('zhangjiazhuang', 'expense', (line) => line.date >= '2025-07' && line.date < '2025-10'),
    ],
    [
      'shiqiao',
      ['去年利息收入多少'],
      () => sum('shiqiao', 'income', (line) => inYear('2025')(line) && /利息/.test(line.category)),
    ],
  ])('%s: %j', async (village, texts, expected) => {
    const { said, short, sources } = await ask(village, ...texts)
    const value = expected()
    expect(said).toContain(typeof value === 'number' ? written(value) : value)
    expect(said).toMatch(/来源:《.+》.*公布/)
    expect(sources).toBeGreaterThan(0)
    expect([...short].length).toBeLessThanOrEqual(140)
    expect(short).toContain(typeof value === 'number' ? written(value) : value)
  })

  test('two periods and two villages are compared with both figures', async () => {
    const lamp = (village: string): number =>
      sum(village, 'expense', (line) => inYear('2025')(line) && /路灯|亮化/.test(line.category + line.summary))
    const { said } = await ask('zhangjiazhuang', '石桥和张家庄去年路灯花的钱哪个多')
    expect(said).toContain(written(lamp('zhangjiazhuang')))
    expect(said).toContain(written(lamp('shiqiao')))
    const years = await ask('zhangjiazhuang', '去年和今年修路比哪个多')
    for (const year of ['2025', '2026'])
      expect(years.said).toContain(
        written(sum('zhangjiazhuang', 'expense', (line) => inYear(year)(line) && road(line))),
      )
  })

  test('the lines that make up a figure are shown on request, page by page, and add up', async () => {
    const talk = await startTalk(here, 'zhangjiazhuang', { now: TODAY, understander })
    await talk.say('去年修路花了多少钱')
    const details = (await talk.say('明细')).replies[0]!
    const own = lines.zhangjiazhuang!.filter((line) => inYear('2025')(line) && road(line) && line.expense > 0)
    for (const line of own) expect(details.text).toContain(written(line.expense))
    expect(details.card?.sources?.[0]?.recordIds).toHaveLength(own.length)
    talk.close()
  })

  test('the largest item is the largest line', async () => {
    const { said } = await ask('zhangjiazhuang', '去年最大的一笔支出是啥')
    const largest = Math.max(...lines.zhangjiazhuang!.filter(inYear('2025')).map(({ expense }) => expense))
    expect(said.split('\n')[1]).toContain(written(largest))
  })
})

describe('facts are those of the files', () => {
  test.each<[string, string[], string[]]>([
    ['zhangjiazhuang', ['小广场谁家包的工程'], ['沂清县宏业建筑有限公司', '121,300元']],
    ['zhangjiazhuang', ['自来水改造弄到哪一步了'], ['72%', '2026年11月30日']],
    ['zhangjiazhuang', ['主街硬化谁投的标'], ['462,800元(中标)', '478,500元', '481,200元']],
    ['zhangjiazhuang', ['鱼塘包给谁了多少钱一年'], ['马文水', '18,600元', '2027年12月31日']],
    ['zhangjiazhuang', ['鱼塘包给谁了多少钱一年', '那个合同啥时候到期'], ['2027年12月31日']],
    ['zhangjiazhuang', ['村里有几间门面房'], ['4间']],
    ['lijiawa', ['谁欠承包费'], ['4,800元']],
    ['zhangjiazhuang', ['低保一个月多少'], ['945元']],
    ['zhangjiazhuang', ['今年发展了几个党员'], ['2026年']],
    ['zhangjiazhuang', ['修路那个事村民会怎么定的'], ['赞成40票', '反对0票', '弃权1票', '2025年2月15日']],
    ['zhangjiazhuang', ['法律顾问哪天来'], ['周海涛', '每月10日']],
    ['zhangjiazhuang', ['书记是谁', '他电话多少'], ['张守业', '0539-5550201']],
    ['zhangjiazhuang', ['监委会都有谁'], ['刘长河', '陈玉兰', '孙德胜']],
    ['zhangjiazhuang', ['这季度发布会哪天开'], ['2026年12月25日']],
    ['zhangjiazhuang', ['上回发布会说没说路灯'], ['报修后三天内修']],
    ['zhangjiazhuang', ['村里的债权有多少,谁欠村里的钱'], ['2,060元', '沂清县惠民超市']],
    ['shiqiao', ['石桥涵洞花了多少钱'], ['169,290元']],
    ['zhangjiazhuang', ['哪些合同快到期了'], ['沿街门面房4号', '旧粮库仓库', '养老餐厅']],
  ])('%s: %j', async (village, texts, expected) => {
    const { said, short, sources } = await ask(village, ...texts)
    for (const part of expected) expect(said).toContain(part)
    expect(said).toMatch(/公布/)
    expect(sources).toBeGreaterThan(0)
    expect([...short].length).toBeLessThanOrEqual(140)
  })

  test('what was paid of a subsidy, and one’s own name on the posted list', async () => {
    const rows = await readSheet('zhangjiazhuang/subsidies.xlsx', '批次')
    const batch = rows.find((row) => String(row['名称']).includes('耕地地力') && row['期间']?.toString() === '2026')!
    const paid = await ask('zhangjiazhuang', '麦子补贴啥时候下来')
    expect(paid.said).toContain('6月底前')
    expect(paid.said).toContain(written(Math.round(Number(batch['金额']) * 100)))
    const list = await readSheet('zhangjiazhuang/subsidies.xlsx', '名单')
    const own = list.find((row) => row['批次号'] === batch['批次号'])!
    const mine = await ask('zhangjiazhuang', `名单上有没有${String(own['户主'])}`)
    expect(mine.said).toContain(written(Math.round(Number(own['金额']) * 100)))
  })

  test('stages of one work are told together', async () => {
    const { said } = await ask('lijiawa', '村委大院围墙花了多少钱')
    expect(said).toMatch(/一期[^]*二期/)
    expect(said).toContain('39,300元')
  })

  test.each<[string[], RegExp]>([
    [['村里花五千块要谁签字'], /2000元至1万元/],
    [['村里花五千块要谁签字', '三万块呢'], /1万元至5万元/],
    [['干部不准干啥'], /10条不准/],
    [['干部能不能把工程包给自己亲戚'], /^不行。.*优亲厚友/],
    [['书记能不能用公款吃饭'], /^不行。/],
    [['低保要走哪些步骤'], /1\. 申请/],
    [['申请宅基地要啥材料'], /户口簿/],
    [['一户能有几处宅基地'], /只能有一处/],
    [['合作医疗在哪交'], /在哪交|便民服务中心/],
    [['高血压药能报吗'], /60%/],
  ])('%j', async (texts, expected) => {
    const { said, short, sources } = await ask('zhangjiazhuang', ...texts)
    expect(said).toMatch(expected)
    expect(sources).toBeGreaterThan(0)
    expect([...short].length).toBeLessThanOrEqual(140)
  })

  test('a long list goes on with “还有呢” and ends', async () => {
    const batches = await readSheet('zhangjiazhuang/subsidies.xlsx', '批次')
    const count = Number(batches.filter((row) => String(row['批次号']).includes('-DB-2026')).at(-1)!['户数'])
    expect(count).toBeGreaterThan(8)
    expect(count).toBeLessThanOrEqual(24)
    const { all } = await ask('zhangjiazhuang', '今年困难户都有谁', '还有呢', '还有呢', '还有呢')
    const names = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('· '))
    expect(new Set(all.flatMap(names)).size).toBe(count)
    expect(all[3]).toContain('没有更多了')
  })
})

describe('what is asked for is what is answered', () => {
  test('how long a thing is under warranty stands in the note of its project', async () => {
    const row = (await readSheet('zhangjiazhuang/projects.xlsx', '项目')).find(({ 备注 }) => /保修/.test(String(备注)))!
    const { said, sources } = await ask('zhangjiazhuang', `${String(row['名称']).slice(0, 5)}保修几年`)
    expect(said).toContain(/保修\d+年/.exec(String(row['备注']))![0])
    expect(sources).toBe(1)
  })

  test('interest is what came in, and not what is left', async () => {
    const interest = sum('zhangjiazhuang', 'income', (line) => inYear('2025')(line) && /利息|结息/.test(line.summary))
    expect(interest).toBeGreaterThan(0)
    expect((await ask('zhangjiazhuang', '2025年存款利息多少')).said).toContain(written(interest))
  })

  test('what is owed to one is told of that one alone', async () => {
    const debts = await readCsv('zhangjiazhuang/debts.csv')
    const one = debts.find((row) => row['类型'] === '债务')!
    const others = debts.filter((row) => row !== one)
    const { said } = await ask('zhangjiazhuang', '欠恒通路桥多少质保金')
    expect(one['对方']).toContain('恒通路桥')
    expect(said).toContain(written(Number(one['金额']) * 100))
    for (const other of others) expect(said).not.toContain(other['对方']!)
  })

  test('income and spending asked together are both told', async () => {
    const { said } = await ask('shiqiao', '去年一年收了多少支了多少')
    expect(said).toContain(written(sum('shiqiao', 'income', inYear('2025'))))
    expect(said).toContain(written(sum('shiqiao', 'expense', inYear('2025'))))
  })

  test.each<[string, string, string]>([
    ['zhangjiazhuang', '村里建养老院的工程谁包的', '没有“建养老院”'],
    ['shiqiao', '2027年集体分红一人多少钱', '2027年还没过完'],
  ])('%s: %s is not answered with what sounds like it', async (village, text, refused) => {
    const { said, unanswered } = await ask(village, text)
    expect(said).toContain(refused)
    expect(said).not.toMatch(/\d元/)
    expect(unanswered).toBe(1)
  })

  test('an answer that missed the point is asked of somebody, once', async () => {
    const { said, unanswered } = await ask('zhangjiazhuang', '去年修路花了多少钱', '答非所问')
    expect(said).toMatch(/^对不住/)
    expect(unanswered).toBe(1)
    const again = await ask('zhangjiazhuang', '去年修路花了多少钱', '答非所问', '你没听懂')
    expect(again.said).not.toContain('对不住')
  })

  test('a line of the book is found by its number, with who stands behind it', async () => {
    const { data } = (await readXlsx('knowledge/villages/zhangjiazhuang/ledger-2025.xlsx'))[0]!
    const head = data.findIndex((row) => row.includes('凭证号'))
    const at = (name: string): number => data[head]!.indexOf(name)
    const line = data.slice(head + 2).find((row) => row[at('支出')])!
    const { said } = await ask('zhangjiazhuang', `${String(line[at('凭证号')])}这笔是啥钱 谁批的`)
    for (const name of ['摘要', '经手人', '审批人']) expect(said).toContain(String(line[at(name)]))
  })

  test.each([
    ['石桥', 'shiqiao', '自来水一方多少钱'],
    ['石桥', 'shiqiao', '杨书记家里有多少存款'],
  ])('%s: what a village spent or has is no answer to %s %s', async (_name, village, text) => {
    const { said } = await ask(village, text)
    expect(said).not.toMatch(/共支出|账面余额/)
  })

  test('a question that reads like an objection is answered from the minutes', async () => {
    const { said } = await ask('zhangjiazhuang', '小广场表决赞成反对各多少')
    expect(said).toMatch(/赞成\d+票,反对\d+票/)
  })
})

describe('what is not there is said to be not there', () => {
  test.each<[string, string, RegExp]>([
    ['lijiawa', '9月份支了多少钱', /2026年9月的账还没有公布,目前公布到2026年7月/],
    ['zhangjiazhuang', '前年修路花了多少', /没有2024年/],
    ['zhangjiazhuang', '去年招待费花了多少', /没有查到“招待费”/],
    ['zhangjiazhuang', '这个月支了多少钱', /还没/],
    ['zhangjiazhuang', '去年买飞机花了多少钱', /没有查到/],
    ['zhangjiazhuang', '名单上有没有诸葛亮', /没有查到“诸葛亮”/],
  ])('%s: %s', async (village, text, expected) => {
    const { said } = await ask(village, text)
    expect(said).toMatch(expected)
    expect(said).not.toMatch(/共支出[\d,.]+元/)
  })

  test('an unpublished period is offered as a request and logged', async () => {
    const { said, unanswered } = await ask('lijiawa', '9月份支了多少钱')
    expect(said).toContain('申请公开')
    expect(unanswered).toBe(1)
  })

  test('the book and the bank that differ are both told', async () => {
    const bank = (await readCsv('lijiawa/bank.csv')).find((row) => row['月份'] === '2026-07')!
    const { said } = await ask('lijiawa', '村里账上还剩多少钱')
    expect(said).toContain(written(Math.round(Number(bank['期末']) * 100)))
  })
})
