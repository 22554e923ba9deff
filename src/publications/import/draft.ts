/** A record as read from a file, before it is known which publication it belongs to. */
import type { RecordData, RecordKind } from '../records.ts'
import { keysOf } from '../search-keys.ts'

export interface DraftRecord {
  kind: RecordKind
  recordId: string
  date: string
  keys: string[]
  text: string
  data: RecordData[RecordKind]
}

/**
 * @param text what a question may be matched against
 * @param facets exact look-ups: category:办公费, batch:2025-ZL
 */
export function draft<K extends RecordKind>(
  kind: K,
  recordId: string,
  data: RecordData[K],
  about: { date?: string; text: (string | string[])[]; facets?: string[] },
): DraftRecord {
  const text = about.text
    .flat()
    .filter((part) => part !== '')
    .join(' ')
  return { kind, recordId, date: about.date ?? '', keys: [...(about.facets ?? []), ...keysOf(text)], text, data }
}
