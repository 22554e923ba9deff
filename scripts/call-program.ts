/** Calls `run(args)` of one of the programs of scripts/bench or scripts/evaluate: tsx scripts/call-program.ts scripts/bench/pipeline.ts --json */
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

const [path = '', ...args] = process.argv.slice(2)
const program = (await import(pathToFileURL(resolve(path)).href)) as { run(args: string[]): Promise<void> }
await program.run(args)
