/**
 * npm run bench -- answers [--villages N] [--seconds S] [--json]
 * What a question costs, from its text to its reply, in a village of 1,000, 10,000 and 100,000 records and among 1,000 villages,
 * beside MiniSearch alone finding records of the same village by the same questions (nodejieba's words, ten results).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type mongoose from 'mongoose'
import type { Connection } from 'mongoose'
import { systemClock } from '../../src/infrastructure/clock.ts'
import { connectMongo, inTransaction } from '../../src/infrastructure/mongo.ts'
import type { Services } from '../../src/infrastructure/services.ts'
import { createPublications } from '../../src/publications/index.ts'
import type { Publications } from '../../src/publications/index.ts'
import { createVocabularies, emptyState, loadUnderstander, respond } from '../../src/conversation/index.ts'
import type { Understander } from '../../src/conversation/index.ts'
import { measure } from './answers/measure.ts'
import type { Cost } from './answers/measure.ts'
import { makeVillage } from './answers/make-village.ts'
import { searchWithMiniSearch } from './answers/mini-search.ts'
import { questionsAbout } from './answers/questions.ts'
import { startPrivateMongod } from '../support/private-servers.ts'

const SIZES = [1_000, 10_000, 100_000]
const RECORDS_OF_MANY = 100
const NOW = new Date('2026-01-20T02:00:00Z')

export async function run(args: string[]): Promise<void> {
  const json = args.includes('--json')
  const valueOf = (name: string, fallback: number): number =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback
  const seconds = valueOf('--seconds', 5)
  const count = valueOf('--villages', 1_000)
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-answers-'))
  const mongod = await startPrivateMongod(folder)
  const connection = await connectMongo(mongod.uri.replace('/?', '/bench?'), { maxPoolSize: 4 })
  const understander = await loadUnderstander('intents', { cacheDir: join(folder, 'cache') })
  const tell = (line: string): void => {
    if (!json) console.log(line)
  }
  try {
    const many = Array.from({ length: count }, (_, at) => ({
      id: `many-${at}`,
      name: `第${at}庄`,
      records: RECORDS_OF_MANY,
    }))
    const sized = SIZES.map((records) => ({ id: `of-${records}`, name: '张家庄', records }))
    const first = await open(connection, many)
    await first.publications.start?.()
    await first.publications.importTownship('knowledge')
    for (const { id, records } of many) await makeVillage(connection, id, records)
    collectGarbage()
    const before = process.memoryUsage().rss
    const among = await open(connection, many)
    for (const { id } of many) await ask(among, understander, id, '去年一共花了多少钱')
    collectGarbage()
    const rss = process.memoryUsage().rss
    const [rssMb, grownMb] = [Math.round(rss / 1e6), Math.round((rss - before) / 1e6)]
    let next = 0
    const across = await measure(questionsAbout(RECORDS_OF_MANY), seconds, async (text) =>
      ask(among, understander, many[(next++ * 7919) % many.length]!.id, text),
    )
    tell('records      answering p50    p99      first   MiniSearch p50    p99   (milliseconds)')
    const villages: Record<string, { ours: Cost; firstMs: number; minisearch: Cost }> = {}
    for (const { id, records } of sized) {
      await makeVillage(connection, id, records)
      const desk = await open(connection, many)
      const started = performance.now()
      await ask(desk, understander, id, '去年一共花了多少钱')
      const firstMs = round(performance.now() - started)
      const ours = await measure(questionsAbout(records), seconds, async (text) => ask(desk, understander, id, text))
      const minisearch = await searchWithMiniSearch(connection, id, questionsAbout(records), seconds)
      villages[records] = { ours, firstMs, minisearch }
      tell(
        `${String(records).padEnd(12)}${ms(ours.p50)}${ms(ours.p99)}${ms(firstMs)}${ms(minisearch.p50).padStart(15)}${ms(minisearch.p99)}`,
      )
    }
    tell(
      `${count} villages of ${RECORDS_OF_MANY}: p50 ${across.p50} ms, p99 ${across.p99} ms; memory ${rssMb} MB, of which ${grownMb} MB for them`,
    )
    const smallest = villages[SIZES[0]!]!
    const largest = villages[SIZES.at(-1)!]!
    const result = {
      villages,
      many: { villages: count, recordsEach: RECORDS_OF_MANY, ...across, rssMb, grownMb },
      /** How much dearer a question gets while the records grow a hundredfold. */
      growth: round(largest.ours.p50 / smallest.ours.p50),
      growthP99: round(largest.ours.p99 / smallest.ours.p99),
      minisearchGrowth: round(largest.minisearch.p50 / smallest.minisearch.p50),
      /** MiniSearch's median over ours at the most records: above one, ours is quicker. */
      ratio: round(largest.minisearch.p50 / largest.ours.p50),
    }
    if (json) console.log(JSON.stringify(result))
    else
      tell(
        `a hundred times the records: p50 times ${result.growth}, p99 times ${result.growthP99}; MiniSearch times ${result.minisearchGrowth}`,
      )
  } finally {
    understander.close()
    await connection.close()
    await mongod.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

interface Desk {
  publications: Publications
  vocabulary: ReturnType<typeof createVocabularies>
  villages: () => Promise<{ id: string; name: string; aliases: string[] }[]>
}

const TOWNSHIP = { id: 'township', name: '柳泉镇' }

/** Publications with nothing read yet, as a process has them that has just started. */
async function open(connection: Connection, names: { id: string; name: string }[]): Promise<Desk> {
  const services = {
    connection,
    clock: systemClock,
    publicUrl: '',
    transaction: async <T>(work: (session: mongoose.ClientSession) => Promise<T>) => inTransaction(connection, work),
  } as unknown as Services
  const listed = names.map((village) => ({ ...village, aliases: [] }))
  const villages: Desk['villages'] = async () => listed
  const publications = await createPublications(services, { villages, township: async () => TOWNSHIP })
  return { publications, vocabulary: createVocabularies([publications], villages), villages }
}

/** @throws when there is no reply */
async function ask(
  { publications, vocabulary, villages }: Desk,
  understander: Understander,
  villageId: string,
  text: string,
): Promise<void> {
  const { replies } = await respond(
    {
      incoming: { text, attachments: [] },
      person: { id: 'bench', channel: 'bench', account: 'bench', form: 'web', villageId },
      state: emptyState(),
      group: null,
      now: NOW,
    },
    {
      understander,
      vocabulary,
      skills: publications.skills ?? [],
      forms: [],
      villages,
      ways: async () => ({ publicUrl: '', dutyPhone: '' }),
    },
  )
  if (replies.length === 0) throw new Error(`no reply to ${text}`)
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

const round = (value: number): number => Math.round(value * 100) / 100
const ms = (value: number): string => value.toFixed(2).padStart(10)
