/** The village that the questions are about: from the address, else as chosen last time on this device. */
import type { VillageView } from '../../../people/schema.ts'
import { computed, ref } from 'vue'
import { fetchJson } from '../../ui/fetch-json.ts'

export type Village = VillageView

const KEY = 'village-desk.village'

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function useVillage() {
  const villages = ref<Village[]>([])
  const villageId = ref(new URLSearchParams(location.search).get('village') ?? remembered())
  const village = computed(() => villages.value.find((item) => item.id === villageId.value) ?? null)

  async function load(): Promise<void> {
    villages.value = await fetchJson<Village[]>('/api/public/villages')
    if (!village.value) villageId.value = villages.value.length === 1 ? villages.value[0]!.id : ''
  }
  function choose(id: string): void {
    villageId.value = id
    try {
      localStorage.setItem(KEY, id)
    } catch {
      // Forbidden storage: chosen for this visit only.
    }
  }
  return { villages, villageId, village, load, choose }
}
