/** Reads the config, starts the roles, stops them in reverse order. */
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { DomainError } from './infrastructure/errors.ts'
import { createLogger } from './infrastructure/logger.ts'

const STOP_WITHIN_MS = 15_000

try {
  const config = readConfig(process.env)
  const logger = createLogger(config.LOG_LEVEL)
  const app = await buildApp(config, logger)
  await app.start()
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // A bot library's stray rejection must not take the village's service down; it is logged as the fault it is.
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'))
} catch (error) {
  process.stderr.write(`${startFault(error)}\n`)
  process.exit(1)
}

/** One clear line for the operator instead of a stack. */
function startFault(error: unknown): string {
  if (error instanceof DomainError)
    return [
      error.shown,
      ...(Array.isArray(error.details) && error.code !== 'config_invalid' ? error.details.map(String) : []),
    ].join('\n')
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return `端口已被占用,请换一个(PORT=…)。 The port is in use: set PORT to another.`
  if (error instanceof Error && /ServerSelection|ECONNREFUSED/.test(`${error.name} ${error.message}`))
    return '连不上MongoDB。 MongoDB does not answer: check MONGODB_URI.'
  return `启动失败:${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
