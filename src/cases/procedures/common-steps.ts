/** Rows that several tables share. */
import type { Role } from '../../people/index.ts'
import { OPEN_STATES } from '../schema.ts'
import type { CaseState } from '../schema.ts'
import type { Procedure, Step, TermRule } from './procedure.ts'

const OPEN: readonly CaseState[] = OPEN_STATES
const union = (...roles: (readonly Role[])[]): Role[] => [...new Set(roles.flat())]

/** Handling by a unit: the desk and the director see to everything, a handler to what is assigned to them. */
export function handlingSteps(desk: readonly Role[], handlers: readonly Role[], chiefs: readonly Role[]): Step[] {
  const all = union(desk, handlers, chiefs)
  const heads = union(desk, chiefs)
  const assignedOnly = handlers.filter((role) => !heads.includes(role))
  const own = { who: all, assignedOnly }
  return [
    { action: 'assign', label: '分派', from: OPEN, who: heads },
    { action: 'accept', label: '受理', from: ['filed'], to: 'accepted', ...own, notifies: true },
    { action: 'refuse', label: '不予受理', from: ['filed'], to: 'refused', who: heads, notifies: true },
    { action: 'reply', label: '回复群众', from: [...OPEN, 'closed'], ...own, notifies: true },
    { action: 'note', label: '内部备注', from: [...OPEN, 'closed', 'refused', 'withdrawn'], ...own },
    { action: 'transfer', label: '转办', from: ['filed', 'accepted'], to: 'filed', who: heads, notifies: true },
    { action: 'press', label: '督办', from: OPEN, who: all, watchersOnly: true },
    { action: 'ask-help', label: '请人协办', from: OPEN, ...own },
    { action: 'end-help', label: '结束协办', from: OPEN, ...own },
    { action: 'recuse', label: '回避', from: OPEN, ...own },
    { action: 'close', label: '办结', from: ['accepted', 'reviewing'], to: 'closed', ...own, notifies: true },
    {
      action: 'reopen',
      label: '重新办理',
      from: ['closed', 'refused'],
      to: 'accepted',
      who: chiefs,
      renews: true,
      notifies: true,
    },
  ]
}

/** By department: a wrong routing is put right with one click. */
export const rerouteStep = (heads: readonly Role[]): Step => ({
  action: 'reroute',
  label: '纠正分流',
  from: ['filed', 'accepted'],
  to: 'filed',
  who: heads,
  notifies: true,
})

/** The limit rests, for the reasons of the table only; afterwards back to where it was. */
export function pauseSteps(heads: readonly Role[], assignedOnly: readonly Role[]): Step[] {
  const own = { who: union(heads, assignedOnly), assignedOnly, notifies: true } as const
  return [
    { action: 'pause', label: '中止计时', from: ['accepted', 'reviewing'], to: 'paused', ...own },
    { action: 'resume', label: '恢复计时', from: ['paused'], to: 'accepted', ...own },
  ]
}

/** What the holder of the receipt may always do. */
export const holderSteps: readonly Step[] = [
  { action: 'progress', from: [...OPEN, 'closed', 'refused', 'withdrawn'], who: ['holder'] },
  { action: 'supplement', from: [...OPEN, 'closed', 'refused'], who: ['holder'] },
  { action: 'urge', from: OPEN, who: ['holder'] },
  { action: 'withdraw', from: ['filed', 'accepted', 'paused'], to: 'withdrawn', who: ['holder'] },
  { action: 'rate', from: ['closed'], who: ['holder'] },
]

/** Longer once, asked for by who handles it and approved by somebody else. */
export const extensionSteps = (handlers: readonly Role[], chiefs: readonly Role[]): Step[] => [
  {
    action: 'ask-extension',
    label: '申请延期',
    from: ['accepted'],
    who: handlers,
    assignedOnly: handlers.filter((role) => role !== 'clerk'),
  },
  { action: 'extend', label: '批准延期', from: ['accepted'], who: chiefs, notByAssignee: true, notifies: true },
  {
    action: 'decline-extension',
    label: '不同意延期',
    from: ['accepted'],
    who: chiefs,
    notByAssignee: true,
    whenAsked: true,
  },
]

const DAYS_30: TermRule = { count: 30, unit: 'calendar-days', restDay: 'next-working-day' }
const REVIEW = '《信访工作条例》第35条'
const RECHECK = '《信访工作条例》第36条'

/** Not content: the next level looks at it again, and the one above it once more. Then it is final. */
export const reviewSteps: readonly Step[] = [
  {
    action: 'review',
    from: ['closed', 'refused'],
    to: 'reviewing',
    who: ['holder'],
    round: 0,
    opensRound: true,
    climbs: true,
    within: { rule: DAYS_30, basis: REVIEW },
  },
  {
    action: 'review',
    from: ['closed'],
    to: 'reviewing',
    who: ['holder'],
    round: 1,
    opensRound: true,
    climbs: true,
    within: { rule: DAYS_30, basis: RECHECK },
  },
]

export const reviewDeadlines: Procedure['deadlines'] = [
  {
    id: 'review',
    title: '出具复查意见',
    from: 'reviewing',
    round: 1,
    rule: DAYS_30,
    doneBy: ['close'],
    basis: REVIEW,
  },
  {
    id: 'recheck',
    title: '出具复核意见',
    from: 'reviewing',
    round: 2,
    rule: DAYS_30,
    doneBy: ['close'],
    basis: RECHECK,
  },
]

export const reviewRemedies: NonNullable<Procedure['remedies']> = [
  {
    round: 0,
    rule: DAYS_30,
    text: (until, above) => `不服的,${until}前回“我不服”加一句原因,${above ?? '上一级'}复查。`,
  },
  {
    round: 1,
    rule: DAYS_30,
    text: (until, above) => `对复查还不服的,${until}前回“我不服”,${above ?? '再上一级'}复核。`,
  },
  { round: 2, rule: DAYS_30, text: () => '这是复核意见,同一件事、同样的理由不再受理。' },
]

/** Art. 36: time that a hearing takes is not counted when it is looked at for the second time. */
export const hearing = {
  code: 'hearing',
  title: '举行听证',
  basis: RECHECK,
  round: 2,
} as const

export const missingPapers = {
  code: 'papers',
  title: '等群众补材料',
  basis: '本地办理规程(可改)',
  endsWithSupplement: true,
} as const

export const elsewhere = [
  { code: 'court', title: '应当走诉讼、仲裁、复议,已告知途径' },
  { code: 'repeated', title: '同一事项正在办理' },
  { code: 'not-ours', title: '不属于本机关职责,已告知去处' },
] as const
