/** Running other programs: quietly, with a time limit, their output kept for the message when they fail. */
import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { SetupFault } from './fault.mjs'

/**
 * The first executable of these names on the PATH, or null.
 * @param {...string} names
 * @returns {string | null}
 */
export function findOnPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (!folder) continue
      const file = join(folder, name)
      try {
        accessSync(file, constants.X_OK)
        if (statSync(file).isFile()) return file
      } catch {
        // Not here: look further.
      }
    }
  }
  return null
}

/**
 * @typedef {{ code: number | null, stdout: string, stderr: string, timedOut: boolean }} Outcome
 * @typedef {{ cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number }} RunOptions
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const underWay = new Set()

/** Ends the programs that `run` waits for; for when we are told to stop meanwhile. */
export function stopRunning() {
  for (const child of underWay) child.kill('SIGTERM')
}

/**
 * Runs a program to its end. Never throws for a program that fails: look at `code`.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options] timeoutMs defaults to 10 minutes
 * @returns {Promise<Outcome>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    underWay.add(child)
    let stdout = ''
    let stderr = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, options.timeoutMs ?? 600_000)
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (stdout += chunk.toString()))
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (stderr += chunk.toString()))
    child.on('error', (error) => {
      underWay.delete(child)
      clearTimeout(timer)
      resolve({ code: 127, stdout, stderr: stderr + error.message, timedOut })
    })
    child.on('close', (code) => {
      underWay.delete(child)
      clearTimeout(timer)
      resolve({ code, stdout, stderr, timedOut })
    })
  })
}

/** What Node prints around an error that nobody caught. */
const NOISE = /^\s*(?:at .*|node:internal.*|triggerUncaughtException\(|\^+|Node\.js v.*|(?:code|url): '.*|\})$/

/** Lines worth showing: not empty, no stack frames, no colours. @param {string} output */
function tellingLines(output) {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /[^\s]/.test(line.replace(/^npm (?:error|warn)/, '')) && !NOISE.test(line))
    .map((line) => `    ${line}`)
}

/**
 * The last lines of what a program said.
 * @param {string} output
 * @param {number} [count]
 * @returns {string}
 */
export function lastLines(output, count = 12) {
  return tellingLines(output).slice(-count).join('\n')
}

/**
 * The first lines, for programs that say first what matters.
 * @param {string} output
 * @param {number} [count]
 * @returns {string}
 */
export function firstLines(output, count = 6) {
  return tellingLines(output).slice(0, count).join('\n')
}

/**
 * Runs a program that must succeed.
 * @param {string} what for the message: "npm ci"
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export async function mustRun(what, command, args, options) {
  const outcome = await run(command, args, options)
  if (outcome.code === 0) return outcome
  const output = outcome.stdout + outcome.stderr
  if (/ENOSPC|No space left on device/i.test(output))
    throw new SetupFault('The disk is full. Free about 1 GB and try again.')
  const why = outcome.timedOut ? 'took too long and was stopped' : `failed (exit code ${outcome.code})`
  throw new SetupFault(`${what} ${why}:`, lastLines(output))
}
