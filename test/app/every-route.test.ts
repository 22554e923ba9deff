/** Every address of the application, called as every role: who is let in stands in a table, and an address without a row fails. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPECTED, ROLES, expected, isPage } from './expectations.ts'
import type { Who } from './expectations.ts'
import { ABSENT, addressOf, bodyOf } from './requests.ts'
import type { Caller, WholeWorld } from './world.ts'
import { buildWhole } from './world.ts'

let world: WholeWorld
const callers = new Map<Who, Caller>()

beforeAll(async () => {
  world = await buildWhole()
  callers.set('nobody', world.nobody)
  for (const who of ROLES) if (who !== 'nobody') callers.set(who, await world.signIn(who))
})
afterAll(async () => world.close())

/** Sessions that a call would end are begun for it alone. */
async function callerFor(who: Who, path: string): Promise<Caller> {
  return who !== 'nobody' && path.endsWith('/sign-out') ? world.signIn(who) : callers.get(who)!
}

describe('every address', () => {
  it('has its row in the table, and the table has no other', () => {
    const rows = new Set(world.app.routes().map(({ method, path }) => `${method} ${path}`))
    const missing = [...rows].filter((row) => !EXPECTED[row] && !isPage(row.split(' ')[1]!))
    expect(missing, 'give each a row in test/app/expectations.ts').toEqual([])
    expect(Object.keys(EXPECTED).filter((row) => !rows.has(row))).toEqual([])
  })

  it('answers to every role as the table says', async () => {
    const wrong: string[] = []
    for (const { method, path } of world.app.routes()) {
      const row = `${method} ${path}`
      if (isPage(path)) continue
      for (const who of ROLES) {
        const caller = await callerFor(who, path)
        const { status } = await caller.call(method, addressOf(path, ABSENT), bodyOf(method, path, ABSENT))
        if (status !== expected(row, who)) wrong.push(`${row} as ${who}: ${status} instead of ${expected(row, who)}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('that is a page shows the same to everybody', async () => {
    for (const { method, path } of world.app.routes().filter(({ path: one }) => isPage(one))) {
      const address = addressOf(path, ABSENT)
      const plain = await world.nobody.call(method, address)
      for (const who of ROLES) expect(await callers.get(who)!.call(method, address), `${path} as ${who}`).toEqual(plain)
    }
  }, 60_000)
})
