/** What a file changes of what is published, told so that somebody can agree to it. */
import type { RecordKind } from '../records.ts'
import { clip } from '../format.ts'
import { fieldsOf, keysOfRecords, titleOf } from './record-words.ts'
import type { Told } from './record-words.ts'

export interface Change {
  how: 'added' | 'changed' | 'removed'
  kind: RecordKind
  recordId: string
  title: string
  /** Of what is added or removed: what it says; of what is changed: only what differs. */
  fields: { label: string; before?: string; after?: string }[]
}

const MAX_TEXT = 200

/**
 * @param before what is published now
 * @param after what would be
 * @returns in the order of `after`, removed ones last; a record whose place alone has changed is not among them
 */
export function compareRecords(before: readonly Told[], after: readonly Told[]): Change[] {
  const old = keysOfRecords(before)
  const changes: Change[] = []
  for (const [key, record] of keysOfRecords(after)) {
    const was = old.get(key)
    old.delete(key)
    const fields = was ? differences(was, record) : only(record, 'after')
    if (!was || fields.length > 0) changes.push({ ...about(record), how: was ? 'changed' : 'added', fields })
  }
  for (const gone of old.values()) changes.push({ ...about(gone), how: 'removed', fields: only(gone, 'before') })
  return changes
}

const about = (record: Told): Pick<Change, 'kind' | 'recordId' | 'title'> => ({
  kind: record.kind,
  recordId: record.recordId,
  title: titleOf(record),
})

function only(record: Told, side: 'before' | 'after'): Change['fields'] {
  return fieldsOf(record)
    .filter(({ text }) => text !== '')
    .map(({ label, text }) => ({ label, [side]: clip(text, MAX_TEXT) }))
}

function differences(before: Told, after: Told): Change['fields'] {
  const was = fieldsOf(before)
  return fieldsOf(after).flatMap(({ label, text }, index) => {
    const old = was[index]?.text ?? ''
    return old === text ? [] : [{ label, before: clip(old, MAX_TEXT), after: clip(text, MAX_TEXT) }]
  })
}
