/** MiniSearch on the same records, as its documentation sets it up, with nodejieba's words. */
import { createRequire } from 'node:module'
import MiniSearch from 'minisearch'
import type { Connection } from 'mongoose'
import { publicationModels } from '../../../src/publications/model.ts'
import { measure } from './measure.ts'
import type { Cost } from './measure.ts'

const { cutForSearch } = createRequire(import.meta.url)('nodejieba') as { cutForSearch(text: string): string[] }

export async function searchWithMiniSearch(
  connection: Connection,
  villageId: string,
  questions: readonly string[],
  seconds: number,
): Promise<Cost> {
  const index = new MiniSearch<{ id: string; text: string; date: string }>({
    fields: ['text', 'date'],
    storeFields: ['text', 'date'],
    tokenize: (text) => cutForSearch(text).filter((word) => /[\p{L}\p{N}]/u.test(word)),
  })
  const records = await publicationModels(connection).records.find({ villageId }, { text: 1, date: 1 }).lean()
  index.addAll(records.map(({ _id, text, date }) => ({ id: _id, text, date })))
  return measure(questions, seconds, (text) => index.search(text).slice(0, 10))
}
