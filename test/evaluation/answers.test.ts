/** Floors of what is answered right, by words alone, on questions whose answers were computed from the files. They only rise. */
import { expect, it } from 'vitest'
import { askAll } from '../../scripts/evaluate/answers.ts'
import { readAnswers } from '../../scripts/evaluate/answers/read-answers.ts'
import { testServers } from '../support/servers.ts'

it('questions about the sample villages', async () => {
  const cases = await readAnswers(new URL('answers.yaml', import.meta.url).pathname)
  const score = await askAll(cases, 'knowledge', null, testServers().mongoUri)
  expect(score.accuracy).toBeGreaterThanOrEqual(0.82)
  expect(score.rightOrDeclined).toBeGreaterThanOrEqual(0.9)
  expect(score.wrongFigures).toBeLessThanOrEqual(17)
}, 120_000)
