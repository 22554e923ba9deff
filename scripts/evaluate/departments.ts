/** npm run evaluate -- departments FILE.tsv [--json]: text<TAB>department code against the department that the text is given. */
import { loadUnderstander } from '../../src/conversation/understand/index.ts'
import { printScore } from './labels/print-score.ts'
import { readLabels } from './labels/read-labels.ts'
import { scorePredictions } from './labels/score.ts'
import type { Prediction } from './labels/score.ts'

export async function run(args: string[]): Promise<void> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (!file) throw new Error('usage: npm run evaluate -- departments FILE.tsv [--json]')
  const understander = await loadUnderstander(process.env['INTENTS_DIR'] ?? 'intents')
  const predictions = (await readLabels(file)).map(({ text, code }): Prediction => {
    return { text, expected: code, found: understander.classifyDepartment(text).slice(0, 1) }
  })
  printScore(scorePredictions(predictions), args)
}
