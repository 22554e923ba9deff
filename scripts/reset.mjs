/** npm run reset: empties the data of the development instance. Downloaded programs and settings stay. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endLeftover } from './servers/leftovers.mjs'
import { loadDotEnv } from './setup/environment.mjs'
import { SetupFault, runScript } from './setup/fault.mjs'
import { findInstance } from './setup/instance.mjs'
import { requireNode } from './setup/node-version.mjs'
import { dataFolder } from './setup/paths.mjs'
import { say, warn } from './setup/progress.mjs'

/** What `npm start` and the service keep in the data folder, apart from tools/ and secrets.env. */
const KEPT_THERE = ['mongo', 'redis', 'logs', 'run', 'sample.json', 'wechat', 'cache', 'audit-anchors.jsonl']

await runScript(async () => {
  requireNode()
  await loadDotEnv()
  const folder = dataFolder()
  const running = await findInstance()
  if (running) throw new SetupFault(`The service runs (process ${running.pid}). Stop it with Ctrl-C, then reset.`)
  await endLeftover(join(folder, 'run/mongod.pid'), join(folder, 'mongo'), 'MongoDB')
  await endLeftover(join(folder, 'run/redis.pid'), join(folder, 'redis'), 'Redis')
  for (const name of KEPT_THERE) await rm(join(folder, name), { recursive: true, force: true })
  if (process.env.MONGODB_URI) warn('MONGODB_URI is set: that database is left as it is.')
  say('✓ Emptied. The next npm start loads the sample township again.')
})
