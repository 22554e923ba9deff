/** Every kind × state × step × actor: allowed, refused, invisible. The table in fixtures/procedures.txt is read in review. */
import { describe, expect, it } from 'vitest'
import { Types } from 'mongoose'
import { abilitiesOf, readsCase, seesCase, stepFor, visibilityFilter } from '../../src/cases/policy.ts'
import { HOLDER_ACTIONS, PROCEDURES, STAFF_ACTIONS, allowsStep } from '../../src/cases/procedures/index.ts'
import { CASE_KINDS, CASE_STATES } from '../../src/cases/schema.ts'
import type { CaseKind, CaseState } from '../../src/cases/schema.ts'
import type { CaseLevel } from '../../src/cases/routing/levels.ts'
import { nobody } from '../../src/people/index.ts'
import type { AccountActor, Role } from '../../src/people/index.ts'
import { accounts, organisation } from './fixtures/organisation.ts'

const actors: AccountActor[] = accounts.map(({ username, displayName, roles, unit, operators, villages }) => ({
  kind: 'account',
  accountId: new Types.ObjectId().toHexString(),
  username,
  displayName,
  roles: roles as Role[],
  unit,
  level: organisation.units.find(({ id }) => id === unit)!.level,
  operators: [...operators],
  villages: [...villages],
}))
const actor = (username: string): AccountActor => actors.find((one) => one.username === username)!

/** A case of each kind as it is routed for 张家庄 when nobody above the village is concerned. */
const placed = (kind: CaseKind, state: CaseState, assignee: string | null = null) => {
  const at: [CaseLevel, string] =
    kind === 'tip'
      ? ['township-discipline', 'zj']
      : kind === 'petition'
        ? ['township-department', 'mz']
        : ['village', 'zjz']
  const mayNotSee = kind === 'tip' ? ['z1', 'z2', 'l1', 'acct-zjz'] : []
  return { kind, state, level: at[0], unit: at[1], assignee, mayNotSee }
}

describe('the table', () => {
  it('is as reviewed', async () => {
    const lines: string[] = []
    for (const kind of CASE_KINDS) {
      lines.push(`# ${kind} ${PROCEDURES[kind].title}`)
      for (const state of CASE_STATES) {
        for (const one of actors) {
          const told = (['not assigned', 'assigned'] as const).map((how) => {
            const stored = placed(kind, state, how === 'assigned' ? one.accountId : null)
            if (!seesCase(one, stored)) return 'invisible'
            const may = abilitiesOf(one, stored).map(({ action }) => action)
            return `${readsCase(one, stored) ? '' : 'figures only '}${may.join(' ') || 'nothing'}`
          })
          lines.push(`${state.padEnd(10)}${one.username.padEnd(19)}${[...new Set(told)].join('  | assigned: ')}`)
        }
        const holder = HOLDER_ACTIONS.filter((action) =>
          allowsStep(PROCEDURES[kind], action, state, { roles: ['holder'], assigned: false }),
        )
        lines.push(`${state.padEnd(10)}${'holder of the code'.padEnd(19)}${holder.join(' ')}`)
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('fixtures/procedures.txt')
  })

  it.each(CASE_KINDS)('%s: each step, state and actor is either allowed or refused, as its row says', (kind) => {
    const procedure = PROCEDURES[kind]
    for (const state of CASE_STATES) {
      for (const action of STAFF_ACTIONS) {
        const row = procedure.steps.find((step) => step.action === action && step.from.includes(state))
        for (const one of actors) {
          const stored = placed(kind, state, one.accountId)
          const expected = Boolean(
            row && readsCase(one, stored) && row.who.some((role) => (one.roles as readonly string[]).includes(role)),
          )
          expect(stepFor(one, stored, action) !== null, `${kind} ${state} ${action} ${one.username}`).toBe(expected)
        }
        expect(stepFor(nobody, placed(kind, state), action)).toBeNull()
      }
    }
  })

  it('leads somewhere from every open state, and every deadline can be met', () => {
    for (const kind of CASE_KINDS) {
      const { steps, deadlines, outcomes } = PROCEDURES[kind]
      for (const state of ['filed', 'accepted', 'reviewing'] as const)
        expect(steps.some(({ from, to }) => from.includes(state) && to !== undefined)).toBe(true)
      for (const { doneBy, from } of deadlines) {
        expect(doneBy.some((action) => steps.some((step) => step.action === action && step.from.includes(from)))).toBe(
          true,
        )
      }
      expect(new Set(outcomes.map(({ code }) => code)).size).toBe(outcomes.length)
    }
  })
})

describe('whatever the kind and the state', () => {
  const all = CASE_KINDS.flatMap((kind) => CASE_STATES.map((state) => placed(kind, state)))

  it('the administrator sees nothing, also when the account is something else besides', () => {
    for (const stored of all) {
      expect(seesCase(actor('admin'), stored)).toBe(false)
      expect(seesCase({ ...actor('clerk'), roles: ['clerk', 'administrator'] }, stored)).toBe(false)
    }
  })

  it('a tip is found by the discipline office of its level and nobody else', () => {
    for (const state of CASE_STATES) {
      const readers = actors.filter((one) => readsCase(one, placed('tip', state))).map(({ username }) => username)
      expect(readers).toEqual(['discipline', 'discipline-2'])
    }
  })

  it('who must not see it does not, in whatever role and even when it is assigned to them', () => {
    for (const one of actors) {
      for (const stored of all) {
        for (const name of [...one.operators, one.username]) {
          const kept = { ...stored, assignee: one.accountId, mayNotSee: [...stored.mayNotSee, name] }
          expect(seesCase(one, kept)).toBe(false)
          expect(abilitiesOf(one, kept)).toEqual([])
        }
      }
    }
  })

  it('a supervisor reads no words', () => {
    for (const stored of all) {
      expect(readsCase(actor('supervisor'), stored)).toBe(false)
      expect(abilitiesOf(actor('supervisor'), stored)).toEqual([])
    }
  })

  it('without signing in there is nothing', () => {
    expect(visibilityFilter(nobody)).toEqual({ _id: { $in: [] } })
  })
})
