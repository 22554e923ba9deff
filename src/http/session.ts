/** Signing in and out of the console, and who a request comes from. */
import type { Context } from 'koa'
import type { Accounts, Actor, AccountActor, OrganisationStore } from '../people/index.ts'
import { nobody } from '../people/index.ts'
import { SignIn } from '../people/schema.ts'
import type { AccountView } from '../people/schema.ts'
import { anyone, defineRoute, signedIn } from './define-route.ts'
import type { Route } from './define-route.ts'

const COOKIE = 'sid'

/** The token of the session cookie; empty when there is none. */
export const tokenOf = (koa: Context): string => koa.cookies.get(COOKIE) ?? ''

/** The actor of a console request: by its session cookie, else nobody. */
export function createResolveActor(accounts: Accounts): (koa: Context) => Promise<Actor> {
  return async (koa) => {
    const token = koa.cookies.get(COOKIE)
    return (token && (await accounts.actorOf(token))) || nobody
  }
}

/** @param demoAccounts shown on the sign-in page of a sample installation; empty elsewhere */
export function sessionRoutes(
  accounts: Accounts,
  organisation: OrganisationStore,
  demoAccounts: () => Promise<{ username: string; displayName: string; password: string }[]>,
): Route[] {
  const view = async (actor: AccountActor): Promise<AccountView> => {
    const { username, displayName, roles, unit, level, villages } = actor
    const unitName = (await organisation.get()).units.find(({ id }) => id === unit)?.name ?? unit
    return { username, displayName, roles: [...roles], unit, unitName, level, villages: [...villages] }
  }
  return [
    defineRoute({
      method: 'post',
      path: '/api/console/sign-in',
      summary: 'Sign in',
      body: SignIn,
      policy: anyone,
      handler: async ({ body, koa }) => {
        const from = { code: body.code, address: koa.ip, device: koa.get('User-Agent') }
        const { token, actor, expiresAt, enrol } = await accounts.signIn(body.username.trim(), body.password, from)
        koa.cookies.set(COOKIE, token, { httpOnly: true, sameSite: 'strict', secure: koa.secure, expires: expiresAt })
        return { account: await view(actor), ...(enrol && { enrol }) }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/sign-out',
      summary: 'Sign out',
      policy: anyone,
      handler: async ({ koa }) => {
        const token = koa.cookies.get(COOKIE)
        if (token) await accounts.signOut(token)
        koa.cookies.set(COOKIE, null)
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/me',
      summary: 'Who is signed in',
      policy: signedIn,
      handler: async ({ actor }) => ({ account: await view(actor as AccountActor) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/demo-accounts',
      summary: 'Accounts of the sample township, on sample installations only',
      policy: anyone,
      handler: async () => ({ accounts: await demoAccounts() }),
    }),
  ]
}
