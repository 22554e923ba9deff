/** One case on the screen: loaded, kept fresh, acted upon. */
import type { CaseDetail } from '../../../cases/schema.ts'
import { ref, watch, type Ref } from 'vue'
import { ApiError, fetchJson } from '../../ui/fetch-json.ts'
import { useLive } from './use-live.ts'

export function useCase(caseId: Ref<string>, onGone: () => void) {
  const detail = ref<CaseDetail | null>(null)
  const problem = ref('')
  const { listen, saw, touch } = useLive()

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
   * Takes a step on the case and shows what came of it; `gone` when the step ended one's own sight of it (passed on).
   * @throws ApiError with a Chinese message; when somebody else was faster, the newer state is loaded first
   */
  async function act(action: string, body: Record<string, unknown>): Promise<void> {
    const version = detail.value?.version
    try {
      const path = `/api/console/cases/${caseId.value}/${action}`
      const after = await fetchJson<CaseDetail | { gone: true }>(path, { body: { ...body, version } })
      if ('gone' in after) onGone()
      else detail.value = after
      touch()
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) await load()
      throw error
    }
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
