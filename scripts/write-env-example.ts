/** Writes .env.example from the schema of the environment: npx tsx scripts/write-env-example.ts */
import { writeFileSync } from 'node:fs'
import { envExample } from '../src/config.ts'

writeFileSync(new URL('../.env.example', import.meta.url), envExample())
