/** Who is signed in. One for the whole console. */
import type { AccountView } from '../../../people/schema.ts'
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

/** @throws ApiError when the name or password is wrong */
async function signIn(username: string, password: string): Promise<void> {
  account.value = (
    await fetchJson<{ account: AccountView }>('/api/console/sign-in', { body: { username, password } })
  ).account
}

async function signOut(): Promise<void> {
  await fetchJson('/api/console/sign-out', { method: 'POST' }).catch(() => undefined)
  account.value = null
}

/** The session has ended (time, another sign-out): the next screen is the sign-in, which leads back here. */
export function sessionEnded(): void {
  account.value = null
}

export function useSession() {
  return { account, load, signIn, signOut }
}
