/**
 * The phone network for development: a gateway in Kannel's manner on PORT, and a small control door beside it
 * (SMS_CONTROL_PORT, default PORT + 1): GET /sent?after=N gives what was sent to whom; GET /token the secret of the callbacks.
 */
import { createServer } from 'node:http'
import { startFakeKannel } from './sms/kannel-stand-in.ts'

const port = Number(process.env.PORT ?? 8798)
const controlPort = Number(process.env.SMS_CONTROL_PORT ?? port + 1)
const gateway = await startFakeKannel({ port })

const control = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://control')
  const body =
    url.pathname === '/token'
      ? process.env.SMS_KANNEL_HOOK_TOKEN
      : gateway.sent.slice(Number(url.searchParams.get('after') ?? 0))
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
})
control.listen(controlPort, '127.0.0.1', () => console.log(`SMS gateway on ${port}, control on ${controlPort}`))

const stop = (): void => {
  control.close()
  control.closeAllConnections()
  void gateway.close().finally(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
