/**
 * A WeChat gateway for development and tests, in a process of its own: Wechaty's gRPC puppet protocol on PORT, and a small
 * control door beside it (PUPPET_CONTROL_PORT, default PORT + 1): POST /say, GET /said?after=N, POST /alias, POST /logout.
 */
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { PuppetServer } from 'wechaty-puppet-service'
import { createMockWechat } from './puppet/mock-wechat.ts'
import type { SayRequest } from './puppet/mock-wechat.ts'

const port = Number(process.env.PORT ?? 8788)
const controlPort = Number(process.env.PUPPET_CONTROL_PORT ?? port + 1)
const token = process.env.WECHATY_PUPPET_SERVICE_TOKEN ?? ''
const rooms = (process.env.PUPPET_ROOMS ?? '张家庄村民群,石桥村民群,李家洼村民群').split(',')
const BEAT_MS = 5000

const wechat = createMockWechat(process.env.PUPPET_BOT_NAME ?? '村务小助手', rooms, process.env.PUPPET_SAID_FILE)
const server = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet: wechat.puppet as never, token })
await server.start()
// A client attaches some time later; it is told of the login when it does.
wechat.login()
const beat = setInterval(() => wechat.puppet.emit('heartbeat', { data: 'alive' }), BEAT_MS)

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return parts.length === 0 ? {} : (JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>)
}

const control = createServer((request, response) => {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  }
  const url = new URL(request.url ?? '/', 'http://control')
  readBody(request)
    .then((body) => {
      if (url.pathname === '/say') answer(200, { messageId: wechat.say(body as unknown as SayRequest) })
      else if (url.pathname === '/said')
        answer(200, wechat.puppet.said.slice(Number(url.searchParams.get('after') ?? 0)))
      else if (url.pathname === '/alias') {
        const { room, name } = body as { room: string; name: string }
        wechat.puppet.aliases.set(`room-${Buffer.from(room).toString('hex')}@chatroom|bot`, name)
        answer(200, {})
      } else answer(404, {})
    })
    .catch((error: unknown) => answer(400, { error: String(error) }))
})
control.listen(controlPort, '127.0.0.1', () => console.log(`puppet gateway on ${port}, control on ${controlPort}`))

const stop = (): void => {
  clearInterval(beat)
  control.close()
  control.closeAllConnections()
  void server.stop().finally(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
