/** Ports: which are free, and who answers on one. */
import { createServer, connect } from 'node:net'
import { SetupFault } from './fault.mjs'

/**
 * @param {number} port 0 for any
 * @param {string} [host]
 * @returns {Promise<number | null>} the port when it could be opened (and was closed again), else null
 */
export function tryPort(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })
}

/** A port of 127.0.0.1 that nobody uses now. @returns {Promise<number>} */
export async function freePort() {
  const port = await tryPort(0)
  if (port === null) throw new SetupFault('No free port on 127.0.0.1.')
  return port
}

/**
 * True when something accepts connections.
 * @param {string} host @param {number} port @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export function answers(host, port, timeoutMs = 1000) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const end = (/** @type {boolean} */ result) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

/**
 * The port to use: the wanted one when it is free; when it was only our default, another one.
 * @param {object} options
 * @param {number} options.preferred
 * @param {string | undefined} options.asked value of the environment variable, when somebody set it
 * @param {string} options.variable its name, for the message
 * @param {string} options.what "MongoDB"
 * @returns {Promise<number>}
 * @throws {SetupFault} when the port was asked for and is used
 */
export async function choosePort({ preferred, asked, variable, what }) {
  const port = asked ? Number(asked) : preferred
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SetupFault(`${variable}=${asked} is not a port (1 to 65535).`)
  const free = await tryPort(port)
  if (free !== null) return free
  if (!asked) return freePort()
  throw new SetupFault(`Port ${port} for ${what} is used by another program. Choose another: ${variable}=${port + 1}`)
}
