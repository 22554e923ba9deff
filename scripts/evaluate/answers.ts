/**
 * npm run evaluate -- answers FILE.yaml [--knowledge FOLDER] [--words] [--json]: questions to the sample township (or the
 * folder's), asked as over a channel, against what the answers must hold.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadUnderstander } from '../../src/conversation/index.ts'
import type { Embeddings } from '../../src/infrastructure/embeddings.ts'
import { loadFolder } from '../support/load-folder.ts'
import { createPublicationsHere } from '../support/publications-here.ts'
import { startTalk } from '../support/talk.ts'
import { judgeAnswer } from './answers/judge-answer.ts'
import type { Judged } from './answers/judge-answer.ts'
import { readAnswers } from './answers/read-answers.ts'
import type { AnswerCase } from './answers/read-answers.ts'
import { callerPath } from './labels/read-labels.ts'
import { withModel } from '../support/with-model.ts'
import { startPrivateMongod } from '../support/private-servers.ts'

export interface AnswersScore {
  n: number
  /** Right, honest refusals of what cannot be answered among them. */
  accuracy: number
  /** Right, or declined though an answer was to be had. */
  rightOrDeclined: number
  wrongFigures: number
  macroF1: number
  perCode: Record<string, { n: number; right: number; declined: number; wrong: number }>
  calibrationError: number
  failures: { id: string; expected: string; got: string; why: string; text: string; confidence: number }[]
}

export async function run(args: string[]): Promise<void> {
  const valued = args.indexOf('--knowledge') + 1
  const file = args.find((arg, at) => !arg.startsWith('--') && (valued === 0 || at !== valued))
  if (!file) throw new Error('usage: npm run evaluate -- answers FILE.yaml [--knowledge FOLDER] [--words] [--json]')
  const cases = await readAnswers(file)
  const knowledge = valued === 0 ? 'knowledge' : callerPath(args[valued] ?? '')
  const score = args.includes('--words')
    ? await evaluateAnswers(cases, knowledge, null)
    : await withModel({ download: true }, async (embeddings) => evaluateAnswers(cases, knowledge, embeddings))
  if (args.includes('--json')) console.log(JSON.stringify(score))
  else print(score)
}

/** @param knowledge folder of the township that is asked about */
export async function evaluateAnswers(
  cases: readonly AnswerCase[],
  knowledge: string,
  embeddings: Embeddings | null,
): Promise<AnswersScore> {
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-answers-'))
  const mongod = await startPrivateMongod(folder)
  try {
    return await askAll(cases, knowledge, embeddings, mongod.uri.replace('/?', '/answers?'))
  } finally {
    await mongod.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param mongoUri an empty database */
export async function askAll(
  cases: readonly AnswerCase[],
  knowledge: string,
  embeddings: Embeddings | null,
  mongoUri: string,
): Promise<AnswersScore> {
  const here = await createPublicationsHere(mongoUri, embeddings)
  const understander = await loadUnderstander('intents', { embeddings })
  try {
    await Promise.all([loadFolder(here, knowledge), understander.learnt()])
    const { villages } = await here.organisation.get()
    const judged: (Judged & { wanted: AnswerCase })[] = []
    for (const wanted of cases) {
      const village = villages.find(({ id, name, aliases }) => [id, name, ...aliases].includes(wanted.village))
      if (!village) throw new Error(`${wanted.id}: no village ${wanted.village}`)
      const talk = await startTalk(here, village.id, { understander, ...(wanted.now && { now: wanted.now }) })
      let last
      for (const text of wanted.turns) last = await talk.say(text)
      judged.push({ ...judgeAnswer(wanted, last!), wanted })
    }
    return score(judged)
  } finally {
    understander.close()
    await here.close()
  }
}

function score(judged: (Judged & { wanted: AnswerCase })[]): AnswersScore {
  const perCode: AnswersScore['perCode'] = {}
  for (const { intent, verdict } of judged) {
    const row = (perCode[intent] ??= { n: 0, right: 0, declined: 0, wrong: 0 })
    row.n++
    row[verdict]++
  }
  const share = (of: (one: Judged) => boolean): number => judged.filter(of).length / Math.max(judged.length, 1)
  const f1 = (decline: boolean): number => {
    const truly = judged.filter(({ wanted }) => wanted.decline === decline)
    const hit = truly.filter(({ verdict }) => verdict === 'right').length
    const strays = judged.filter(
      ({ wanted, verdict }) => wanted.decline !== decline && (decline ? verdict === 'declined' : verdict === 'wrong'),
    ).length
    return truly.length === 0 ? 1 : (2 * hit) / (hit + strays + truly.length)
  }
  const accuracy = share(({ verdict }) => verdict === 'right')
  const stated = judged.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(judged.length, 1)
  return {
    n: judged.length,
    accuracy,
    rightOrDeclined: share(({ verdict }) => verdict !== 'wrong'),
    wrongFigures: judged.filter(({ wrongFigure }) => wrongFigure).length,
    macroF1: (f1(true) + f1(false)) / 2,
    perCode,
    calibrationError: Math.abs(accuracy - stated),
    failures: judged
      .filter(({ verdict }) => verdict !== 'right')
      .map(({ wanted, verdict, why, answer, confidence, intent }) => ({
        id: wanted.id,
        expected: wanted.decline ? 'declines' : wanted.mustContain.join(', '),
        got: `${verdict} ${intent}: ${answer.replaceAll('\n', ' / ').slice(0, 160)}`,
        why,
        text: wanted.turns.join(' → '),
        confidence,
      })),
  }
}

function print({ n, accuracy, rightOrDeclined, wrongFigures, perCode, failures }: AnswersScore): void {
  const percent = (value: number): string => `${(value * 100).toFixed(1)}%`
  console.log(
    `n ${n}   right ${percent(accuracy)}   right or declined ${percent(rightOrDeclined)}   wrong figures ${wrongFigures}\n`,
  )
  console.log('intent                         n  right  declined  wrong')
  for (const [code, row] of Object.entries(perCode).toSorted((a, b) => b[1].n - a[1].n))
    console.log(
      `${code.padEnd(28)}${String(row.n).padStart(4)}${String(row.right).padStart(7)}${String(row.declined).padStart(10)}${String(row.wrong).padStart(7)}`,
    )
  console.log('\nfailures')
  for (const { id, text, why, got } of failures) console.log(`${id}  ${text}\n    ${why}\n    ${got}`)
}
