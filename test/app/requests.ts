/** A request for every address of the application: values for its parameters, a body that its shape takes. */

export interface Ids {
  caseId: string
  code: string
  approvalId: string
}

export const ABSENT: Ids = { caseId: 'f'.repeat(24), code: '358-104-2297', approvalId: 'e'.repeat(24) }

const NONE = '0'.repeat(24)

/** Bodies by address; those that need none are left out. */
const BODIES: Readonly<Record<string, (ids: Ids) => unknown>> = {
  assign: () => ({ accountId: NONE }),
  accept: () => ({}),
  refuse: () => ({ reason: '不归这里' }),
  reply: () => ({ text: '您好' }),
  note: () => ({ text: '备注' }),
  extend: () => ({ reason: '情况复杂' }),
  close: () => ({ outcome: 'solved', text: '办好了' }),
  reopen: () => ({ reason: '再办一次' }),
  transfer: () => ({ unit: 'xf', reason: '转办' }),
  'ask-help': () => ({ accountId: NONE, mode: 'assist', due: '2026-12-01', text: '请看看' }),
  'end-help': () => ({ accountId: NONE }),
  'identity-requests': () => ({ reason: '需要当面核实' }),
  'send-requests': () => ({ action: 'reply', text: '您好', reason: '需要这样回复' }),
  'leak-check': () => ({ text: '修井的事', audience: 'group' }),
  decide: () => ({ approve: true }),
  answer: () => ({ text: '已经公布。' }),
  dismiss: () => ({ reason: '不是问题' }),
  merge: () => ({ into: NONE }),
  intent: () => ({ intent: 'ask.finance' }),
  'sign-in': () => ({ username: `nobody-${Math.random().toString(36).slice(2, 10)}`, password: 'wrong' }),
  confirm: () => ({ code: '000000' }),
  password: () => ({ old: 'wrong', fresh: '另一个够长的密码99' }),
  accounts: () => ({ username: 'fresh', displayName: '新', password: 'short', roles: ['clerk'], unit: 'zf' }),
  reset: () => ({ password: '够长也不常见的密码1' }),
  messages: () => ({
    text: '你好',
    villageId: 'zhangjiazhuang',
    messageId: `walk-${Math.random().toString(36).slice(2, 12)}`,
  }),
}

/** What is asked for in lists, beside the plain one. */
export function queriesOf(path: string, { code }: Ids): string[] {
  if (path === '/api/console/cases')
    return [
      '',
      '?state=open',
      '?scope=mine',
      '?kind=tip',
      '?overdue=true',
      '?villageId=zhangjiazhuang',
      `?q=${encodeURIComponent('修井')}`,
      `?q=${code}`,
      '?limit=1',
    ]
  if (path === '/api/console/open-questions') return ['', '?state=answered', '?villageId=zhangjiazhuang']
  return ['']
}

/** @throws when a parameter has no value here: a new address needs one */
export function addressOf(path: string, ids: Ids): string {
  return path.replaceAll(/[:*](\w+)/g, (_, name: string) => {
    if (name === 'id' && path.includes('/cases/')) return ids.caseId
    if (name === 'id' && path.includes('/approvals/')) return ids.approvalId
    if (name === 'token' && path.includes('receipt')) return 'aaaaaaaaaaaa'
    const value = VALUES[name]
    if (value === undefined) throw new Error(`requests.ts has no value for :${name} of ${path}`)
    return value
  })
}

const VALUES: Readonly<Record<string, string>> = {
  id: NONE,
  code: 'F01',
  fileId: NONE,
  handle: 'aaaaaaaaaaaa',
  accountId: NONE,
  username: 'ghost',
  token: 'wrong-token-for-the-hook',
  name: 'none.js',
  rest: 'cases',
  village: 'zhangjiazhuang',
  villageId: 'zhangjiazhuang',
  version: '1',
  year: '2026',
  month: '2026-09',
  number: '1',
  slug: 'none',
  key: 'none',
  page: 'none',
  section: 'finance',
}

export const bodyOf = (method: string, path: string, ids: Ids): unknown =>
  method === 'GET' ? undefined : (BODIES[path.split('/').at(-1) ?? '']?.(ids) ?? {})
