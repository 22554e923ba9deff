/** Every kind × state × step × actor: allowed, refused, invisible. The table in fixtures/procedures.txt is read in review. */
import { describe, expect, it } from 'vitest'
import { Types } from 'mongoose'
import { abilitiesOf, readsCase, seesCase, stepFor, visibilityFilter } from '../../src/cases/policy.ts'
import { HOLDER_ACTIONS, PROCEDURES, STAFF_ACTIONS, allowsStep } from '../../src/cases/procedures/index.ts'
import { CASE_KINDS, CASE_STATES, OPEN_STATES } from '../../src/cases/schema.ts'
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
const placed = (kind: CaseKind, state: CaseState, assignee: string | null = null, watchers: string[] = []) => {
  const at: [CaseLevel, string] =
    kind === 'tip'
      ? ['township-discipline', 'zj']
      : kind === 'petition'
        ? ['township-department', 'mz']
        : ['village', 'zjz']
  const mayNotSee = kind === 'tip' ? ['z1', 'z2', 'l1', 'acct-zjz'] : []
  return { kind, state, level: at[0], unit: at[1], assignee, mayNotSee, watchers }
}

/** How somebody can stand to a case. */
const STANDINGS = {
  'not assigned': () => [null, []],
  assigned: (one) => [one.accountId, []],
  watching: (one) => [null, [one.unit]],
} as const satisfies Record<string, (one: AccountActor) => [string | null, string[]]>

describe('the table', () => {
  it('is as reviewed', async () => {
    const lines: string[] = []
    for (const kind of CASE_KINDS) {
      lines.push(`# ${kind} ${PROCEDURES[kind].title}`)
      for (const state of CASE_STATES) {
        for (const one of actors) {
          let before = ''
          const told = Object.entries(STANDINGS).flatMap(([how, standing]) => {
            const stored = placed(kind, state, ...(standing(one) as [string | null, string[]]))
            const may = abilitiesOf(one, stored).map(({ action }) => action)
            const said = seesCase(one, stored)
              ? `${readsCase(one, stored) ? '' : 'figures only '}${may.join(' ') || 'nothing'}`
              : 'invisible'
            if (said === before) return []
            before = how === 'not assigned' ? said : before
            return [how === 'not assigned' ? said : `${how}: ${said}`]
          })
          lines.push(`${state.padEnd(10)}${one.username.padEnd(19)}${told.join('  | ')}`)
        }
        for (const round of [0, 1, 2]) {
          const holder = HOLDER_ACTIONS.filter((action) =>
            allowsStep(PROCEDURES[kind], action, state, { roles: ['holder'], assigned: false, round }),
          )
          lines.push(`${state.padEnd(10)}${`holder, round ${round}`.padEnd(19)}${holder.join(' ')}`)
        }
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('fixtures/procedures.txt')
  })

  const everything = CASE_KINDS.flatMap((kind) =>
    STAFF_ACTIONS.flatMap((action) => actors.map((one) => [kind, action, one.username] as const)),
  )
  it.each(everything)('%s, %s, %s: allowed, refused or invisible, as the row says', (kind, action, username) => {
    const one = actor(username)
    for (const state of CASE_STATES) {
      const row = PROCEDURES[kind].steps.find((step) => step.action === action && step.from.includes(state))
      for (const [how, standing] of Object.entries(STANDINGS)) {
        const stored = placed(kind, state, ...(standing(one) as [string | null, string[]]))
        const roles = one.roles as readonly string[]
        const listed = row?.who.some(
          (role) =>
            roles.includes(role) &&
            (how !== 'not assigned' || !(row.assignedOnly ?? []).includes(role as Role) || stored.assignee !== null),
        )
        const found = stepFor(one, stored, action) !== null
        const told = `${state} ${how}`
        if (!readsCase(one, stored) || !listed) expect(found, told).toBe(false)
        else if (row?.watchersOnly) expect(found, told).toBe(how === 'watching' && one.unit !== stored.unit)
        else if (row?.notByAssignee && how === 'assigned') expect(found, told).toBe(false)
        else if (row?.whenAsked) {
          expect(found, told).toBe(false)
        } else if (how !== 'watching') expect(found, told).toBe(true)
      }
    }
  })

  it('leaves the work with who has it: whoever watches from above may press and note, no more', () => {
    const above = actor('county')
    for (const state of OPEN_STATES) {
      const stored = placed('tip', state, actor('discipline').accountId, [above.unit])
      expect(abilitiesOf(above, stored).map(({ action }) => action)).toEqual(['note', 'press'])
    }
  })

  it('has a longer limit approved by somebody else than who handles it', () => {
    const head: AccountActor = { ...actor('handler'), roles: ['handler', 'director'] }
    const asked = { ...placed('petition', 'accepted', head.accountId), extensionAskedAt: new Date() }
    for (const action of ['extend', 'decline-extension'] as const) {
      expect(stepFor(head, asked, action)).toBeNull()
      expect(stepFor(actor('director'), asked, action)).not.toBeNull()
    }
  })

  it.each(CASE_KINDS)('%s leads somewhere from every open state, and every deadline can be met', (kind) => {
    const { steps, deadlines, outcomes, pauses, dispositions = [] } = PROCEDURES[kind]
    const reached = new Set(['filed', ...steps.flatMap(({ to }) => to ?? [])])
    for (const state of OPEN_STATES.filter((one) => reached.has(one)))
      expect(
        steps.some(({ from, to }) => from.includes(state) && to !== undefined && to !== state),
        state,
      ).toBe(true)
    for (const { id, doneBy, from } of deadlines) {
      expect(
        doneBy.some((action) => steps.some((step) => step.action === action && step.from.includes(from))),
        id,
      ).toBe(true)
    }
    for (const list of [outcomes, pauses, dispositions])
      expect(new Set(list.map(({ code }) => code)).size).toBe(list.length)
    expect(steps.some(({ action }) => action === 'pause')).toBe(pauses.length > 0)
    expect(steps.some(({ action }) => action === 'dispose')).toBe(dispositions.length > 0)
  })

  it.each(CASE_KINDS)(
    '%s: every limit names the law or rule, and its article or that it is a promise of one’s own',
    (kind) => {
      for (const { id, basis } of PROCEDURES[kind].deadlines) {
        expect(basis, id).toMatch(/《.+》/u)
        expect(basis, id).toMatch(/第\d+|本地承诺期限|1个月内/u)
      }
    },
  )
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
          const kept = {
            ...stored,
            assignee: one.accountId,
            watchers: [one.unit],
            mayNotSee: [...stored.mayNotSee, name],
          }
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
    for (const kind of CASE_KINDS)
      for (const action of STAFF_ACTIONS) expect(stepFor(nobody, placed(kind, 'filed'), action)).toBeNull()
  })
})
