/** Starting programs in the background and ending them: in order, whole, and nothing else. */
import { spawn } from 'node:child_process'
import { mkdirSync, openSync, closeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupFault } from '../setup/fault.mjs'

/** @type {import('node:child_process').ChildProcess | null} */
let guard = null

/**
 * Tells the guard, which outlives us and ends our children if we cannot.
 * @param {'add' | 'drop'} word @param {number} pid
 */
function tellGuard(word, pid) {
  if (process.platform === 'win32') return
  if (!guard) {
    const script = join(dirname(fileURLToPath(import.meta.url)), 'guard.sh')
    guard = spawn('/bin/sh', [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    guard.on('error', () => {})
    const input = /** @type {import('node:net').Socket} */ (guard.stdin)
    input.on('error', () => {})
    // Neither the guard nor its pipe keeps us alive.
    input.unref()
    guard.unref()
  }
  guard.stdin?.write(`${word} ${pid}\n`)
}

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {boolean} vital
 * @property {() => boolean} running
 * @property {(signal?: NodeJS.Signals, graceMs?: number) => Promise<void>} stop asks with `signal` (SIGTERM), after graceMs (10 s) forces; comes back when it is gone
 */

/** What this process has started and not seen end, first started first. @type {Child[]} */
const started = []

let ending = false

/** True once everything is being ended: what does not come up then is no news. */
export const isEnding = () => ending

/** Resolves with the first vital child that ends by itself. @returns {Promise<{ name: string, code: number | null, signal: NodeJS.Signals | null }>} */
export function firstToEnd() {
  const vital = started.filter((child) => child.vital)
  return Promise.race(vital.map(({ name, exited }) => exited.then((outcome) => ({ name, ...outcome }))))
}

/** Ends everything that was started, last first, and lets nothing new start. */
export async function endChildren() {
  ending = true
  for (const child of started.toReversed()) await child.stop()
  await endGuard()
}

async function endGuard() {
  if (!guard || guard.exitCode !== null) return
  const watch = guard
  watch.ref()
  const exited = new Promise((resolve) => watch.once('exit', resolve))
  watch.stdin?.end()
  await exited
}

/** For the impatient: ends everything at once. */
export function killChildren() {
  ending = true
  for (const { pid, running } of started) if (running()) process.kill(pid, 'SIGKILL')
}

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal reaches us alone and we end it in order.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {string} options.log file for its output, added to
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env] added to ours
 * @param {boolean} [options.vital] false: the rest goes on when it ends by itself
 * @returns {Child}
 */
export function startChild({ name, command, args, log, cwd, env, vital = true }) {
  if (ending) throw new SetupFault('Interrupted.')
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, 'a')
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  if (child.pid === undefined) {
    child.on('error', () => {})
    throw new SetupFault(`${name} could not be started (${command}).`)
  }
  const { pid } = child
  tellGuard('add', pid)
  let running = true
  const exited = new Promise(
    (/** @type {(outcome: { code: number | null, signal: NodeJS.Signals | null }) => void} */ resolve) => {
      child.on('exit', (code, signal) => {
        running = false
        tellGuard('drop', pid)
        resolve({ code, signal })
      })
    },
  )
  /** @type {Child} */
  const self = {
    name,
    pid,
    vital,
    exited,
    running: () => running,
    async stop(signal = 'SIGTERM', graceMs = 10_000) {
      if (!running) return
      child.kill(signal)
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await exited
      clearTimeout(force)
    },
  }
  started.push(self)
  void exited.then(() => started.splice(started.indexOf(self), 1))
  return self
}
