/** The sample township: wherever a case can be sent, somebody may take it up. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { stepFor } from '../../src/cases/policy.ts'
import { DEPARTMENTS } from '../../src/cases/routing/departments.ts'
import { unitFor } from '../../src/cases/routing/find-unit.ts'
import type { CaseLevel } from '../../src/cases/routing/levels.ts'
import { CASE_KINDS } from '../../src/cases/schema.ts'
import { Organisation } from '../../src/people/organisation.ts'
import type { AccountActor, Role } from '../../src/people/index.ts'

const organisation = Organisation.parse(parse(readFileSync('knowledge/township.yaml', 'utf8')))
const demo = parse(readFileSync('knowledge/demo-accounts.yaml', 'utf8')) as {
  accounts: { username: string; displayName: string; unit: string; roles: Role[]; operators: string[] }[]
}
const accounts = demo.accounts.map((account): AccountActor => ({
  kind: 'account',
  accountId: account.username,
  villages: [],
  level: organisation.units.find(({ id }) => id === account.unit)!.level,
  ...account,
}))
const LEVELS: readonly CaseLevel[] = ['village', 'township-department', 'county-department']
const DISCIPLINE: readonly CaseLevel[] = ['township-discipline', 'county-discipline', 'city-discipline']

describe.each(CASE_KINDS)('a %s', (kind) => {
  const levels = kind === 'tip' ? DISCIPLINE : LEVELS
  const places = levels.flatMap((level) =>
    [null, ...Object.keys(DEPARTMENTS)].flatMap((department) =>
      organisation.villages.map(({ id }) => ({ level, unit: unitFor(organisation, { level, department }, id).id })),
    ),
  )
  it('finds somebody of the unit wherever routing can send it', () => {
    const missing = new Set(
      places
        .filter(
          ({ level, unit }) =>
            !accounts.some(
              (account) =>
                account.unit === unit &&
                stepFor(
                  account,
                  { kind, level, unit, state: 'filed', assignee: account.accountId, mayNotSee: [] },
                  'accept',
                ),
            ),
        )
        .map(({ unit }) => unit),
    )
    expect([...missing]).toEqual([])
  })
})

it('every unit of the sample has an account', () => {
  const manned = new Set(accounts.map(({ unit }) => unit))
  expect(organisation.units.map(({ id }) => id).filter((id) => !manned.has(id))).toEqual([])
})
