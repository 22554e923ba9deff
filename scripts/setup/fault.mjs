/** A fault that the person at the terminal can mend: told in one clear line, without a stack trace. */
export class SetupFault extends Error {
  /**
   * @param {string} message what is wrong and what to do
   * @param {string} [details] lines of another program's output, shown below the message
   */
  constructor(message, details = '') {
    super(message)
    this.name = 'SetupFault'
    this.details = details
  }
}

/**
 * What to tell of any thrown thing: known system errors in plain words, everything else by its first line.
 * @param {unknown} thrown
 * @returns {string}
 */
export function plainFault(thrown) {
  if (thrown instanceof SetupFault) return thrown.details ? `${thrown.message}\n${thrown.details}` : thrown.message
  const { code, path, message } = /** @type {NodeJS.ErrnoException} */ (
    thrown instanceof Error ? thrown : new Error(String(thrown))
  )
  if (code === 'ENOSPC') return `The disk is full${path ? ` (${path})` : ''}. Free about 1 GB and try again.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `Not allowed to write ${path ?? 'here'}. Make the folder yours (chown) or run as its owner.`
  return message.split('\n')[0] ?? 'unknown fault'
}

/**
 * Runs a script's main function; a fault ends it with one line and exit code 1.
 * @param {() => Promise<number | void>} main gives the exit code (default 0)
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (thrown) {
    process.stderr.write(`✗ ${plainFault(thrown)}\n`)
    if (process.env.VILLAGE_DESK_DEBUG && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`)
    process.exitCode = 1
  }
}
