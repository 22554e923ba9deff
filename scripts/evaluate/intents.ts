/** npm run evaluate -- intents FILE.tsv [--json]: text<TAB>code of INTENTS.md against what is understood, without a village's names. */
import { loadUnderstander } from '../../src/conversation/understand/index.ts'
import type { Embeddings } from '../../src/infrastructure/embeddings.ts'
import { printScore } from './labels/print-score.ts'
import { readLabels } from './labels/read-labels.ts'
import type { Labelled } from './labels/read-labels.ts'
import { scorePredictions } from './labels/score.ts'
import type { Prediction } from './labels/score.ts'
import { withModel } from '../support/with-model.ts'

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- intents FILE.tsv [--words] [--json]')
  const labels = await readLabels(file)
  // --words: by words alone, as when no embeddings endpoint is configured.
  if (args.includes('--words')) return print(labels, null, args)
  await withModel({ download: true }, async (embeddings, from) => {
    if (!embeddings) process.stderr.write(`by words alone: ${from}\n`)
    await print(labels, embeddings, args)
  })
}

async function print(labels: Labelled[], embeddings: Embeddings | null, args: string[]): Promise<void> {
  const understander = await loadUnderstander(process.env['INTENTS_DIR'] ?? 'intents', { embeddings })
  await understander.learnt()
  const context = { now: new Date(), vocabulary: { villageId: null, entries: [] } }
  const predictions: Prediction[] = []
  for (const { text, code } of labels) {
    const { intents, segments } = await understander.consider(text, context)
    const found = [intents[0]!, ...segments.map((segment) => segment.intent)]
    predictions.push({
      text,
      expected: code,
      found: found.filter((item, i) => found.findIndex((other) => other.code === item.code) === i),
    })
  }
  printScore(scorePredictions(predictions), args)
}
