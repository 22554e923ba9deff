/** Rows that several tables share. */
import type { Role } from '../../people/index.ts'
import type { CaseState } from '../schema.ts'
import type { Step } from './procedure.ts'

const OPEN: readonly CaseState[] = ['filed', 'accepted', 'reviewing']

/** Handling by a unit: the desk and the director see to everything, a handler to what is assigned to them. */
export function handlingSteps(desk: readonly Role[], handlers: readonly Role[], chiefs: readonly Role[]): Step[] {
  const all = [...new Set([...desk, ...handlers, ...chiefs])]
  const assignedOnly = handlers.filter((role) => !desk.includes(role) && !chiefs.includes(role))
  return [
    { action: 'assign', label: '分派', from: OPEN, who: [...new Set([...desk, ...chiefs])] },
    { action: 'accept', label: '受理', from: ['filed'], to: 'accepted', who: all, assignedOnly },
    { action: 'refuse', label: '不予受理', from: ['filed'], to: 'refused', who: [...new Set([...desk, ...chiefs])] },
    { action: 'reply', label: '回复群众', from: [...OPEN, 'closed'], who: all, assignedOnly },
    { action: 'note', label: '内部备注', from: [...OPEN, 'closed', 'refused', 'withdrawn'], who: all, assignedOnly },
    {
      action: 'transfer',
      label: '转办',
      from: ['filed', 'accepted'],
      to: 'filed',
      who: [...new Set([...desk, ...chiefs])],
    },
    { action: 'close', label: '办结', from: ['accepted', 'reviewing'], to: 'closed', who: all, assignedOnly },
    { action: 'reopen', label: '重新办理', from: ['closed', 'refused'], to: 'accepted', who: chiefs },
  ]
}

/** What the holder of the receipt may always do. */
export const holderSteps: readonly Step[] = [
  { action: 'progress', from: ['filed', 'accepted', 'reviewing', 'closed', 'refused', 'withdrawn'], who: ['holder'] },
  { action: 'supplement', from: [...OPEN, 'closed', 'refused'], who: ['holder'] },
  { action: 'urge', from: OPEN, who: ['holder'] },
  { action: 'withdraw', from: ['filed', 'accepted'], to: 'withdrawn', who: ['holder'] },
  { action: 'rate', from: ['closed'], who: ['holder'] },
]

/** Longer with a director's approval. */
export const extendStep = (chiefs: readonly Role[]): Step => ({
  action: 'extend',
  label: '批准延期',
  from: ['accepted'],
  who: chiefs,
})

/** Not content: the next level looks at it again. */
export const reviewStep: Step = { action: 'review', from: ['closed', 'refused'], to: 'reviewing', who: ['holder'] }

export const elsewhere = [
  { code: 'court', title: '应当走诉讼、仲裁、复议,已告知途径' },
  { code: 'repeated', title: '同一事项正在办理' },
  { code: 'not-ours', title: '不属于本机关职责,已告知去处' },
] as const
