/**
 * npm run bench -- understand [--file FILE.tsv] [--seconds S] [--json]
 * Messages a second on one core for normalise + segment + understand, beside nodejieba's cut alone and beside @nlpjs with its
 * Chinese package on the same examples. Without FILE every fifth example is held out of the training of both and is the test.
 */
import nodejieba from 'nodejieba'
import { readLabels } from '../evaluate/labels/read-labels.ts'
import { matches } from '../evaluate/labels/score.ts'
import { readIntentFiles } from '../../src/conversation/understand/intent-files.ts'
import { trainClassifier } from '../../src/conversation/understand/train.ts'
import { understandText } from '../../src/conversation/understand/understand.ts'
import { sampleVocabulary } from './understand/sample-vocabulary.ts'
import { trainNlpjs } from './understand/train-nlpjs.ts'

interface Row {
  text: string
  code: string
}

export async function run(args: string[]): Promise<void> {
  const seconds = Number(valueOf(args, '--seconds') ?? 3)
  const file = valueOf(args, '--file')
  const { set } = await readIntentFiles('intents')
  const all = [...set.intents].flatMap(([code, { examples }]) =>
    examples.map((text, i) => ({ text, code, held: i % 5 === 4 })),
  )
  const training = file ? all : all.filter((row) => !row.held)
  const test: Row[] = file
    ? (await readLabels(file)).filter(({ code }) => !code.includes('+'))
    : all.filter((row) => row.held)

  const startedOurs = performance.now()
  const intents = await trainClassifier(byCode(training), { yielding: false })
  const ourTraining = performance.now() - startedOurs
  const context = { now: new Date(), vocabulary: sampleVocabulary }
  const understand = (text: string): string =>
    understandText(text, context, { intents, departments: null }).intents[0]!.code

  const startedNlpjs = performance.now()
  const nlpjs = await trainNlpjs(training)
  const nlpjsTraining = performance.now() - startedNlpjs

  const texts = uniqueTexts(
    test.map((row) => row.text),
    20_000,
  )
  const ours = measure(texts, seconds, understand)
  const cut = measure(texts, seconds, (text) => nodejieba.cut(text))
  const theirs = await measureAsync(texts, seconds, nlpjs)

  const ourAccuracy = accuracy(
    test,
    test.map(({ text }) => understand(text)),
  )
  const theirAnswers: string[] = []
  for (const { text } of test) theirAnswers.push(await nlpjs(text))
  const result = {
    messagesPerSecond: Math.round(ours),
    cutPerSecond: Math.round(cut),
    nlpjsPerSecond: Math.round(theirs),
    ratio: round(ours / theirs),
    ratioToCut: round(ours / cut),
    accuracy: ourAccuracy,
    nlpjsAccuracy: accuracy(test, theirAnswers),
    trainingMs: Math.round(ourTraining),
    nlpjsTrainingMs: Math.round(nlpjsTraining),
    examples: training.length,
    tested: test.length,
  }
  if (args.includes('--json')) console.log(JSON.stringify(result))
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(20)}${value}`)
}

function valueOf(args: string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}

function byCode(rows: Row[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const { code, text } of rows) groups.set(code, [...(groups.get(code) ?? []), text])
  return [...groups]
}

/** Texts that differ, so that no cache can help: pairs of the test's texts once they are used up. */
function uniqueTexts(texts: string[], count: number): string[] {
  const out = new Set(texts)
  for (let i = 0; out.size < count; i++) out.add(`${texts[i % texts.length]}${(i * 7919) % 10_000}号`)
  return [...out]
}

function measure(texts: string[], seconds: number, work: (text: string) => unknown): number {
  for (const text of texts.slice(0, 500)) work(text)
  const start = performance.now()
  let done = 0
  while (performance.now() - start < seconds * 1000) for (let k = 0; k < 50; k++) work(texts[done++ % texts.length]!)
  return (done * 1000) / (performance.now() - start)
}

async function measureAsync(
  texts: string[],
  seconds: number,
  work: (text: string) => Promise<unknown>,
): Promise<number> {
  for (const text of texts.slice(0, 100)) await work(text)
  const start = performance.now()
  let done = 0
  while (performance.now() - start < seconds * 1000) await work(texts[done++ % texts.length]!)
  return (done * 1000) / (performance.now() - start)
}

function accuracy(test: Row[], answers: string[]): number {
  const right = test.filter(({ code }, i) => code.split('|').some((label) => matches(answers[i]!, label))).length
  return round(right / Math.max(1, test.length))
}

const round = (value: number): number => Math.round(value * 1000) / 1000
