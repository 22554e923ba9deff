/** A server that a killed run of ours left behind: found by its pid file, ended only if it is really ours. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { step } from '../setup/progress.mjs'

/** @param {number} pid @returns {boolean} */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
  // A zombie is dead: its parent has only not noticed.
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** The command line of a process, or '' when it cannot be read. @param {number} pid @returns {string} */
export function commandLine(pid) {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}

/**
 * Ends the process named in a pid file when its command line holds `mark` (the path of our data folder).
 * @param {string} pidFile @param {string} mark @param {string} name for the progress line
 */
export async function endLeftover(pidFile, mark, name) {
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  if (pid > 1 && isAlive(pid) && commandLine(pid).includes(mark)) {
    await step(`stopping ${name} left by an earlier run (process ${pid})`, async () => {
      process.kill(pid, 'SIGTERM')
      for (let tries = 0; isAlive(pid); tries++) {
        if (tries === 100) process.kill(pid, 'SIGKILL')
        if (tries > 150) break
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    })
  }
  rmSync(pidFile, { force: true })
}
