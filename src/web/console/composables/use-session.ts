/** Who is signed in. One for the whole console. */
import type { AccountView, SignedInView } from '../../../people/schema.ts'
import { ref } from 'vue'
import { ApiError, fetchJson } from '../../ui/fetch-json.ts'

const account = ref<AccountView | null>(null)

async function load(): Promise<void> {
  try {
    account.value = (await fetchJson<{ account: AccountView }>('/api/console/me')).account
  } catch (error) {
    if (error instanceof ApiError && error.status !== 401) throw error
    account.value = null
  }
}

/**
 * @param code of the authenticator, where one was set up
 * @returns true when the authenticator has to be set up before anything else
 * @throws ApiError when the name, password or code is wrong; code totp_needed asks for the code
 */
async function signIn(username: string, password: string, code?: string): Promise<boolean> {
  const body = { username, password, ...(code && { code }) }
  const found = await fetchJson<SignedInView>('/api/console/sign-in', { body })
  if (!found.enrol) account.value = found.account
  return found.enrol === true
}

async function signOut(): Promise<void> {
  await fetchJson('/api/console/sign-out', { method: 'POST' }).catch(() => undefined)
  account.value = null
}

/** The session has ended (time, another sign-out): the next screen is the sign-in, which leads back here. */
export function sessionEnded(): void {
  account.value = null
}

const SIGNERS = new Set(['village-committee', 'village-supervision', 'village-accounts'])

/** Has to do with what villages publish. */
export const signsPublications = (roles: readonly string[]): boolean => roles.some((role) => SIGNERS.has(role))

/** Has to do with that and with nothing else. */
export const checksOnly = (roles: readonly string[]): boolean => roles.every((role) => role === 'village-supervision')

export function useSession() {
  return { account, load, signIn, signOut }
}
