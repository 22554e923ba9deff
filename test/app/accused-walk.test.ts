/**
 * The accused's walk over the whole application: whoever must not see a case calls every address there is, before it is filed
 * and after, while it is handled and when an identity has been asked for; nothing differs.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../cases/read-events.ts'
import { ABSENT, addressOf, bodyOf, queriesOf } from './requests.ts'
import type { Ids } from './requests.ts'
import type { Caller, WholeWorld } from './world.ts'
import { buildWhole } from './world.ts'

/** z2 is the accused and works with the account `village`; t2 (mayor) is the deputy and a declared relative. */
const MUST_NOT_SEE = ['village', 'village-2', 'mayor', 'clerk', 'handler', 'director', 'admin', 'county'] as const
/** Accounts that do see it, so that there is something to see. */
const SEES = ['discipline', 'supervisor'] as const

/** Left out of the walk, and why. */
const NOT_WALKED: Readonly<Record<string, string>> = {
  'POST /api/console/sign-out': 'ends the walker’s own session',
  'POST /api/console/second-factor': 'gives a new secret each time',
  'POST /api/console/sign-in': 'counts wrong passwords',
  'GET /api/console/statistics.xlsx':
    'carries the moment of writing; its figures are those of the statistics, which are walked',
  'POST /api/console/reminders/code': 'gives a new random code each time',
  'POST /api/console/password': 'counts wrong passwords',
  'POST /api/public/chat/messages': 'adds to the walker’s own conversation',
  'GET /api/console/stream': 'is listened to below',
  'GET /api/public/chat/stream': 'is the walker’s own conversation, listened to below',
}

let world: WholeWorld
const callers = new Map<string, Caller>()

beforeAll(async () => {
  world = await buildWhole()
  for (const name of [...MUST_NOT_SEE, ...SEES, 'discipline-2']) callers.set(name, await world.signIn(name))
  // Something to see, so that “nothing” is not what is compared.
  await world.file('建议村头装个减速带')
  await world.file('村口路灯坏了仨月了没人修')
})
afterAll(async () => world.close())

async function walk(caller: Caller, ids: Ids): Promise<string[]> {
  const lines: string[] = []
  for (const { method, path } of world.app.routes()) {
    if (NOT_WALKED[`${method} ${path}`]) continue
    for (const query of queriesOf(path, ids)) {
      const { status, text } = await caller.call(method, `${addressOf(path, ids)}${query}`, bodyOf(method, path, ids))
      lines.push(`${method} ${path}${query} ${status} ${text}`)
    }
  }
  return lines
}

describe('a tip about the village’s accountant', () => {
  it('makes no difference at any address, whatever becomes of it', async () => {
    const before = new Map<string, string[]>()
    // Once to warm up: what the first call of all makes (a count, an index) is not what is looked for.
    for (const name of MUST_NOT_SEE) {
      const caller = callers.get(name)!
      await walk(caller, ABSENT)
      before.set(name, await walk(caller, ABSENT))
    }
    const streams = await Promise.all(
      MUST_NOT_SEE.map(async (name) => readEvents(world.base, callers.get(name)!.cookie)),
    )
    const officer = await readEvents(world.base, callers.get('discipline')!.cookie)

    const filed = await world.file('俺村张会计修井那钱他自己报了两回,票都一样')
    const discipline = callers.get('discipline')!
    const path = `/api/console/cases/${filed.id}`
    expect((await discipline.call('POST', `${path}/accept`, {})).status).toBe(200)
    expect((await discipline.call('POST', `${path}/reply`, { text: '正在查票据。' })).status).toBe(200)
    const held = await discipline.call('POST', `${path}/reply`, { text: '打13900001111问他。' })
    expect(held.status).toBe(409)
    const asked = await discipline.call('POST', `${path}/identity-requests`, { reason: '需要当面核实票据' })
    const ids: Ids = { caseId: filed.id, code: filed.code, approvalId: (JSON.parse(asked.text) as { id: string }).id }
    await officer.until((event) => event.includes(filed.id))

    for (const name of MUST_NOT_SEE) {
      const after = (await walk(callers.get(name)!, ids)).map((line) =>
        line
          .replaceAll(ids.caseId, ABSENT.caseId)
          .replaceAll(ids.code, ABSENT.code)
          .replaceAll(ids.approvalId, ABSENT.approvalId),
      )
      // Line by line: the first address that differs is named.
      for (const [index, line] of after.entries()) expect(line, name).toBe(before.get(name)![index])
      expect(after.length).toBe(before.get(name)!.length)
    }
    for (const [index, stream] of streams.entries()) {
      expect(stream.seen.join(), MUST_NOT_SEE[index]).not.toMatch(new RegExp(`${filed.id}|event: cases`))
      await stream.close()
    }
    await officer.close()
    // And it was there to be seen.
    for (const name of SEES) expect((await walk(callers.get(name)!, ids)).join('\n'), name).toContain(filed.id)
  }, 180_000)

  it('leaves nothing out of the walk without a reason', () => {
    const rows = new Set(world.app.routes().map(({ method, path }) => `${method} ${path}`))
    for (const [row, why] of Object.entries(NOT_WALKED)) {
      expect(rows, row).toContain(row)
      expect(why.length).toBeGreaterThan(10)
    }
  })
})
