import type { Answer, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import type { StoredRecord } from '../records.ts'
import { subsidyReplies as say } from './replies.ts'

/** Source of an answer about one subsidy; the first record decides which page opens. */
export function citeOf(
  { names, village }: Pick<Question, 'names' | 'village'>,
  name: string,
  records: readonly StoredRecord[],
  url?: string,
): Answer['cites'][number] {
  return citeRecords(
    records[0]?.kind === 'subsidy' ? say.standardTitle(village.name) : say.title(village.name, name),
    names,
    records,
    url,
  )
}
