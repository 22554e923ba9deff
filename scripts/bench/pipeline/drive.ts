/** Drives messages into an SMS entrance and watches them come out at the gateway: rate and waiting times. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { Pool } from 'undici'

export interface Gateway {
  url: string
  /** Calls back with the number each message went to. */
  onSend(listener: (to: string) => void): void
  close(): Promise<void>
}

/** A gateway in Kannel's manner that says 202 to everything. */
export async function startGateway(): Promise<Gateway> {
  let listener: (to: string) => void = () => undefined
  const server: Server = createServer((request, response) => {
    const at = request.url?.indexOf('to=') ?? -1
    const to = request.url?.slice(at + 3).split('&')[0] ?? ''
    listener(decodeURIComponent(to))
    response.writeHead(202, { 'Content-Type': 'text/plain' }).end('0: Accepted for delivery')
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/cgi-bin/sendsms`,
    onSend: (callback) => {
      listener = callback
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export interface Run {
  messages: number
  seconds: number
  perSecond: number
  p50: number
  p95: number
  p99: number
}

/** What villagers ask: a few hundred different questions over a village's records. */
const topics = ['修路', '路灯', '电费', '保洁', '误工补贴', '办公费', '防汛', '绿化', '维修', '老年食堂']
const periods = [
  '去年',
  '今年',
  '上半年',
  '2025年第三季度',
  '上个月',
  ...Array.from({ length: 20 }, (_, month) => `${2025 + Math.floor(month / 12)}年${(month % 12) + 1}月`),
]
const questions = [
  ...topics.flatMap((topic) => periods.map((period) => `${period}${topic}花了多少钱`)),
  '小广场谁家包的工程',
  '低保怎么申请',
  '盖公章归谁管',
  '网格员是谁',
  '干部不准干啥',
  '鱼塘包给谁了',
  '自来水弄到哪一步了',
  '村里账上还剩多少钱',
  '高龄津贴一个月多少',
  '法律顾问哪天来',
  '下次发布会哪天开',
  '果园啥时候到期',
].toSorted((a, b) => ((a.length * 7 + a.charCodeAt(0)) % 11) - ((b.length * 7 + b.charCodeAt(0)) % 11))

/**
 * Sends `count` messages, each from a number of its own within the run, and waits until each was answered.
 * @param rate messages a second, or undefined: as fast as `parallel` connections allow
 * @throws when not all were answered within 120 s of the last one sent
 */
export async function drive(
  entrance: string,
  gateway: Gateway,
  options: { count: number; parallel: number; rate?: number; series: number },
): Promise<Run> {
  const { count, parallel, rate, series } = options
  const url = new URL(entrance)
  const pool = new Pool(url.origin, { connections: parallel, pipelining: 1 })
  const sentAt = new Map<string, number>()
  const waited: number[] = []
  let finished: () => void = () => undefined
  const allAnswered = new Promise<void>((resolve) => {
    finished = resolve
  })
  gateway.onSend((to) => {
    const at = sentAt.get(to)
    if (at === undefined) return
    sentAt.delete(to)
    waited.push(performance.now() - at)
    if (waited.length === count) finished()
  })
  const post = async (index: number): Promise<void> => {
    const from = `13900${String(index).padStart(6, '0')}`
    const text = `张家庄 ${questions[index % questions.length] ?? ''}`
    sentAt.set(from, performance.now())
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: `${url.pathname}?id=${series}-${index}&from=${from}&to=10690001&text=${encodeURIComponent(text)}`,
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`the entrance answered ${statusCode}`)
  }
  const started = performance.now()
  if (rate === undefined) {
    let next = 0
    await Promise.all(
      Array.from({ length: parallel }, async () => {
        while (next < count) await post(next++)
      }),
    )
  } else {
    const posts: Promise<void>[] = []
    for (let index = 0; index < count; index += 1) {
      const due = started + (index * 1000) / rate
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      posts.push(post(index))
    }
    await Promise.all(posts)
  }
  const timer = setTimeout(() => finished(), 120_000)
  await allAnswered
  clearTimeout(timer)
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  if (waited.length < count) throw new Error(`${count - waited.length} of ${count} messages were not answered`)
  waited.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((waited[Math.min(waited.length - 1, Math.floor(waited.length * share))] ?? 0) * 10) / 10
  return {
    messages: count,
    seconds: Math.round(seconds * 100) / 100,
    perSecond: Math.round(count / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }
}
