/** Being told to stop: Ctrl-C, kill, the terminal closing, npm going away. */

import { readFileSync } from 'node:fs'

/** @returns {Promise<string>} resolves with why; later signals call `again` */
export function interruption(/** @type {() => void} */ again) {
  return new Promise((resolve) => {
    let told = false
    const tell = (/** @type {string} */ why) => {
      if (told) return again()
      told = true
      resolve(why)
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => tell(signal))
    // A closed terminal also takes our output away; that alone must not end us before the children.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    if (!process.env.npm_lifecycle_event) return
    // npm passes signals on, but kill -9 of npm reaches nobody: then its shell, or we, get another parent.
    const line = ancestors()
    setInterval(() => !told && ancestors() !== line && tell('npm ended'), 1000).unref()
  })
}

/** Our parent and, where the system tells, its parent: npm runs us in a shell. */
function ancestors() {
  try {
    // After the name in brackets: state, then the parent.
    return `${process.ppid} ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').replace(/^.*\) \S+ (\d+) .*$/s, '$1')}`
  } catch {
    return String(process.ppid)
  }
}
