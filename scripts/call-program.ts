/** Calls `run(args)` of one of the programs of scripts/bench or scripts/evaluate: tsx scripts/call-program.ts scripts/bench/pipeline.ts --json */
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

const [path = '', ...args] = process.argv.slice(2)
const program = (await import(pathToFileURL(resolve(path)).href)) as { run(args: string[]): Promise<void> }
try {
  await program.run(args)
} catch (thrown) {
  const cause = thrown instanceof Error ? (thrown.cause as { code?: string; port?: number } | undefined) : undefined
  if (cause?.code !== 'ECONNREFUSED') throw thrown
  console.error(`✗ nothing answers on port ${cause.port}: is npm start running? With another PORT, give it here too.`)
  process.exitCode = 1
}
