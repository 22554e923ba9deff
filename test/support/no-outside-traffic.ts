/** Tests talk to this machine only: a connection to any other host fails at once, and says so. */
import { Socket } from 'node:net'

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', '::', '0.0.0.0', '[::1]', '::ffff:127.0.0.1'])

const connect = Socket.prototype.connect

Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args)
  if (host !== null && !LOCAL.has(host)) {
    process.nextTick(() => this.destroy(new Error(`a test tried to reach ${host}: only this machine is allowed`)))
    return this
  }
  return Reflect.apply(connect, this, args) as Socket
}

/** The host that would be connected to; null for a local socket file or the default (localhost). */
function hostOf(args: unknown[]): string | null {
  // net.connect() hands over its normalised arguments as one array.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null)
    return 'host' in first && typeof first.host === 'string' ? first.host : null
  return typeof first === 'number' && typeof second === 'string' ? second : null
}
