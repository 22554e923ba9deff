/**
 * npm run evaluate -- retrieval FILE.tsv [--passages FILE] [--json]: question<TAB>passage id against what is found, by BM25 alone,
 * by our words alone, and by words and meaning. The model is EMBEDDINGS_URL's, else the local one; without any, words alone.
 */
import { printScore } from './labels/print-score.ts'
import { scorePredictions } from './labels/score.ts'
import { rankRetrieval } from './retrieval/rank-retrieval.ts'
import type { RetrievalResult } from './retrieval/rank-retrieval.ts'
import { readRetrievalSet } from './retrieval/read-retrieval.ts'
import { withModel } from '../support/with-model.ts'

export async function run(args: string[]): Promise<void> {
  const at = args.indexOf('--passages')
  const passagesFile = at < 0 ? undefined : args[at + 1]
  const file = args.find((arg, index) => !arg.startsWith('--') && (at < 0 || index !== at + 1))
  if (!file) throw new Error('usage: npm run evaluate -- retrieval FILE.tsv [--passages FILE] [--json]')
  const set = await readRetrievalSet(file, passagesFile)
  await withModel({ download: true }, async (embeddings, from) => {
    const result = await rankRetrieval(set, embeddings)
    const { rankings, ...figures } = result
    const score = scoreOf(result)
    if (args.includes('--json')) {
      console.log(JSON.stringify({ ...score, ...figures, model: embeddings ? from : null }))
      return
    }
    console.log(embeddings ? `model: ${from}` : `no model, words alone: ${from}`)
    console.log('\n                             top-1   top-3    MRR')
    const line = (name: string, { top1, top3, mrr }: RetrievalResult['bm25']): void =>
      console.log(`${name.padEnd(27)}${percent(top1)}${percent(top3)}  ${mrr.toFixed(3)}`)
    line('BM25 over jieba words', figures.bm25)
    line('our words', figures.lexical)
    if (embeddings) line('words and meaning', figures.hybrid)
    console.log(
      `\npassages ${figures.passages}   questions that the model was asked for ${figures.asked} of ${figures.n}\n`,
    )
    printScore(score, args)
  })
}

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`.padStart(8)

/** Ids may look like anything, the score's codes may not: they go by number meanwhile. */
function scoreOf({ rankings }: RetrievalResult): ReturnType<typeof scorePredictions> {
  const ids = [...new Set(rankings.flatMap(({ right, got }) => [...right, got]))]
  const codeOf = (id: string): string => `p${ids.indexOf(id)}`
  const named = (codes: string): string => codes.replaceAll(/p(\d+)/g, (_, number: string) => ids[Number(number)] ?? '')
  const score = scorePredictions(
    rankings.map(({ text, right, got, confidence }) => ({
      text,
      expected: right.map(codeOf).join('|'),
      found: [{ code: codeOf(got), confidence }],
    })),
  )
  return {
    ...score,
    perCode: Object.fromEntries(Object.entries(score.perCode).map(([code, figures]) => [named(code), figures])),
    failures: score.failures.map((failure) => ({
      ...failure,
      expected: named(failure.expected),
      got: named(failure.got),
    })),
  }
}
