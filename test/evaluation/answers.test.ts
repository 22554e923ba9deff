/** Floors of what is answered right, by words alone, on questions whose answers were computed from the files. They only rise. */
import { expect, it } from 'vitest'
import { askAll } from '../../scripts/evaluate/answers.ts'
import { readAnswers } from '../../scripts/evaluate/answers/read-answers.ts'
import { testServers } from '../support/servers.ts'

it.each([
  { file: 'answers.yaml', right: 0.93, rightOrDeclined: 0.96, wrongFigures: 2 },
  { file: 'held-out/answers.yaml', right: 0.7, rightOrDeclined: 0.92, wrongFigures: 7 },
])(
  'questions about the sample villages: $file',
  async ({ file, right, rightOrDeclined, wrongFigures }) => {
    const cases = await readAnswers(new URL(file, import.meta.url).pathname)
    const score = await askAll(cases, 'knowledge', null, testServers().mongoUri)
    expect(score.accuracy).toBeGreaterThanOrEqual(right)
    expect(score.rightOrDeclined).toBeGreaterThanOrEqual(rightOrDeclined)
    expect(score.wrongFigures).toBeLessThanOrEqual(wrongFigures)
  },
  120_000,
)
