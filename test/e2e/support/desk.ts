/** The whole service with the sample township, and a browser to look at it. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { freePort } from '../../../scripts/setup/ports.mjs'
import { root } from '../../../scripts/setup/paths.mjs'
import { testServers } from '../../support/servers.ts'
import {
  loadSample,
  newInstanceKey,
  startService,
  type ServiceEnvironment,
  type ServiceProcess,
} from '../../support/service.ts'
import { launchBrowser, newPerson, type Person, type PersonOptions } from './browser.ts'

export interface Desk {
  readonly url: string
  /** Somebody with a device of their own. */
  person(options?: PersonOptions): Promise<Person>
  /** Ends the service as a power cut does, and starts it again on the same port and data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** @throws when the pages are not built, or the service does not start */
export async function startDesk(): Promise<Desk> {
  if (!existsSync(join(root, 'dist/web/chat.html')) || !existsSync(join(root, 'dist/ssr/public.js')))
    throw new Error('The pages are not built: npm run build')
  const { mongoUri, redisUrl, queuePrefix } = testServers()
  const [folder, port] = await Promise.all([mkdtemp(join(tmpdir(), 'village-desk-e2e-')), freePort()])
  const environment: ServiceEnvironment = {
    MONGODB_URI: mongoUri,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    INSTANCE_KEY: newInstanceKey(),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: folder,
  }
  await loadSample(environment)
  let service: ServiceProcess = await startService(environment, 'all', port)
  const browser: Browser = await launchBrowser()
  return {
    url: service.url,
    person: async (options = {}) => newPerson(browser, service.url, options),
    async restart() {
      await service.kill('SIGKILL')
      service = await startService(environment, 'all', port)
    },
    async stop() {
      await browser.close()
      await service.kill('SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
