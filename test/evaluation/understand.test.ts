/** Floors of what is understood by words alone, on sets written without sight of the examples. They only rise. */
import { expect, it } from 'vitest'
import { loadUnderstander } from '../../src/conversation/understand/index.ts'
import { readLabels } from '../../scripts/evaluate/labels/read-labels.ts'
import { scorePredictions } from '../../scripts/evaluate/labels/score.ts'

const folder = new URL('held-out/', import.meta.url).pathname
const context = { now: new Date(), vocabulary: { villageId: null, entries: [] } }

it('intents', async () => {
  const understander = await loadUnderstander('intents')
  const predictions = (await readLabels(`${folder}intents.tsv`)).map(({ text, code }) => {
    const { intents, segments } = understander.understand(text, context)
    const found = [intents[0]!, ...segments.map(({ intent }) => intent)]
    return {
      text,
      expected: code,
      found: found.filter((one, at) => found.findIndex((other) => other.code === one.code) === at),
    }
  })
  const score = scorePredictions(predictions)
  expect(score.accuracy).toBeGreaterThanOrEqual(0.88)
  expect(score.calibrationError).toBeLessThanOrEqual(0.06)
  // Danger to life is not missed for an ordinary complaint.
  expect(score.perCode['urgent.safety']?.recall).toBeGreaterThanOrEqual(0.85)
})

it('departments', async () => {
  const understander = await loadUnderstander('intents')
  const predictions = (await readLabels(`${folder}departments.tsv`)).map(({ text, code }) => ({
    text,
    expected: code,
    found: understander.classifyDepartment(text).slice(0, 1),
  }))
  expect(scorePredictions(predictions).accuracy).toBeGreaterThanOrEqual(0.87)
})
