import { describe, expect, it } from 'vitest'
import { routeReport } from '../../src/cases/index.ts'
import type { RoutingOrganisation } from '../../src/cases/index.ts'
import { evaluateRouting } from '../../scripts/evaluate/routing.ts'
import { organisation } from './fixtures/organisation.ts'

const everybody = organisation as unknown as RoutingOrganisation
const route = (text: string, village = 'zhangjiazhuang', kind: 'tip' | 'petition' | 'dispute' = 'tip') =>
  routeReport(everybody, { text, village, kind })

describe('who is meant', () => {
  it.each([
    ['full name', '张守业把修桥的木料拉回家了', ['z1']],
    ['nickname', '老守把修桥的木料拉回家了', ['z1']],
    ['surname and title', '张书记把修桥的木料拉回家了', ['z1']],
    ['post alone', '俺村书记把修桥的木料拉回家了', ['z1']],
    ['post of another village', '李家洼的书记把果园租金自己收了', ['l1']],
    ['a relative', '高镇长他表弟占了集体的地', ['t2', 'z2']],
    ['a body', '村干部把救灾款分了', ['z1', 'z2']],
    ['told to, not complained of', '我跟张书记说过,张会计还是不入账', ['z2']],
    ['a surname only', '姓张的把集体的树卖了', ['z1', 'z2']],
    ['post and name of one person', '镇纪委书记丁洁收了老板的烟', ['t3']],
    ['nobody known', '王铁柱把集体的树卖了', []],
  ])('%s', (_label, text, accused) => {
    expect(route(text).accused.toSorted()).toEqual(accused)
  })
})

describe('how high it goes', () => {
  it.each([
    ['a village official', '张书记收了好处', 'township-discipline', ['t3', 't4', 'acct-zj']],
    ['a township official', '高镇长收了好处', 'county-discipline', ['c1']],
    ['the township’s discipline office itself', '方磊收了好处', 'county-discipline', ['c1']],
    ['the county’s discipline office', '曹正收了好处', 'city-discipline', []],
    ['several: the highest', '张书记和高镇长收了好处', 'county-discipline', ['c1']],
  ])('%s', (_label, text, level, mayHandle) => {
    const decision = route(text)
    expect(decision.level).toBe(level)
    expect(decision.mayHandle).toEqual(mayHandle)
    for (const id of decision.mayHandle) expect(decision.mayNotSee).not.toContain(id)
    expect(decision.reasons.length).toBeGreaterThan(0)
  })

  it('above the head of the office when a relative of theirs is accused', () => {
    const related = structuredClone(organisation) as unknown as {
      officials: { id: string; declaredRelatives?: unknown }[]
    }
    related.officials.find(({ id }) => id === 't3')!.declaredRelatives = [{ id: 'z1', relation: '姐夫' }]
    const decision = routeReport(related as unknown as RoutingOrganisation, {
      text: '张书记收了好处',
      village: 'zhangjiazhuang',
      kind: 'tip',
    })
    expect(decision.level).toBe('county-discipline')
    expect(decision.mayNotSee).toEqual(expect.arrayContaining(['t1', 't2', 't3', 't4', 'acct-zj']))
  })

  it('a grievance goes above whoever decided, and they do not see it', () => {
    expect(route('村口路灯坏了仨月了', 'lijiawa', 'petition')).toMatchObject({ level: 'village', mayNotSee: [] })
    const refused = route('村里把我家的口粮地收回去了', 'zhangjiazhuang', 'petition')
    expect(refused).toMatchObject({ level: 'township-department', accused: [] })
    // The deputy mayor is a declared relative of the accountant.
    expect(refused.mayNotSee.toSorted()).toEqual(['acct-zjz', 't2', 'z1', 'z2'])
  })
})

describe('on the evaluation file', () => {
  it('nobody sees who must not, and the level is right', async () => {
    const { n, sealed, levelAccuracy, overblockRate } = await evaluateRouting('test/evaluation/routing.yaml')
    expect(n).toBeGreaterThan(90)
    expect(sealed).toBeGreaterThanOrEqual(0.985)
    expect(levelAccuracy).toBeGreaterThanOrEqual(0.97)
    expect(overblockRate).toBeLessThanOrEqual(0.02)
  })
})

describe('in another township', () => {
  it('finds whom a text means, and how high it goes', async () => {
    const { failures } = await evaluateRouting('test/cases/fixtures/routing.yaml')
    const wrong = (failures as { wrong: string[] }[]).filter(({ wrong: of }) => of.some((one) => one !== 'mayNotSee'))
    expect(wrong).toEqual([])
  })
})
