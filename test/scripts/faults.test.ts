import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startChild } from '../../scripts/servers/children.mjs'
import { endLeftover } from '../../scripts/servers/leftovers.mjs'
import { countTests } from '../../scripts/setup/count-tests.mjs'
import { answers, freePort } from '../../scripts/setup/ports.mjs'
import type { Checkout } from './checkout.ts'
import { makeCheckout, processesOf } from './checkout.ts'

let checkout: Checkout
let data: string
const taken = createServer()
beforeAll(async () => {
  checkout = await makeCheckout()
  data = await mkdtemp(join(tmpdir(), 'village-desk-faults-'))
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  taken.close()
  await Promise.all([checkout.remove(), rm(data, { recursive: true, force: true })])
})
const takenPort = (): string => String((taken.address() as AddressInfo).port)

const OLD_NODE = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.0'}})`

describe('a fault at npm start is one clear line, no stack, a non-zero exit and no process left', () => {
  const cases: { name: string; env: () => Record<string, string>; nodeArgs?: string[]; says: RegExp }[] = [
    {
      name: 'used port',
      env: () => ({ PORT: takenPort() }),
      says: /^✗ Port \d+ is used by another program.*PORT=\d+ npm start$/m,
    },
    { name: 'no port', env: () => ({ PORT: '70000' }), says: /^✗ PORT=70000 is not a port/m },
    {
      name: 'wrong Node',
      env: () => ({}),
      nodeArgs: ['--import', OLD_NODE],
      says: /^✗ Node 18\.20\.0 does not fit.*20\.19/m,
    },
    {
      name: 'dead MongoDB',
      env: () => ({ MONGODB_URI: 'mongodb://clerk:secret@127.0.0.1:1/x?serverSelectionTimeoutMS=5000' }),
      says: /^✗ MongoDB does not answer: mongodb:\/\/…@127\.0\.0\.1:1.*MONGODB_URI/m,
    },
    {
      name: 'dead Redis',
      env: () => ({ MONGODB_URI: inject('mongoUri'), REDIS_URL: 'redis://:secret@127.0.0.1:1' }),
      says: /^✗ Redis does not answer: redis:\/\/…@127\.0\.0\.1:1/m,
    },
    {
      name: 'used port of MongoDB',
      env: () => ({ MONGO_PORT: takenPort() }),
      says: /^✗ Port \d+ for MongoDB is used by another program/m,
    },
    {
      name: 'data folder that cannot be written',
      env: () => ({ DATA_DIR: '/dev/null/here' }),
      says: /^✗ Not allowed to write \/dev\/null\/here/m,
    },
  ]
  it.each(cases)('$name', async ({ env, nodeArgs, says }) => {
    const given = { PORT: String(await freePort()), DATA_DIR: data, ...env() }
    const { code, output } = await checkout.start('start.mjs', [], given, nodeArgs).exited
    expect(output).toMatch(says)
    expect(output).not.toMatch(/^\s+at |secret/m)
    expect(code).toBe(1)
    expect(processesOf(data)).toEqual([])
  })

  it('a service that does not start: its own last words', async () => {
    const broken = await makeCheckout({ 'src/main.ts': "process.stderr.write('设置有误: PORT\\n')\nprocess.exit(1)\n" })
    const { code, output } = await broken.start('start.mjs', [], { PORT: String(await freePort()), DATA_DIR: data })
      .exited
    await broken.remove()
    expect(output).toMatch(/^✗ The service did not start:\n {4}设置有误: PORT$/m)
    expect(code).toBe(1)
    expect(processesOf(data)).toEqual([])
  })
})

it('keeps secrets for their owner alone', async () => {
  const file = join(data, 'secrets.env')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const key = /^INSTANCE_KEY=(.+)$/m.exec(await readFile(file, 'utf8'))?.[1] ?? ''
  expect(Buffer.from(key, 'base64')).toHaveLength(32)
})

describe('what an earlier run left', () => {
  it('is ended when it is ours, and let alone when the number has gone to another program', async () => {
    const port = await freePort()
    const program = `require('net').createServer().listen(${port}, '127.0.0.1')`
    const child = startChild({
      name: 'x',
      command: process.execPath,
      args: ['-e', program, data],
      log: join(data, 'x.log'),
    })
    await expect.poll(() => answers('127.0.0.1', port)).toBe(true)
    const pidFile = join(data, 'x.pid')
    await writeFile(pidFile, `${child.pid}\n`)
    await endLeftover(pidFile, '/somewhere/else', 'x')
    expect(child.running()).toBe(true)
    await writeFile(pidFile, `${child.pid}\n`)
    await endLeftover(pidFile, data, 'x')
    await child.exited
  })
})

describe('the last line of npm test', () => {
  const passed = { status: 'passed' }
  const file = (status: string, ...assertionResults: { status: string }[]): object => ({
    name: '/x/a.test.ts',
    status,
    message: 'cannot find module',
    assertionResults,
  })
  const cases: {
    name: string
    report: object | null
    exitCode: number | null
    gives: { passed: number; failed: number }
  }[] = [
    {
      name: 'all well',
      report: { numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', passed)] },
      exitCode: 0,
      gives: { passed: 2, failed: 0 },
    },
    {
      name: 'one failed',
      report: { numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', passed, { status: 'failed' })] },
      exitCode: 1,
      gives: { passed: 1, failed: 1 },
    },
    {
      name: 'a file that does not load',
      report: { numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', passed), file('failed')] },
      exitCode: 1,
      gives: { passed: 1, failed: 1 },
    },
    {
      name: 'an unhandled error',
      report: { numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', passed)] },
      exitCode: 1,
      gives: { passed: 1, failed: 1 },
    },
    {
      name: 'no test ran',
      report: { numPassedTests: 0, numFailedTests: 0, testResults: [] },
      exitCode: 0,
      gives: { passed: 0, failed: 1 },
    },
    { name: 'vitest crashed', report: null, exitCode: null, gives: { passed: 0, failed: 1 } },
  ]
  it.each(cases)('$name', async ({ report, exitCode, gives }) => {
    const path = join(data, 'report.json')
    await (report ? writeFile(path, JSON.stringify(report)) : rm(path, { force: true }))
    expect(await countTests(path, exitCode)).toEqual(gives)
  })
})
