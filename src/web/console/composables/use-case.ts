/** One case on the screen: loaded, kept fresh, acted upon. */
import type { CaseDetail } from '../../../cases/schema.ts'
import { ref, watch, type Ref } from 'vue'
import { ApiError, fetchJson } from '../../ui/fetch-json.ts'
import { useLive } from './use-live.ts'

export function useCase(caseId: Ref<string>) {
  const detail = ref<CaseDetail | null>(null)
  const problem = ref('')
  const { listen, saw } = useLive()

  async function load(): Promise<void> {
    const id = caseId.value
    try {
      const found = await fetchJson<CaseDetail>(`/api/console/cases/${id}`)
      if (id !== caseId.value) return
      detail.value = found
      problem.value = ''
      saw(id)
    } catch (error) {
      if (id !== caseId.value) return
      detail.value = null
      problem.value = (error as Error).message
    }
  }

  /**
   * Takes a step on the case and shows what came of it.
   * @throws ApiError with a Chinese message; when somebody else was faster, the newer state is loaded first
   */
  async function act(action: string, body: Record<string, unknown>): Promise<void> {
    const version = detail.value?.version
    try {
      await fetchJson(`/api/console/cases/${caseId.value}/${action}`, { body: { ...body, version } })
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) await load()
      throw error
    }
    await load()
  }

  watch(
    caseId,
    () => {
      detail.value = null
      void load()
    },
    { immediate: true },
  )
  listen('cases', (nudge) => {
    if (!nudge || nudge.caseId === caseId.value) void load()
  })
  return { detail, problem, load, act }
}
