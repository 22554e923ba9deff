/** One's own second factor, password and sessions; and, for administrators, everybody's accounts. */
import { renderSVG } from 'uqr'
import type { ClientSession } from 'mongoose'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor, Accounts, Actor } from '../people/index.ts'
import { AccountPath, ChangePassword, CreateAccount, ResetAccount, SessionPath, TotpCode } from '../people/schema.ts'
import type { EnrolmentView, SessionView } from '../people/schema.ts'
import { anyone, defineRoute, signedIn } from './define-route.ts'
import type { Route } from './define-route.ts'
import { tokenOf } from './session.ts'

/** Codes only: who, what, which account. */
export type AccountAudit = (
  entry: { event: string; actor: string; subject?: string; detail?: Record<string, string> },
  session?: ClientSession,
) => Promise<void>

const administers = (actor: Actor): boolean => actor.kind === 'account' && actor.roles.includes('administrator')
const me = (actor: Actor): AccountActor => actor as AccountActor
const notFound = (): DomainError => new DomainError('not_found', 404, '没有找到。')

export function accountRoutes(accounts: Accounts, audit: AccountAudit): Route[] {
  const viewSessions = async (accountId: string | null, token: string): Promise<SessionView[]> => {
    const all = await accounts.list()
    return (await accounts.sessions(accountId, token)).flatMap(
      ({ accountId: id, createdAt, lastSeenAt, ...session }) => {
        const account = all.find((one) => one.accountId === id)
        if (!account) return []
        const { username, displayName } = account
        return [
          {
            ...session,
            username,
            displayName,
            createdAt: createdAt.toISOString(),
            lastSeenAt: lastSeenAt.toISOString(),
          },
        ]
      },
    )
  }
  return [
    defineRoute({
      method: 'post',
      path: '/api/console/second-factor',
      summary: 'Begin to set up the authenticator; the session of the password is enough',
      policy: anyone,
      handler: async ({ koa }): Promise<EnrolmentView> => {
        const { secret, uri } = await accounts.beginEnrolment(tokenOf(koa))
        return { secret, uri, qr: renderSVG(uri, { border: 2 }) }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/second-factor/confirm',
      summary: 'The first code of the authenticator',
      body: TotpCode,
      policy: anyone,
      handler: async ({ body, koa }) => {
        const actor = await accounts.confirmEnrolment(tokenOf(koa), body.code)
        await audit({ event: 'account.second-factor-set', actor: actor.accountId })
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/password',
      summary: 'Change my password; my other sessions end',
      body: ChangePassword,
      policy: signedIn,
      handler: async ({ actor, body, koa }) => {
        await accounts.changePassword(tokenOf(koa), body.old, body.fresh)
        await audit({ event: 'account.password-changed', actor: me(actor).accountId })
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/sessions',
      summary: 'Where I am signed in',
      policy: signedIn,
      handler: async ({ actor, koa }) => ({ items: await viewSessions(me(actor).accountId, tokenOf(koa)) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/sessions/:handle/end',
      summary: 'End one of my sessions',
      params: SessionPath,
      policy: signedIn,
      handler: async ({ actor, params }) => {
        if (!(await accounts.endSession(me(actor).accountId, params.handle))) throw notFound()
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/accounts',
      summary: 'All accounts, and who is signed in where',
      policy: administers,
      handler: async ({ koa }) => ({
        items: (await accounts.list()).map(({ username, displayName, roles, unit, level, villages }) => ({
          username,
          displayName,
          roles,
          unit,
          level,
          villages,
        })),
        sessions: await viewSessions(null, tokenOf(koa)),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/accounts',
      summary: 'Give out an account',
      body: CreateAccount,
      policy: administers,
      handler: async ({ actor, body }) => {
        await accounts.create(body)
        await audit({
          event: 'account.created',
          actor: me(actor).accountId,
          subject: body.username,
          detail: { roles: body.roles.join(','), unit: body.unit },
        })
        return { ok: true }
      },
    }),
    forAccount('disable', 'Take an account out of use; its sessions end', async (username) =>
      accounts.setActive(username, false),
    ),
    forAccount('enable', 'Take it into use again', async (username) => accounts.setActive(username, true)),
    defineRoute({
      method: 'post',
      path: '/api/console/accounts/:username/reset',
      summary: 'A new password; the authenticator is set up anew',
      params: AccountPath,
      body: ResetAccount,
      policy: administers,
      handler: async ({ actor, params, body }) => {
        if (!(await accounts.reset(params.username, body.password))) throw notFound()
        await audit({ event: 'account.reset', actor: me(actor).accountId, subject: params.username })
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/accounts/sessions/:handle/end',
      summary: 'End anybody’s session',
      params: SessionPath,
      policy: administers,
      handler: async ({ actor, params }) => {
        if (!(await accounts.endSession(null, params.handle))) throw notFound()
        await audit({ event: 'account.session-ended', actor: me(actor).accountId })
        return { ok: true }
      },
    }),
  ]

  function forAccount(verb: string, summary: string, act: (username: string) => Promise<boolean>): Route {
    return defineRoute({
      method: 'post',
      path: `/api/console/accounts/:username/${verb}`,
      summary,
      params: AccountPath,
      policy: administers,
      handler: async ({ actor, params }) => {
        if (!(await act(params.username))) throw notFound()
        await audit({ event: `account.${verb}d`, actor: me(actor).accountId, subject: params.username })
        return { ok: true }
      },
    })
  }
}
