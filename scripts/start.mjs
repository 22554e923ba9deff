/** npm start: from a fresh clone to a running service, and down again with Ctrl-C. */
import { join } from 'node:path'
import { endChildren, firstToEnd, killChildren } from './servers/children.mjs'
import { interruption } from './servers/interruption.mjs'
import { provideServers } from './servers/provide.mjs'
import { stopRunning } from './setup/commands.mjs'
import { instanceSecrets, loadDotEnv } from './setup/environment.mjs'
import { startExtras } from './setup/extras.mjs'
import { SetupFault, runScript } from './setup/fault.mjs'
import { findInstance, forgetInstance, recordInstance } from './setup/instance.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensurePages } from './setup/pages.mjs'
import { dataFolder, prepareFolder } from './setup/paths.mjs'
import { say } from './setup/progress.mjs'
import { provideModel } from './setup/search-model.mjs'
import { loadSampleOnce, requireFreePort, startService } from './setup/service.mjs'
import { whereToGo } from './setup/where-to-go.mjs'

/** Everything up to the lines that say where to go. */
async function bringUp() {
  const started = Date.now()
  const folder = dataFolder()
  await prepareFolder(folder, 100)
  await recordInstance({ url: null, mongoUri: '', redisUrl: '' })
  await requireFreePort()
  await ensurePackages()
  const servers = await provideServers({ folder })
  await ensurePages()
  const secrets = await instanceSecrets()
  const env = {
    ...secrets,
    ...given(secrets),
    MONGODB_URI: servers.mongoUri,
    REDIS_URL: servers.redisUrl,
    DATA_DIR: folder,
  }
  await loadSampleOnce(env)
  const model = await provideModel({ folder })
  const url = await startService({ ...env, ...model, ...(await startExtras(secrets)) })
  await recordInstance({ url, ...servers, model })
  for (const line of await whereToGo(url)) say(line)
  say(
    `Ready after ${Math.round((Date.now() - started) / 1000)} s. Ctrl-C stops everything. Logs: ${join(folder, 'logs')}`,
  )
}

/** What the person has set goes before what we made up. @param {Record<string, string>} secrets */
function given(secrets) {
  return Object.fromEntries(
    Object.keys(secrets).flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  )
}

async function start() {
  requireNode()
  await loadDotEnv()
  const running = await findInstance()
  if (running)
    throw new SetupFault(
      `It runs already (process ${running.pid})${running.url ? `: ${running.url}` : ''}. Stop that one with Ctrl-C first.`,
    )
  let ready = false
  const told = interruption(killChildren)
  try {
    const up = bringUp().then(() => (ready = true))
    // When we are interrupted first, what bringUp still throws is of no interest.
    up.catch(() => {})
    const interrupted = await Promise.race([told, up.then(() => null)])
    if (interrupted) return 130
    const ended = await Promise.race([told, firstToEnd()])
    if (typeof ended === 'string') say('\nStopping …')
    else
      throw new SetupFault(
        `${ended.name} stopped unexpectedly (${ended.signal ?? `exit code ${ended.code}`}); everything else is stopped too. Logs: ${join(dataFolder(), 'logs')}`,
      )
  } finally {
    stopRunning()
    await endChildren()
    await forgetInstance()
    if (ready) say('Stopped.')
  }
  return 0
}

await runScript(start)
process.exit()
