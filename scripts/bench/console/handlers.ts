/** Handlers at work: each signs in, looks through lists, searches, opens cases, and thinks in between. */
import type { CaseList } from '../../../src/cases/schema.ts'
import { SOUGHT } from './fill.ts'

export const LOOKS = ['list', 'search', 'case'] as const
export type Look = (typeof LOOKS)[number]
export interface Figures {
  requests: number
  p50: number
  p95: number
  p99: number
  worst: number
}

/** How a handler's looks divide: lists more often than searches and cases. */
const TURNS: readonly Look[] = ['list', 'case', 'list', 'search', 'list', 'case', 'search', 'list']

/** @returns the session's cookie */
export async function signIn(url: string, username: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status}`)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/**
 * @param thinkMs mean pause between two looks, milliseconds; each is between half and one and a half of it
 * @returns how long the answers took, by what was looked at
 */
export async function work(
  url: string,
  cookies: readonly string[],
  options: { seconds: number; thinkMs: number; villages: readonly string[] },
): Promise<{ figures: Record<Look, Figures>; slowest: { path: string; ms: number }[]; perSecond: number }> {
  const taken: { look: Look; path: string; ms: number }[] = []
  const until = performance.now() + options.seconds * 1000
  const started = performance.now()
  await Promise.all(
    cookies.map(async (cookie, index) => {
      let page: CaseList = { items: [], total: 0 }
      const pause = (): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, options.thinkMs * (0.5 + Math.random())))
      if (options.thinkMs > 0) await pause()
      for (let turn = index; performance.now() < until; turn += 1) {
        const look = TURNS[turn % TURNS.length]!
        const path = pathOf(look, turn, page, options.villages)
        // As the page does: the counts beside the list are asked for together with it.
        const counts =
          look === 'case'
            ? null
            : fetch(`${url}/api/console/case-counts`, { headers: { cookie } }).then(async (answer) => answer.text())
        const begun = performance.now()
        const answer = await fetch(`${url}${path}`, { headers: { cookie } })
        const body = (await answer.json()) as CaseList
        if (!answer.ok) throw new Error(`${path.split('?')[0]} answered ${answer.status}`)
        taken.push({ look: 'items' in body ? look : 'case', path, ms: performance.now() - begun })
        await counts
        if ('items' in body && body.items.length > 0) page = body
        if (options.thinkMs > 0) await pause()
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const figures = Object.fromEntries(
    LOOKS.map((look) => [look, figuresOf(taken.filter((one) => one.look === look).map(({ ms }) => ms))]),
  ) as Record<Look, Figures>
  return {
    figures,
    slowest: taken.toSorted((a, b) => b.ms - a.ms).slice(0, 5),
    perSecond: Math.round(taken.length / seconds),
  }
}

function pathOf(look: Look, turn: number, page: CaseList, villages: readonly string[]): string {
  if (look === 'case' && page.items.length > 0) return `/api/console/cases/${page.items[turn % page.items.length]!.id}`
  if (look === 'search')
    return `/api/console/cases?state=${turn % 3 === 0 ? 'open' : 'all'}&q=${encodeURIComponent(SOUGHT[turn % SOUGHT.length]!)}`
  const lists = [
    '?scope=mine&state=open',
    '?state=open',
    `?state=all&villageId=${villages[turn % villages.length]}`,
    '?state=closed',
    '?state=open&overdue=true',
    ...(page.next && !/^\d+_/.test(page.next) ? [`?state=open&cursor=${page.next}`] : []),
  ]
  return `/api/console/cases${lists[turn % lists.length]}`
}

function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
  return { requests: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: Math.round(sorted.at(-1) ?? 0) }
}
