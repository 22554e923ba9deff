/** npm run evaluate -- intents FILE.tsv [--json]: text<TAB>code of INTENTS.md against what is understood, without a village's names. */
import { loadUnderstander } from '../../src/conversation/understand/index.ts'
import { printScore } from './labels/print-score.ts'
import { readLabels } from './labels/read-labels.ts'
import { scorePredictions } from './labels/score.ts'
import type { Prediction } from './labels/score.ts'

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- intents FILE.tsv [--json]')
  const understander = await loadUnderstander(process.env['INTENTS_DIR'] ?? 'intents')
  const now = new Date()
  const vocabulary = { villageId: null, entries: [] }
  const predictions = (await readLabels(file)).map(({ text, code }): Prediction => {
    const { intents, segments } = understander.understand(text, { now, vocabulary })
    const found = [intents[0]!, ...segments.map((segment) => segment.intent)]
    return {
      text,
      expected: code,
      found: found.filter((item, i) => found.findIndex((other) => other.code === item.code) === i),
    }
  })
  printScore(scorePredictions(predictions), args)
}
