/** Lines for the person at the terminal: what is being done, how long it takes, what was chosen. */
import { styleText } from 'node:util'

/** Where lines go; `npm run ask` moves them to stderr so that stdout is the answer alone. */
let stream = /** @type {NodeJS.WriteStream} */ (process.stdout)
let quiet = false

/** @param {{ stderr?: boolean, quiet?: boolean }} options quiet: only steps that take longer than 3 s are told */
export function configureProgress(options) {
  if (options.stderr) stream = process.stderr
  quiet = options.quiet ?? false
}

/** @param {'green' | 'yellow' | 'dim'} colour @param {string} text */
const paint = (colour, text) => (stream.isTTY && !process.env.NO_COLOR ? styleText(colour, text) : text)

/** @param {string} line */
export function say(line) {
  stream.write(`${line}\n`)
}

/** A choice or a finished step. @param {string} line */
export function done(line) {
  if (!quiet) say(`${paint('green', '✓')} ${line}`)
}

/** @param {string} line */
export function warn(line) {
  say(`${paint('yellow', '!')} ${line}`)
}

/**
 * Shows that `work` goes on: a line rewritten each second on a terminal, a line every 15 s elsewhere.
 * @template T
 * @param {string} label such as "installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const live = Boolean(stream.isTTY)
  if (!live && !quiet) say(`… ${label}`)
  const timer = setInterval(
    () => {
      if (live) stream.write(`\r… ${label} ${paint('dim', `${seconds()} s`)}\x1b[K`)
      else say(`… ${label}, ${seconds()} s`)
    },
    live ? 1000 : 15_000,
  )
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (live) stream.write('\r\x1b[K')
  }
}
