/** The list of cases: filters, more pages, and looking again when something changed. */
import type { CaseKind, CaseList, CaseListItem, CaseQuery } from '../../../cases/schema.ts'
import type { CaseCounts } from '../../../cases/overview/schema.ts'
import { reactive, ref, watch, type Ref } from 'vue'
import { fetchJson } from '../../ui/fetch-json.ts'
import { useLive } from './use-live.ts'

export interface CaseFilters {
  kind: CaseKind | ''
  state: CaseQuery['state']
  villageId: string
  overdue: boolean
  q: string
}

const PAGE = 30
/** Typing pauses this long before a search is made. Milliseconds. */
const PAUSE = 300

export function useCaseList(scope: Ref<CaseQuery['scope']>) {
  const filters = reactive<CaseFilters>({ kind: '', state: 'open', villageId: '', overdue: false, q: '' })
  const items = ref<CaseListItem[]>([])
  const total = ref(0)
  const next = ref<string>()
  const counts = ref<CaseCounts | null>(null)
  const problem = ref('')
  const loading = ref(true)
  const { listen } = useLive()
  let asked = 0
  let timer = 0

  async function ask(cursor: string | undefined, limit: number): Promise<CaseList | null> {
    const mine = ++asked
    const query = new URLSearchParams({ scope: scope.value, state: filters.state, limit: String(limit) })
    for (const key of ['kind', 'villageId', 'q'] as const) if (filters[key].trim()) query.set(key, filters[key].trim())
    if (filters.overdue) query.set('overdue', 'true')
    if (cursor) query.set('cursor', cursor)
    try {
      const list = await fetchJson<CaseList>(`/api/console/cases?${query}`)
      // An older question answered late must not replace a newer answer.
      if (mine !== asked) return null
      problem.value = ''
      total.value = list.total
      next.value = list.next
      return list
    } catch (error) {
      if (mine === asked) problem.value = (error as Error).message
      return null
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  /** From the top again, as many as are shown now. */
  async function refresh(): Promise<void> {
    // Beside the list: the list does not wait for them, nor fail with them.
    void fetchJson<CaseCounts>(`/api/console/case-counts?scope=${scope.value}`).then(
      (found) => (counts.value = found),
      () => undefined,
    )
    const list = await ask(undefined, Math.min(100, Math.max(PAGE, items.value.length)))
    if (list) items.value = list.items
  }
  async function more(): Promise<void> {
    if (!next.value) return
    const list = await ask(next.value, PAGE)
    if (list) items.value = [...items.value, ...list.items]
  }
  function soon(): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void refresh(), PAUSE)
  }

  watch(() => filters.q, soon)
  watch([() => filters.kind, () => filters.state, () => filters.villageId, () => filters.overdue, scope], () => {
    items.value = []
    loading.value = true
    void refresh()
  })
  listen('cases', soon)
  listen('own', () => void refresh())
  void refresh()
  return { filters, counts, items, total, next, problem, loading, refresh, more }
}
